"""What one side of a card shows, and which links may stand on it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final, Self
from urllib.parse import urlsplit

ALLOWED_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
LONGEST_LINK: Final = 2048
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_PORT_AND_PATH: Final = re.compile(r"\d{1,5}(?:[/?#]|\Z)")
_HOST: Final = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?\.?\Z")
_PHONE_PATH: Final = re.compile(r"\+?[0-9()./-]{3,32}\Z")
_FORBIDDEN: Final = frozenset('"<>\\^`{|}')
_FORBIDDEN_KINDS: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})


@dataclass(frozen=True, kw_only=True)
class CardFields:
    """The fields of one side of a card that its reader may see; what is hidden is empty.

    ``name`` is the whole name in the order its owner writes it and is never taken apart.
    ``given_name`` and ``family_name`` are filled only if the owner typed them. ``phone`` is
    E.164 where it could be completed, else as typed. ``languages`` are language codes. ``photo``
    is the public id of a stored photo.
    """

    name: str = ""
    given_name: str = ""
    family_name: str = ""
    call_name: str = ""
    organization: str = ""
    role: str = ""
    line: str = ""
    email: str = ""
    phone: str = ""
    site: str = ""
    links: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    photo: str = ""

    def to_dict(self) -> dict[str, str | list[str]]:
        """Return the filled fields as a JSON-ready dictionary, in the order of the card."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
            if value
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, object]) -> Self:
        """Return the card of a stored snapshot.

        Snapshots outlive versions of this program: unknown keys and values of a wrong type are
        passed over, missing ones are empty.
        """
        texts = {
            field.name: value
            for field in fields(cls)
            if field.type is str and isinstance(value := stored.get(field.name), str)
        }
        return cls(
            **texts,
            links=_texts_of(stored.get("links")),
            languages=_texts_of(stored.get("languages")),
        )


def _texts_of(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(item for item in value if isinstance(item, str))


def clean_link(text: str) -> str | None:
    """Return ``text`` as a link that is safe to show and to store, or None.

    Allowed are http, https, mailto and tel; a bare ``example.org/me`` becomes https. Refused are
    other schemes, a user name before the host (``https://bank.example@evil.example``), blanks,
    control and bidirectional formatting characters, and more than 2048 characters.
    """
    link = text.strip()
    if not link or len(link) > LONGEST_LINK or not all(map(_may_stand_in_link, link)):
        return None
    named = _SCHEME.match(link)
    # "example.org:8080/me" is a host with a port, although it also reads as a scheme.
    if named and not ("." in named[1] and _PORT_AND_PATH.match(named[2])):
        scheme, rest = named[1].lower(), named[2]
    else:
        scheme, rest = "https", "//" + link
    if scheme not in ALLOWED_SCHEMES or not _is_complete(scheme, rest):
        return None
    return f"{scheme}:{rest}"


def _may_stand_in_link(character: str) -> bool:
    return character not in _FORBIDDEN and unicodedata.category(character) not in _FORBIDDEN_KINDS


def _is_complete(scheme: str, rest: str) -> bool:
    if scheme == "mailto":
        mailbox, at, host = rest.partition("?")[0].rpartition("@")
        return bool(mailbox and at and _HOST.match(host))
    if scheme == "tel":
        return bool(_PHONE_PATH.match(rest))
    return rest.startswith("//") and _has_plain_host(f"{scheme}:{rest}")


def _has_plain_host(link: str) -> bool:
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = "." in host.strip(".") and _HOST.match(host)
    return "@" not in parts.netloc and bool(named or host == "localhost" or ":" in host)
