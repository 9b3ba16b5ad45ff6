"""The lexicon: one concept, many words, four languages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.affinity.blocks import TextRecord
from matchmaker.affinity.concept_vectorizer import ConceptVectorizer
from matchmaker.affinity.concepts import (
    COLUMNS,
    ConceptLexicon,
    LexiconError,
    read_concepts,
)
from matchmaker.affinity.profile import Role

ROWS = (
    "honey\tfood\thoney\tmật ong\tmiele\tדבש\t"
    "beekeep*|bee hive\tnuôi ong\tapicolt*|api\tדבורים|כוורת",
    "law\tlaw\tlegal advice\tpháp lý\tconsulenza legale\tייעוץ משפטי\t"
    "lawyer*|contract\tluật sư\tavvocat*\tעורך דין|עורכת דין",
)


@pytest.fixture
def lexicon(tmp_path: Path) -> ConceptLexicon:
    path = tmp_path / "concepts.tsv"
    path.write_text("\n".join(["\t".join(COLUMNS), *ROWS]), encoding="utf-8")
    return ConceptLexicon.load(path)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("A Beekeeper with hives", "en", "Beekeeper"),
        ("one bee hive", "en", "bee hive"),
        ("Nhà tôi nuôi ong", "vi", "nuôi ong"),
        ("nha toi nuoi ong", "vi", "nuoi ong"),
        ("sono un apicoltore", "it", "apicoltore"),
        ("ושבדבורים אני מבין", "he", "ושבדבורים"),
        ("Cerco beekeeping", "it", "beekeeping"),
    ],
)
def test_stems_are_found_in_every_language(
    lexicon: ConceptLexicon, text: str, language: str, words: str
) -> None:
    (hit,) = lexicon.find_hits(text, language)
    assert hit.concept == "honey"
    assert text[hit.span.start : hit.span.stop] == words


@pytest.mark.parametrize("text", ["bee", "hive", "bee the hive", "capi", "חדבורים"])
def test_parts_of_stems_are_no_hits(lexicon: ConceptLexicon, text: str) -> None:
    assert lexicon.find_hits(text, "") == []


def test_an_italian_stem_does_not_count_in_a_vietnamese_text(lexicon: ConceptLexicon) -> None:
    assert lexicon.find_hits("api", "vi") == []
    assert [hit.concept for hit in lexicon.find_hits("api", "it")] == ["honey"]


def test_rows_have_length_one_and_meet_across_languages(lexicon: ConceptLexicon) -> None:
    vectorizer = ConceptVectorizer(lexicon=lexicon).fit()
    texts = [("Lawyer for honey", "en"), ("עורכת דין", "he"), ("nothing", "en")]
    rows = vectorizer.transform(
        [TextRecord(text=text, language=code, role=Role.OFFER) for text, code in texts]
    )
    product = (rows @ rows.T).toarray()
    assert product[0, 0] == pytest.approx(1)
    assert product[0, 1] == pytest.approx(2**-0.5)
    assert product[2, 2] == 0


def test_a_label_falls_back_to_english(lexicon: ConceptLexicon) -> None:
    assert lexicon.find_label("law", "it") == "consulenza legale"
    assert lexicon.find_label("law", "fr") == "legal advice"
    assert lexicon.find_label("unheard", "en") is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "id\ten\n",
        "\t".join(COLUMNS) + "\nonly\tthree\tcells",
        "\n".join(["\t".join(COLUMNS), ROWS[0], ROWS[0]]),
    ],
    ids=["empty", "another header", "short row", "repeated id"],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "concepts.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError):
        read_concepts(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError):
        read_concepts(tmp_path / "absent.tsv")


@given(st.text(max_size=300))
def test_hits_stand_on_word_borders_of_any_text(text: str) -> None:
    lexicon = ConceptLexicon(_shipped_like())
    for hit in lexicon.find_hits(text):
        assert 0 <= hit.span.start < hit.span.stop <= len(text)


def _shipped_like() -> list[object]:
    from matchmaker.affinity.concepts import _parse_row

    return [_parse_row(row.split("\t")) for row in ROWS]
