"""The people being matched: the one place that knows which row is whose.

Row numbers never leave the modules that score; ids do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Block, TextRecord
from matchmaker.affinity.dense_block import DenseBlock
from matchmaker.affinity.profile import Profile, Role
from matchmaker.affinity.sparse_block import SparseBlock
from matchmaker.people.ids import AttendeeId

_BATCH: Final = 64
"""People read at a time: few enough that what was read of their texts is still cached."""

_COMPACT_FROM: Final = 64
_MAX_LANGUAGES: Final = 63
_FACTS: Final = (
    "alive",
    "ids",
    "ready",
    "organization",
    "open_organization",
    "speaks",
    "host",
)


class UnknownAttendeeError(KeyError):
    """No profile with this id is in the matcher."""


class Pool:
    """Profiles, their texts' rows in each block, and what decides who may meet whom.

    Every array has one entry a row; removed rows stay, marked dead, until a quarter is dead.
    """

    def __init__(self, blocks: Mapping[Block, DenseBlock | SparseBlock]) -> None:
        self.blocks = blocks
        self._row: dict[AttendeeId, int] = {}
        self._profiles: list[Profile] = []
        self._records: list[Mapping[Role, TextRecord]] = []
        self._codes: dict[str, int] = {}
        self._languages: dict[str, int] = {}
        self.alive = np.zeros(0, dtype=bool)
        self.ids = np.zeros(0, dtype=np.int64)
        self.has = {role: np.zeros(0, dtype=bool) for role in Role}
        self.ready = np.zeros(0, dtype=bool)
        self.organization = np.zeros(0, dtype=np.int32)
        self.open_organization = np.zeros(0, dtype=bool)
        self.speaks = np.zeros(0, dtype=np.int64)
        self.host = np.zeros(0, dtype=bool)

    def __len__(self) -> int:
        return len(self._row)

    def __iter__(self) -> Iterator[AttendeeId]:
        return iter(sorted(self._row))

    def __contains__(self, id: object) -> bool:
        return id in self._row

    @property
    def rows(self) -> int:
        """Number of rows, dead ones included."""
        return len(self._profiles)

    def get_row(self, id: AttendeeId) -> int:
        """Return the row of a person.

        Raises
        ------
        UnknownAttendeeError
            If nobody here has this id.
        """
        if id not in self._row:
            raise UnknownAttendeeError(id)
        return self._row[id]

    def get_profile(self, id: AttendeeId) -> Profile:
        """Return the profile of a person, or raise ``UnknownAttendeeError``."""
        return self._profiles[self.get_row(id)]

    def get_record(self, id: AttendeeId, role: Role) -> TextRecord:
        """Return one side of a person as it was compared, or raise ``UnknownAttendeeError``."""
        return self._records[self.get_row(id)][role]

    def list_profiles(self) -> list[Profile]:
        """Return everybody here, by id."""
        return [self._profiles[self._row[id]] for id in self]

    def add(
        self, profiles: Sequence[Profile], records: Sequence[Mapping[Role, TextRecord]]
    ) -> None:
        """Add people, or replace those whose ids are here already."""
        latest = {
            profile.id: (profile, both) for profile, both in zip(profiles, records, strict=True)
        }
        if not latest:
            return
        self.discard(latest)
        added = list(latest.values())
        for start in range(0, len(added), _BATCH):
            self._append(added[start : start + _BATCH])
        self._compact()

    def _append(self, added: Sequence[tuple[Profile, Mapping[Role, TextRecord]]]) -> None:
        profiles, both_sides = [one for one, _ in added], [both for _, both in added]
        for profile in profiles:
            self._row[profile.id] = self.rows
            self._profiles.append(profile)
        self._records.extend(both_sides)
        for block in self.blocks.values():
            block.append(both_sides)
        self._append_facts(profiles, both_sides)

    def discard(self, ids: Iterable[AttendeeId]) -> None:
        """Take people out; ids that aren't here are ignored."""
        for id in ids:
            row = self._row.pop(id, None)
            if row is not None:
                self.alive[row] = False
                for block in self.blocks.values():
                    block.drop(row)

    def _append_facts(
        self, profiles: Sequence[Profile], records: Sequence[Mapping[Role, TextRecord]]
    ) -> None:
        def put(values: NDArray[Any], added: list[Any]) -> NDArray[Any]:
            return np.concatenate([values, np.array(added, dtype=values.dtype)])

        for role in Role:
            written = [both[role].text.strip() != "" for both in records]
            self.has[role] = put(self.has[role], written)
        self.alive = put(self.alive, [True] * len(profiles))
        self.ids = put(self.ids, [one.id for one in profiles])
        self.ready = put(
            self.ready, [all(one.is_encoded for one in both.values()) for both in records]
        )
        self.organization = put(
            self.organization, [self._code_of(one.organization) for one in profiles]
        )
        self.open_organization = put(
            self.open_organization, [one.meets_own_organization for one in profiles]
        )
        self.speaks = put(self.speaks, [self._language_bits(one.speaks) for one in profiles])
        self.host = put(self.host, [one.welcomes_newcomers for one in profiles])

    def _code_of(self, organization: str) -> int:
        name = " ".join(organization.casefold().split())
        return self._codes.setdefault(name, len(self._codes) + 1) if name else 0

    def _language_bits(self, speaks: Iterable[str]) -> int:
        bits = 0
        for language in speaks:
            place = self._languages.setdefault(language, len(self._languages))
            bits |= 1 << min(place, _MAX_LANGUAGES - 1)
        return bits

    def _compact(self) -> None:
        dead = self.rows - len(self)
        if dead < _COMPACT_FROM or dead * 4 < self.rows:
            return
        kept = np.flatnonzero(self.alive)
        self._profiles = [self._profiles[row] for row in kept]
        self._records = [self._records[row] for row in kept]
        self._row = {profile.id: row for row, profile in enumerate(self._profiles)}
        for block in self.blocks.values():
            block.keep(kept)
        self.has = {role: values[kept] for role, values in self.has.items()}
        for name in _FACTS:
            setattr(self, name, getattr(self, name)[kept])
