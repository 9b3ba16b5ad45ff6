"""Sentence vectors in the database, by encoder version and text hash."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.storage.tables import TextVectorRow

_BATCH: Final = 500


@dataclass(frozen=True, kw_only=True)
class StoredVectors:
    """Vectors as little-endian float32 bytes, and how often the encoder failed on others."""

    vectors: dict[str, bytes] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)


def find_vectors(session: Session, encoder: str, hashes: Collection[str]) -> StoredVectors:
    """Return what is known of the texts with these hashes."""
    found = StoredVectors()
    wanted = list(hashes)
    for start in range(0, len(wanted), _BATCH):
        rows = session.execute(
            select(TextVectorRow.text_hash, TextVectorRow.vector, TextVectorRow.failures).where(
                TextVectorRow.encoder == encoder,
                TextVectorRow.text_hash.in_(wanted[start : start + _BATCH]),
            )
        )
        for text_hash, vector, failures in rows:
            if vector is not None:
                found.vectors[text_hash] = vector
            else:
                found.failures[text_hash] = failures
    return found


def save_vector(session: Session, encoder: str, text_hash: str, vector: bytes) -> None:
    """Store a text's vector."""
    row = _get_row(session, encoder, text_hash)
    row.vector = vector
    session.flush()


def remove_vectors(session: Session, hashes: Collection[str]) -> None:
    """Delete what any encoder made of these texts (it is made again where still wanted)."""
    session.execute(delete(TextVectorRow).where(TextVectorRow.text_hash.in_(hashes)))


def note_failure(session: Session, encoder: str, text_hash: str) -> None:
    """Count that the encoder failed on a text."""
    row = _get_row(session, encoder, text_hash)
    row.failures += 1
    session.flush()


def _get_row(session: Session, encoder: str, text_hash: str) -> TextVectorRow:
    row = session.get(TextVectorRow, (encoder, text_hash))
    if row is None:
        row = TextVectorRow(encoder=encoder, text_hash=text_hash, failures=0)
        session.add(row)
    return row
