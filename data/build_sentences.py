"""Our own parallel networking sentences, as all that is learnt from them reads them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.profile import Role

Matrix = NDArray[np.float32]

LANGUAGES = ("en", "vi", "it", "he")
DATA = Path(__file__).resolve().parent


def read_tsv(name: str) -> list[dict[str, str]]:
    """Return the rows of one of our own tab-separated files."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """Parallel sentences, one row each: text, topic number, language, role."""

    texts: list[str]
    topics: NDArray[np.intp]
    languages: list[str]
    roles: list[Role]

    def select(self, rows: NDArray[np.bool_]) -> "Sentences":
        """Return the sentences of these rows."""
        kept = np.flatnonzero(rows)
        return Sentences(
            texts=[self.texts[row] for row in kept],
            topics=self.topics[kept],
            languages=[self.languages[row] for row in kept],
            roles=[self.roles[row] for row in kept],
        )

    def number_cells(self) -> NDArray[np.intp]:
        """Return for each row the number of its language and role."""
        return number_cells(self.languages, self.roles)

    def are_of(self, role: Role) -> NDArray[np.bool_]:
        """Return which rows are offers, or needs."""
        return np.array([one is role for one in self.roles], dtype=bool)


def number_cells(languages: Iterable[str], roles: Iterable[Role]) -> NDArray[np.intp]:
    """Return a number for each language and role."""
    order = list(Role)
    return np.array(
        [
            LANGUAGES.index(language) * len(order) + order.index(role)
            for language, role in zip(languages, roles, strict=True)
        ],
        dtype=np.intp,
    )


def read_sentences() -> Sentences:
    """Return our own networking sentences."""
    rows = read_tsv("networking_sentences.tsv")
    names = {name: number for number, name in enumerate(sorted({row["topic"] for row in rows}))}
    cells = [(row, language) for row in rows for language in LANGUAGES]
    return Sentences(
        texts=[row[language] for row, language in cells],
        topics=np.array([names[row["topic"]] for row, _ in cells]),
        languages=[language for _, language in cells],
        roles=[Role(row["role"]) for row, _ in cells],
    )
