"""Encoder vectors that a build keeps on disk, so that it can be interrupted and continued."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384
BATCH = 64

Encode = Callable[[list[str]], NDArray[np.float32]]


class VectorCache:
    """Texts and their vectors in two files that only grow.

    A batch cut short by an interruption is forgotten and encoded again. One process at a time.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._texts_file = folder / "texts.txt"
        self._vectors_file = folder / "vectors.f16"
        self._texts_file.touch()
        self._vectors_file.touch()
        texts = self._texts_file.read_text(encoding="utf-8").split("\n")[:-1]
        whole = min(len(texts), self._vectors_file.stat().st_size // (2 * DIMENSIONS))
        self._rows = {text: row for row, text in enumerate(texts[:whole])}
        self._count = whole
        self._trim(texts[:whole])

    def __contains__(self, text: str) -> bool:
        return text in self._rows

    def add(self, texts: Iterable[str], encode: Encode) -> None:
        """Encode the texts that aren't here yet, printing how far it has come."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._rows]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            vectors = np.asarray(encode(batch), dtype=np.float16)
            with self._vectors_file.open("ab") as file:
                file.write(vectors.tobytes())
            with self._texts_file.open("a", encoding="utf-8") as file:
                file.writelines(f"{text}\n" for text in batch)
            self._rows |= {text: self._count + row for row, text in enumerate(batch)}
            self._count += len(batch)
            if start % (50 * BATCH) == 0:
                print(f"{self._texts_file.parent.name}: {start} of {len(missing)}", flush=True)

    def get(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors (n, 384), in the order of the texts."""
        stored = np.fromfile(self._vectors_file, dtype=np.float16).reshape(-1, DIMENSIONS)
        vectors = stored[[self._rows[text] for text in texts]].astype(np.float32)
        units: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return units

    def _trim(self, texts: list[str]) -> None:
        self._texts_file.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        with self._vectors_file.open("r+b") as file:
            file.truncate(len(texts) * 2 * DIMENSIONS)
