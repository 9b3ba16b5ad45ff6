"""Our own lexicon: words of four languages that stand for one concept.

``data/concepts.tsv`` has the columns ``id category en vi it he en_stems vi_stems it_stems
he_stems``: a label in each language, and stems separated by ``|``. A stem is one or more
lower-case words; ``*`` at its end makes the last word a prefix. Hebrew stems also match behind
attached particles. Matching walks a word trie, so its time grows with the text alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from matchmaker.affinity.text import Span, Token, fold_word, tokenize
from matchmaker.settings import find_shipped

LANGUAGES: Final = ("en", "vi", "it", "he")
COLUMNS: Final = (
    "id",
    "category",
    *LANGUAGES,
    *(f"{language}_stems" for language in LANGUAGES),
)
_PARTICLES: Final = frozenset("והבלמשכ")
_MAX_PARTICLES: Final = 3
_MIN_STEM: Final = 2
_MIN_FOLDED: Final = 5
_MOST_STARTS: Final = 20_000


class LexiconError(ValueError):
    """The concept file is missing or damaged."""


@dataclass(frozen=True, kw_only=True)
class Concept:
    """One row of the lexicon."""

    id: str
    category: str
    labels: Mapping[str, str]
    stems: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class ConceptHit:
    """A concept found in a text, with the characters that stand for it."""

    concept: str
    span: Span


@dataclass(slots=True)
class _Node:
    """A place in a trie; most are ends, which hold nothing but their concepts."""

    exact: dict[str, "_Node"] | None = None
    prefixes: dict[str, tuple[str, ...]] | None = None
    lengths: tuple[int, ...] = ()
    concepts: tuple[str, ...] = ()

    def grow(self, word: str) -> "_Node":
        """Return the node behind a word, made if it isn't there."""
        if self.exact is None:
            self.exact = {}
        return self.exact.setdefault(word, _Node())

    def add_prefix(self, prefix: str, concept: str) -> None:
        """Let all words that begin so stand for a concept."""
        if self.prefixes is None:
            self.prefixes = {}
        self.prefixes[prefix] = _join(self.prefixes.get(prefix, ()), concept)

    def find(self, word: str) -> "_Node | None":
        """Return the node behind a word."""
        return self.exact.get(word) if self.exact else None


def _join(concepts: tuple[str, ...], concept: str) -> tuple[str, ...]:
    return concepts if concept in concepts else (*concepts, concept)


class ConceptLexicon:
    """The concepts and, for each language, the trie of their stems."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: dict[str, Concept] = {concept.id: concept for concept in concepts}
        self._tries = {language: self._grow(language) for language in LANGUAGES}
        self._starts: dict[tuple[str, str], tuple[str, ...]] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Read ``concepts.tsv``; the shipped one without a path.

        Raises
        ------
        LexiconError
            If the file is missing or a row of it can't be read.
        """
        return cls(read_concepts(path or find_shipped("data") / "concepts.tsv"))

    def find_label(self, concept: str, language: str) -> str | None:
        """Return a concept's name in a language, else in English; None if unknown."""
        known = self.concepts.get(concept)
        return (known.labels.get(language) or known.labels["en"]) if known else None

    def find_hits(self, text: str, language: str = "") -> list[ConceptHit]:
        """Return the concepts in a text, the longest stem at each word, in text order.

        Stems of the text's language and of English count; of all languages if it is unknown.
        """
        tokens = tokenize(text)
        languages = {language, "en"} if language in LANGUAGES else set(LANGUAGES)
        found: dict[ConceptHit, None] = {}
        for start in range(len(tokens)):
            for code in LANGUAGES:
                if code in languages:
                    for hit in self._match(tokens, start, code):
                        found[hit] = None
        return list(found)

    def _match(self, tokens: Sequence[Token], start: int, language: str) -> Iterator[ConceptHit]:
        for first in self._list_starts(tokens[start].word, language):
            stop, concepts = _walk(self._tries[language], first, tokens, start)
            if concepts:
                span = Span(tokens[start].start, tokens[stop].stop)
                yield from (ConceptHit(concept=concept, span=span) for concept in sorted(concepts))
                return

    def _list_starts(self, word: str, language: str) -> tuple[str, ...]:
        """Return the forms of a word with which some stem begins: of most words none."""
        known = self._starts.get((word, language))
        if known is None:
            if len(self._starts) > _MOST_STARTS:
                self._starts.clear()
            root = self._tries[language]
            known = tuple(form for form in _iter_forms(word, language) if _begins(root, form))
            self._starts[word, language] = known
        return known

    def _grow(self, language: str) -> _Node:
        root = _Node()
        for concept in self.concepts.values():
            for stem in {concept.labels[language].lower(), *concept.stems[language]}:
                _plant(root, stem, concept.id)
        _measure(root)
        return root


