"""A second reader of vCards, and a scanner: oracles that share no code with what they judge."""

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

_LINE = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[A-Za-z0-9-]+=[^;:,\"]+)*):(?P<value>.*)"
)
_TEXT = {"FN", "TITLE", "NOTE", "TEL", "EMAIL", "UID", "REV", "VERSION"}
_LISTS = {"N": ";", "ORG": ";", "NICKNAME": ","}


@dataclass(frozen=True)
class Property:
    """One content line: ``value`` unescaped; ``parts`` its components if it has any."""

    name: str
    params: tuple[str, ...]
    value: str
    parts: tuple[str, ...]


class StrictCard(list[Property]):
    """The properties of one card between BEGIN and END."""

    @property
    def names(self) -> list[str]:
        return [line.name for line in self]

    def all(self, name: str) -> list[Property]:
        return [line for line in self if line.name == name]

    def one(self, name: str) -> Property:
        (line,) = self.all(name)
        return line


def _unfold(data: bytes, longest: int) -> Iterator[str]:
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    physical = data[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= longest
        assert not any(octet < 32 for octet in line)
        line.decode("utf-8")
    logical = physical[0]
    for line in physical[1:]:
        if line.startswith(b" "):
            logical += line[1:]
        else:
            yield logical.decode()
            logical = line
    yield logical.decode()


def _split_escaped(value: str, separator: str | None) -> tuple[str, ...]:
    """Undo RFC 2426's escapes; a bare ``;`` or ``,`` is an error unless it separates."""
    parts, part, characters = [], "", iter(value)
    for character in characters:
        if character == "\\":
            escaped = next(characters)
            assert escaped in "\\;,nN"
            part += "\n" if escaped in "nN" else escaped
        elif character == separator:
            parts.append(part)
            part = ""
        else:
            assert character not in ";,", f"bare {character} in {value!r}"
            part += character
    return (*parts, part)


def _read_line(line: str) -> Property:
    match = _LINE.fullmatch(line)
    assert match, line
    name, value = match["name"], match["value"]
    params = tuple(match["params"].split(";")[1:])
    if name in _LISTS:
        return Property(name, params, value, _split_escaped(value, _LISTS[name]))
    if name in _TEXT:
        (text,) = _split_escaped(value, None)
        return Property(name, params, text, (text,))
    if name == "PHOTO":
        assert params == ("ENCODING=b", "TYPE=JPEG")
        base64.b64decode(value, validate=True)
    else:
        assert name == "URL", name
        assert not set(value) & set(" ,;\\")
    return Property(name, params, value, (value,))


def read_strictly(data: bytes, *, longest: int = 75) -> list[StrictCard]:
    """Return the cards of a vCard 3.0 file, or fail where it isn't RFC 2426 to the letter."""
    cards: list[StrictCard] = []
    lines = list(_unfold(data, longest))
    while lines:
        assert lines[:2] == ["BEGIN:VCARD", "VERSION:3.0"]
        end = lines.index("END:VCARD")
        card = StrictCard(map(_read_line, lines[2:end]))
        assert card.names.count("N") == card.names.count("FN") == 1
        assert len(card.one("N").parts) == 5
        cards.append(card)
        lines = lines[end + 1 :]
    return cards


@pytest.fixture(scope="session")
def read_vcards() -> Callable[..., list[StrictCard]]:
    return read_strictly


@pytest.fixture(scope="session")
def scan() -> Callable[[Image.Image | bytes], bytes | None]:
    """What a scanner reads in a picture, or None."""

    def read(picture: Image.Image | bytes) -> bytes | None:
        if isinstance(picture, bytes):
            picture = Image.open(BytesIO(picture))
        found = zxingcpp.read_barcodes(
            picture.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
        return bytes(found[0].bytes) if found else None

    return read
