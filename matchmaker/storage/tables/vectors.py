"""Sentence vectors of texts, computed once per encoder version."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class TextVectorRow(Base):
    """One text's vector as little-endian float32, or how often the encoder failed on it."""

    __tablename__ = "text_vectors"

    encoder: Mapped[str] = mapped_column(String(60), primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    failures: Mapped[int] = mapped_column(default=0)
