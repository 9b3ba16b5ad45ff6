"""Which words and phrases the word table holds, and how frequent they are.

Words: ``wordfreq`` 3.1.1 (data CC BY-SA 4.0). Vietnamese words of several syllables: the list in
``pyvi`` 0.1.1 (MIT). Phrases: the labels and stems of our own ``concepts.tsv``.
"""

import math
import re
import unicodedata
from pathlib import Path

import pyvi
import wordfreq
from build_sentences import read_tsv

from matchmaker.affinity.stop_phrases import is_function_word
from matchmaker.affinity.vocabulary import respell_vietnamese

LISTED = {"en": 20_000, "vi": 11_000, "it": 22_000, "he": 26_000}
"""Words taken from ``wordfreq``, most frequent first; Vietnamese has no more."""

LEAST_FREQUENT_SYLLABLES = 2e-5
COMPOUND_SHARE = 0.05
"""A compound is taken to be this much rarer than the mean of its syllables."""

PHRASE_FREQUENCY = 1e-6
MOST_WORDS = 4

FRAMES = {
    "en": "I am an expert in {0} and offer {0}.",
    "vi": "Tôi chuyên về {0} và cung cấp {0}.",
    "it": "Sono esperto di {0} e offro {0}.",
    "he": "אני מומחה בתחום {0} ומציע {0}.",
}
"""Short sentences of the kind people write at events, with a place for a word."""

_LATIN = re.compile(r"[a-zà-ỹ]+(?:['’][a-zà-ỹ]+)?")
_HEBREW = re.compile(r"[א-ת]+(?:['׳״\"][א-ת]+)?")

Frequencies = dict[str, float]


def list_entries(language: str) -> Frequencies:
    """Return words and phrases of a language with their frequencies, most frequent first."""
    entries = _list_phrases(language)
    entries |= _list_compounds() if language == "vi" else {}
    entries |= _list_words(language)
    kept: Frequencies = {}
    spellings: set[str] = set()
    for entry, frequency in sorted(entries.items(), key=lambda one: (-one[1], one[0])):
        spelling = " ".join(map(respell_vietnamese, entry.split())) if language == "vi" else entry
        if spelling not in spellings:
            spellings.add(spelling)
            kept[entry] = frequency
    return kept


def normalize_entry(entry: str) -> str:
    """Return an entry as the product compares words: NFC, lower case, no Hebrew marks inside."""
    bare = re.sub(r"[\"״׳]|(?<=[א-ת])'", "", unicodedata.normalize("NFC", entry).lower())
    return " ".join(bare.replace("’", "'").split())


def _list_words(language: str) -> Frequencies:
    """Return the most frequent words, and rarer ones that begin like a stem of our lexicon."""
    pattern = _HEBREW if language == "he" else _LATIN
    shortest = 1 if language == "vi" else 2
    stems = _list_stems(language)
    words: Frequencies = {}
    for word in wordfreq.iter_wordlist(language):
        entry = normalize_entry(word)
        # The product's words have no apostrophe inside: "l'azienda" is looked up as two.
        if "'" in entry or len(entry) < shortest or not pattern.fullmatch(entry):
            continue
        if len(words) < LISTED[language] or _begins_like(entry, stems):
            words.setdefault(entry, wordfreq.word_frequency(word, language))
    return words


def _begins_like(word: str, stems: dict[str, bool]) -> bool:
    """Return whether a word is a stem, or begins like one that is marked as a beginning."""
    return word in stems or any(stems.get(word[:length]) for length in range(3, len(word)))


def _list_stems(language: str) -> dict[str, bool]:
    """Return the one-word stems of our lexicon, and whether each is a beginning."""
    stems: dict[str, bool] = {}
    for row in read_tsv("concepts.tsv"):
        for stem in (row[language], *row[f"{language}_stems"].split("|")):
            word = normalize_entry(stem.removesuffix("*"))
            if word and " " not in word:
                stems[word] = stem.endswith("*") or stems.get(word, False)
    return stems


def _list_compounds() -> Frequencies:
    listed = Path(pyvi.__file__).parent / "models" / "words.txt"
    compounds: Frequencies = {}
    for line in listed.read_text(encoding="utf-8").splitlines():
        syllables = normalize_entry(line).split()
        if not 2 <= len(syllables) <= MOST_WORDS or all(map(is_function_word, syllables)):
            continue
        frequencies = [wordfreq.word_frequency(syllable, "vi") for syllable in syllables]
        if all(_LATIN.fullmatch(syllable) for syllable in syllables) and min(frequencies) > 0:
            mean = math.exp(sum(map(math.log, frequencies)) / len(frequencies))
            if mean > LEAST_FREQUENT_SYLLABLES:
                compounds[" ".join(syllables)] = COMPOUND_SHARE * mean
    return compounds


def _list_phrases(language: str) -> Frequencies:
    """Return the labels and stems of our lexicon that have several words and no open end."""
    return {
        phrase: PHRASE_FREQUENCY
        for row in read_tsv("concepts.tsv")
        for phrase in _read_stems(row, language, open_ended=False)
        if 2 <= phrase.count(" ") + 1 <= MOST_WORDS
        and not all(map(is_function_word, phrase.split()))
    }


def list_concept_words(language: str) -> list[list[str]]:
    """Return for each concept, in the order of the file, its label and stems as entries."""
    rows = read_tsv("concepts.tsv")
    return [list(_read_stems(row, language, open_ended=True)) for row in rows]


def _read_stems(row: dict[str, str], language: str, *, open_ended: bool) -> dict[str, None]:
    """Return label and stems once each, those that end in ``*`` only if asked for."""
    stems = (row[language], *row[f"{language}_stems"].split("|"))
    return {
        " ".join(normalize_entry(re.sub(r"['’\-]", " ", stem.removesuffix("*"))).split()): None
        for stem in stems
        if stem and (open_ended or not stem.endswith("*"))
    }
