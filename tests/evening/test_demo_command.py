"""The first command a newcomer types: what it prints, keeps and refuses."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from fixtures.screens import MakeLaptop, MakeScreen, Newcomer, count_listed, join, list_names
from fixtures.served import Demo, run_demo
from PIL import Image
from PIL.Image import Resampling

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SAMPLE_PEOPLE = 60
_MODULE = 8
_BRIGHTNESS = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}


def test_a_busy_port_gives_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        ended = run_demo(tmp_path / "data", busy.getsockname()[1])
    assert ended.returncode == 2
    assert re.fullmatch(r"matchmaker: port \d+ is taken .+ --port\n", ended.stderr)
    assert ended.stdout == ""


def test_a_data_directory_that_cannot_be_written_gives_one_sentence(tmp_path: Path) -> None:
    # A file in its way stops everybody, also those who may write everywhere.
    (tmp_path / "file").touch()
    ended = run_demo(tmp_path / "file" / "data", 8000)
    assert ended.returncode == 2
    assert re.fullmatch(r"matchmaker: cannot write to the data directory .+\n", ended.stderr)
    assert ended.stdout == ""


def test_started_again_after_a_power_cut_it_continues_the_evening_now_for_phones_too(
    served: Demo, make_screen: MakeScreen, make_laptop: MakeLaptop
) -> None:
    who = Newcomer(name="Rune Vik", offer="Bread, baked at night", need="Help with my tax return")
    phone, desk = make_screen(), make_laptop()
    join(phone, served, who)
    seen = list_names(phone)
    listed = count_listed(desk, served)
    # What was seen is written down a moment after the look.
    phone.wait_for_timeout(2000)
    served.kill()
    served.start("--host", "0.0.0.0")
    _check_that_nothing_changed(phone, seen)
    assert count_listed(desk, served) == listed
    assert listed > SAMPLE_PEOPLE
    address = served.links.join
    assert f"Phones in the same network open {address}" in served.printed
    assert "guest wifi often keeps devices apart" in served.printed
    assert _read_terminal_code(served.printed) == address
    join(make_screen(), served, Newcomer(name="Kaia Moss", offer="Kites", need="A sailmaker"))


def _check_that_nothing_changed(phone: Page, seen: list[str]) -> None:
    phone.reload()
    names = list_names(phone)
    assert names[: len(seen)] == seen
    assert len(set(names)) == len(names)


def _read_terminal_code(printed: str) -> str:
    """Return what the code says that was drawn with half blocks, as a dark terminal shows it."""
    lines = [line for line in printed.splitlines() if set(line) & set("█▀▄")]
    picture = Image.new("L", (len(lines[0]), 2 * len(lines)))
    for row, line in enumerate(lines):
        for column, block in enumerate(line):
            for half in (0, 1):
                picture.putpixel((column, 2 * row + half), _BRIGHTNESS[block][half])
    large = picture.resize((_MODULE * picture.width, _MODULE * picture.height), Resampling.NEAREST)
    [code] = zxingcpp.read_barcodes(large)
    return str(code.text)
