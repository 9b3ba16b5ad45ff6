"""The venue's Wi-Fi as a QR code that phones join by scanning."""

import re
from typing import Final

from matchmaker.people.refusals import InvalidField

_SPECIAL: Final = re.compile(r'([\\;,:"])')
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_RAW_KEY: Final = re.compile(r"[0-9A-Fa-f]{64}\Z")
_NETWORK_OCTETS: Final = range(1, 33)
_PASSWORD_OCTETS: Final = range(8, 64)


def wifi_payload(network: str, password: str = "", *, hidden: bool = False) -> str:
    r"""Return the text of a Wi-Fi code, ``WIFI:T:WPA;S:…;P:…;;``, open without a password.

    WPA stands for WPA2 and WPA3 too. ``\ ; , : "`` are escaped by a backslash (the form of
    ZXing's *Barcode Contents*, which Android and iOS read). Names of hexadecimal digits are not
    put in quotes: iOS takes the quotes for a part of the name.

    Raises
    ------
    InvalidField
        Of ``wifi_network`` or ``wifi_password``; problem ``length`` (IEEE 802.11 allows 1 to 32
        octets for the name, 8 to 63 or 64 hexadecimal digits for the password) or
        ``characters``.
    """
    _check("wifi_network", network, _NETWORK_OCTETS)
    if password and not _RAW_KEY.match(password):
        _check("wifi_password", password, _PASSWORD_OCTETS)
    parts = [
        "T:" + ("WPA" if password else "nopass"),
        "S:" + _escape(network),
        *(["P:" + _escape(password)] if password else []),
        *(["H:true"] if hidden else []),
    ]
    return "WIFI:" + ";".join(parts) + ";;"


def _check(field: str, text: str, allowed: range) -> None:
    if _CONTROL.search(text):
        raise InvalidField(field, "characters")
    if len(text.encode()) not in allowed:
        raise InvalidField(field, "length")


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
