"""The report as its pages show it: names and words, ready to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from matchmaker.match_report import Report, ReportedPair
from matchmaker.people.bands import Band
from matchmaker.people.clean import fold_key
from matchmaker.people.suggestion import Marked

_ROWS: Final = 100
_STRENGTHS = (Band.NONE, Band.SOME, Band.GOOD, Band.STRONG)


@dataclass(frozen=True, kw_only=True)
class PairRow:
    """One pairing as a row: who, what each can give, how strong."""

    a_name: str
    b_name: str
    a_band: Band
    b_band: Band
    band: Band
    mutual: bool
    both_here: bool
    a_gives: Marked | None
    a_needs: Marked | None
    b_gives: Marked | None
    b_needs: Marked | None
    a_spot: str
    b_spot: str


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """Everything the report's pages show."""

    here: int
    coming: int
    by_language: dict[str, int]
    pairings: int
    mutual_pairings: int
    pairings_by_band: Mapping[Band, int]
    nobody_to_meet: Sequence[str]
    most_shown: Sequence[tuple[str, int]]
    least_shown: Sequence[tuple[str, int]]
    exchanges_by_quarter: Sequence[tuple[str, int]]
    unanswered: Sequence[tuple[str, str]]
    unconfirmed: int
    plan_number: int
    computed_at: datetime | None
    encoder: str


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which pairings the organizer wants to see."""

    q: str = ""
    band: str = ""
    mutual: bool = False
    here: bool = False

    def fits(self, pair: ReportedPair) -> bool:
        """Return whether a pair is among those."""
        names = fold_key(f"{pair.one.name} {pair.other.name}")
        weakest = Band(self.band) if self.band in set(Band) else Band.NONE
        return (
            fold_key(self.q) in names
            and _STRENGTHS.index(pair.pairing.band) >= _STRENGTHS.index(weakest)
            and (pair.pairing.is_mutual or not self.mutual)
            and (pair.both_here or not self.here)
        )


@dataclass(frozen=True, kw_only=True)
class Part:
    """Which of ``total`` rows a page shows: from ``start`` to before ``stop``."""

    number: int
    start: int
    stop: int
    total: int

    @classmethod
    def of(cls, total: int, *, asked: int) -> Self:
        """Return the part that was asked for, counted from 1, or the nearest there is."""
        number = max(1, min(asked, -(-total // _ROWS)))
        start = (number - 1) * _ROWS
        return cls(number=number, start=start, stop=min(start + _ROWS, total), total=total)

    @property
    def before(self) -> int | None:
        """The number of the part before this one."""
        return self.number - 1 if self.start else None

    @property
    def after(self) -> int | None:
        """The number of the part after this one."""
        return self.number + 1 if self.stop < self.total else None


def view_report(report: Report, language_names: dict[str, str], nameless: str) -> ReportView:
    """Return a report ready for its pages."""
    return ReportView(
        here=report.total.here,
        coming=report.total.coming,
        by_language={
            language_names.get(code, code): count.here + count.coming
            for code, count in report.by_language.items()
        },
        pairings=len(report.pairs),
        mutual_pairings=report.mutual_count,
        pairings_by_band=report.bands,
        nobody_to_meet=[a.name or nameless for a in report.nobody_to_meet],
        most_shown=[(s.attendee.name or nameless, s.lists) for s in report.most_shown],
        least_shown=[(s.attendee.name or nameless, s.lists) for s in report.least_shown],
        exchanges_by_quarter=[
            (f"{report.event.local(at):%H:%M}", count) for at, count in report.exchanges
        ],
        unanswered=[(a.name or nameless, a.need) for a in report.unanswered],
        unconfirmed=report.unconfirmed,
        plan_number=report.plan.number if report.plan else 0,
        computed_at=report.plan.made_at if report.plan else None,
        encoder=report.plan.encoder if report.plan else "",
    )


def view_pair(pair: ReportedPair, nameless: str) -> PairRow:
    """Return a pair as a row of the report."""
    gives, returns = pair.one_gives, pair.other_gives
    has_gift, has_return = gives.band is not Band.NONE, returns.band is not Band.NONE
    return PairRow(
        a_name=pair.one.name or nameless,
        b_name=pair.other.name or nameless,
        a_band=gives.band,
        b_band=returns.band,
        band=pair.pairing.band,
        mutual=pair.pairing.is_mutual,
        both_here=pair.both_here,
        a_gives=gives.offer if has_gift else None,
        b_needs=gives.need if has_gift else None,
        b_gives=returns.offer if has_return else None,
        a_needs=returns.need if has_return else None,
        a_spot=pair.one.spot,
        b_spot=pair.other.spot,
    )
