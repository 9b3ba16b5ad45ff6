"""The codes that people show, say and type, and the address a card's QR code carries.

All are written in Crockford's base 32 (digits and capitals without I, L, O, U): each character
is five random bits. Reading forgives what hands and eyes confuse: case, hyphens, blanks, I and L
for 1, O for 0.

Odds of guessing, where n codes are live and somebody makes k tries: about k n / 32^length.

=========  ======  ====================  =========================================
code       length  500 live, 10^5 tries  guarded by
=========  ======  ====================  =========================================
card       16      4 in 10^17            nothing needed
desk       8       1 in 22,000           one use, minutes of life, counted tries
spoken     6       1 in 21               signed-in attendees of the same event, ten
                                         minutes of life, counted tries; it only
                                         opens "ask to connect"
=========  ======  ====================  =========================================

If a person's counter shuts after twenty tries, 1 person in 107,000 guesses a spoken code. Desk
codes sign in, so eight *digits* would not do: among 500 live ones 10^5 tries find one with 39 per
cent, among eight-character codes with 0.0045 per cent.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CARD_CODE_LENGTH: Final = 16
DESK_CODE_LENGTH: Final = 8
SPOKEN_CODE_LENGTH: Final = 6

RandomBytes = Callable[[int], bytes]

_BITS: Final = 5
_LONGEST_TYPED: Final = 100
_LONGEST_SCANNED: Final = 2048
_SCHEMES: Final = frozenset({"", "http", "https"})
_CONFUSED: Final = {"I": "1", "L": "1", "O": "0"}
_PASSED_OVER: Final = frozenset({"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"})
_HOST: Final = re.compile(r"[0-9a-z.:\[\]-]+\Z")
# The characters of QR's alphanumeric mode, as far as they stand in addresses.
_COMPACT: Final = re.compile(r"[0-9A-Z$%*+./:-]*\Z")


def make_card_code(random_bytes: RandomBytes = secrets.token_bytes) -> str:
    """Return a new card or badge code: 80 random bits as 16 characters."""
    return _make_code(CARD_CODE_LENGTH, random_bytes)


def make_desk_code(random_bytes: RandomBytes = secrets.token_bytes) -> str:
    """Return a new one-use code that a helper at the desk hands out: 40 bits, 8 characters."""
    return _make_code(DESK_CODE_LENGTH, random_bytes)


def make_spoken_code(random_bytes: RandomBytes = secrets.token_bytes) -> str:
    """Return a new code to say aloud: 30 random bits as 6 characters."""
    return _make_code(SPOKEN_CODE_LENGTH, random_bytes)


def _make_code(length: int, random_bytes: RandomBytes) -> str:
    bits = _BITS * length
    # Surplus high bits fall away, so every code stays equally likely.
    number = int.from_bytes(random_bytes((bits + 7) // 8))
    return "".join(ALPHABET[number >> shift & 31] for shift in range(bits - _BITS, -1, -_BITS))


def normalize_code(text: str, *, length: int = CARD_CODE_LENGTH) -> str | None:
    """Return a typed code as it is stored, or None if it can't be a code of this length."""
    if len(text) > _LONGEST_TYPED:
        return None
    typed = (c for c in unicodedata.normalize("NFKC", text) if not _is_passed_over(c))
    code = "".join(map(_read_character, typed))
    return code if len(code) == length and set(code) <= set(ALPHABET) else None


def _is_passed_over(character: str) -> bool:
    return unicodedata.category(character) in _PASSED_OVER


def _read_character(character: str) -> str:
    # Some keyboards type other digits, such as Arabic ones.
    digit = unicodedata.decimal(character, None)
    capital = character.upper() if digit is None else str(digit)
    return _CONFUSED.get(capital, capital)


def show_code(code: str) -> str:
    """Return a code for the eye, in groups of four, or of three if it has six characters."""
    group = 3 if len(code) == SPOKEN_CODE_LENGTH else 4
    return "-".join(code[start : start + group] for start in range(0, len(code), group))


def card_url(base_url: str, code: str) -> str:
    """Return the address that a card's QR code carries.

    Scheme and host have no case, so ``https://host`` gives ``HTTPS://HOST/C/CODE``, which QR
    packs tighter: hosts up to 34 characters (35 with http) stay at version 3, level M. A path
    in front has a case, and if it isn't all capitals nothing would be gained: then the address
    is ``https://host/path/c/code``. The server answers to ``/c/`` and ``/C/``.

    Raises
    ------
    ValueError
        If ``base_url`` is not http or https with a host, or carries a user, query or fragment.
    """
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise ValueError("the base URL needs http or https and a plain host")
    if parts.query or parts.fragment:
        raise ValueError("the base URL has a query or fragment")
    host = _ascii_host(parts.netloc)
    if not _HOST.match(host) or not parts.path.isprintable() or " " in parts.path:
        raise ValueError("the base URL has characters that no address has")
    root = f"{parts.scheme}://{host}"
    prefix = parts.path.rstrip("/")
    compact = f"{root.upper()}{prefix}/C/{code.upper()}"
    return compact if _COMPACT.match(compact) else f"{root}{prefix}/c/{code.lower()}"


def _ascii_host(netloc: str) -> str:
    host = netloc.lower()
    try:
        return host.encode("ascii" if host.isascii() else "idna").decode()
    except UnicodeError:
        raise ValueError("the base URL has a host that no address has") from None


def find_card_code(scanned: str, *, base_url: str) -> str | None:
    """Return the code in what a scanner read or somebody typed, or None.

    That is a card's address at this server, in any case and with or without its scheme, or the
    bare code. The address of another server is none of ours, although it may look the same.
    """
    text = scanned.strip()
    if len(text) > _LONGEST_SCANNED:
        return None
    if "/" not in text:
        return normalize_code(text)
    try:
        found = urlsplit(text if "://" in text else "//" + text)
        ours = urlsplit(card_url(base_url, ""))
    except ValueError:
        return None
    same_host = found.netloc.lower() == ours.netloc.lower() and found.scheme in _SCHEMES
    path, slash, code = found.path.rstrip("/").rpartition("/")
    if not (same_host and slash) or path.lower() != ours.path.rstrip("/").lower():
        return None
    return normalize_code(code)
