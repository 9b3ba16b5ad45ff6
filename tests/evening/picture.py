"""Takes the picture of the people page that stands in the README.

Run by hand: ``python tests/evening/picture.py OUT.png``. The ready attendee of a fresh demo looks
at their suggestions on a phone; the picture ends below the first one.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from fixtures.screens import MakeScreen
    from fixtures.served import Demo

_OUT = "PEOPLE_PICTURE"
_MARGIN = 16
_MOST_BYTES = 200_000


def test_take_the_picture(make_screen: MakeScreen, served: Demo) -> None:
    # Only here: run as a script, this file doesn't know the fixtures until pytest does.
    from fixtures.screens import sign_in_attendee

    phone = make_screen(color_scheme="light")
    sign_in_attendee(phone, served)
    # Once more: without the greeting of the sign-in.
    phone.reload()
    first = phone.get_by_role("article").first.bounding_box()
    assert first
    end = round(first["y"] + first["height"]) + _MARGIN
    # A phone so long that the bar at its foot stands below what is kept.
    phone.set_viewport_size({"width": 390, "height": end + 200})
    taken = phone.screenshot(
        clip={"x": 0, "y": 0, "width": 390, "height": end}, animations="disabled"
    )
    # Few colours stand on the page: a palette makes the file a third.
    small = Image.open(io.BytesIO(taken)).convert("RGB").quantize(128)
    out = Path(os.environ[_OUT])
    out.parent.mkdir(parents=True, exist_ok=True)
    small.save(out, optimize=True)
    assert out.stat().st_size <= _MOST_BYTES


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python {sys.argv[0]} OUT.png")
    os.environ[_OUT] = str(Path(sys.argv[1]).resolve())
    sys.exit(pytest.main(["-q", __file__]))