def _iter_forms(word: str, language: str) -> Iterator[str]:
    yield word
    if language == "he":
        for length in range(1, _MAX_PARTICLES + 1):
            if len(word) - length < _MIN_STEM or word[length - 1] not in _PARTICLES:
                return
            yield word[length:]


def _plant(root: _Node, stem: str, concept: str) -> None:
    words = [token.word for token in tokenize(stem)]
    if not words:
        return
    _plant_words(root, words, stem.endswith("*"), concept)
    folded = [fold_word(word) for word in words]
    if folded != words and (len(folded) > 1 or len(folded[0]) >= _MIN_FOLDED):
        _plant_words(root, folded, stem.endswith("*"), concept)


def _plant_words(root: _Node, words: Sequence[str], is_prefix: bool, concept: str) -> None:
    node = root
    for word in words[: len(words) - is_prefix]:
        node = node.grow(word)
    if is_prefix:
        node.add_prefix(words[-1], concept)
    else:
        node.concepts = _join(node.concepts, concept)


def _measure(node: _Node) -> None:
    node.lengths = tuple(sorted({len(prefix) for prefix in node.prefixes or ()}, reverse=True))
    for child in (node.exact or {}).values():
        _measure(child)


def _begins(root: _Node, word: str) -> bool:
    return root.find(word) is not None or bool(_find_prefixed(root, word))


def _walk(root: _Node, first: str, tokens: Sequence[Token], start: int) -> tuple[int, set[str]]:
    best: tuple[int, set[str]] = (start, set())
    node: _Node | None = root
    place, word = start, first
    while node is not None:
        concepts = set(_find_prefixed(node, word))
        node = node.find(word)
        if node is not None:
            concepts.update(node.concepts)
        if concepts:
            best = (place, concepts)
        place += 1
        if place == len(tokens):
            break
        word = tokens[place].word
    return best


def _find_prefixed(node: _Node, word: str) -> tuple[str, ...]:
    for length in node.lengths:
        if node.prefixes and (found := node.prefixes.get(word[:length])):
            return found
    return ()


def read_concepts(path: Path) -> list[Concept]:
    """Read the rows of a concept file.

    Raises
    ------
    LexiconError
        If the file is missing, its header is another one, or a row is incomplete or repeated.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name} cannot be read") from error
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise LexiconError(f"{path.name} does not begin with its header")
    concepts: dict[str, Concept] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != len(COLUMNS) or not all(cells[:6]) or cells[0] in concepts:
            raise LexiconError(f"{path.name}, line {number}: a cell is missing or an id repeated")
        concepts[cells[0]] = _parse_row(cells)
    return list(concepts.values())


def _parse_row(cells: Sequence[str]) -> Concept:
    row = dict(zip(COLUMNS, cells, strict=True))
    return Concept(
        id=row["id"],
        category=row["category"],
        labels={language: row[language] for language in LANGUAGES},
        stems={
            language: tuple(stem for stem in row[f"{language}_stems"].split("|") if stem)
            for language in LANGUAGES
        },
    )
