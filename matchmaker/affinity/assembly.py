"""Puts the blocks together from the data that ships with the program."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from matchmaker.affinity.background import read_background
from matchmaker.affinity.blocks import Block, Encoder
from matchmaker.affinity.concept_vectorizer import ConceptVectorizer
from matchmaker.affinity.concepts import ConceptLexicon
from matchmaker.affinity.dense_block import DenseBlock
from matchmaker.affinity.lexical import LexicalVectorizer
from matchmaker.affinity.offsets import OffsetMeans, load_means
from matchmaker.affinity.sparse_block import SparseBlock
from matchmaker.affinity.topic_space import TopicSpace, load_topics
from matchmaker.affinity.vectorizers import DenseVectorizer, SemanticVectorizer, TableVectorizer
from matchmaker.affinity.word_table import WordTable


@dataclass(frozen=True, kw_only=True)
class ShippedData:
    """What the matcher reads from ``data/``, loaded; None leaves its block out."""

    background: tuple[str, ...] = ()
    lexicon: ConceptLexicon | None = None
    table: WordTable | None = None
    means: OffsetMeans | None = None
    topics: TopicSpace | None = None


@lru_cache
def load_shipped_data(encoder: Encoder) -> ShippedData:
    """Read what an encoder needs of the shipped data, once a process.

    Raises
    ------
    LexiconError, DamagedData
        If a data file is missing or damaged.
    """
    if encoder is Encoder.AUTO:
        light = load_shipped_data(Encoder.LIGHT)
        return replace(light, means=load_means("e5"), topics=load_topics("e5"))
    return ShippedData(
        background=read_background(), lexicon=ConceptLexicon.load(), table=WordTable.load()
    )


def build_transformers(encoder: Encoder, data: ShippedData) -> Mapping[Block, Any]:
    """Return the transformer of each block that serves, not fitted to an event yet."""
    found: dict[Block, Any] = {
        Block.WORDS: LexicalVectorizer(analyzer="word", background=data.background),
        Block.CHARS: LexicalVectorizer(analyzer="char", background=data.background),
    }
    if data.lexicon is not None:
        found[Block.CONCEPTS] = ConceptVectorizer(lexicon=data.lexicon)
    if data.table is not None:
        found[Block.TABLE] = TableVectorizer(table=data.table)
    if encoder is Encoder.AUTO:
        found[Block.SEMANTIC] = SemanticVectorizer(means=data.means, topics=data.topics)
    return found


def build_blocks(transformers: Mapping[Block, Any]) -> dict[Block, DenseBlock | SparseBlock]:
    """Return an empty store for the rows of each transformer."""
    return {
        block: DenseBlock(one) if isinstance(one, DenseVectorizer) else SparseBlock(one.fit([]))
        for block, one in transformers.items()
    }
