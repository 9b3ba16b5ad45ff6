"""The venue's Wi-Fi as a code."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matchmaker.cards.wifi import wifi_payload
from matchmaker.people.refusals import InvalidField


def read(payload: str) -> dict[str, str]:
    """Read as phones do: fields end at a bare semicolon, a backslash keeps the next character."""
    assert payload.startswith("WIFI:")
    fields = re.findall(r"([A-Z]):((?:\\.|[^\\;])*);", payload[5:], re.DOTALL)
    assert "".join(f"{name}:{value};" for name, value in fields) + ";" == payload[5:]
    return {name: re.sub(r"\\(.)", r"\1", value) for name, value in fields}


@given(
    st.text(min_size=1, max_size=12) | st.text(alphabet='\\;:,"TSP', min_size=1, max_size=32),
    st.just("") | st.text(alphabet='\\;:,"TSP ab', min_size=8, max_size=63),
    st.booleans(),
)
def test_any_name_and_password_arrive(network: str, password: str, hidden: bool) -> None:
    try:
        payload = wifi_payload(network, password, hidden=hidden)
    except InvalidField:
        assume(False)
    fields = {"T": "WPA" if password else "nopass", "S": network}
    fields |= {"P": password} if password else {}
    fields |= {"H": "true"} if hidden else {}
    assert read(payload) == fields


def test_a_plain_network() -> None:
    assert wifi_payload("Sao Mai", "pho;bun:1") == r"WIFI:T:WPA;S:Sao Mai;P:pho\;bun\:1;;"
    assert wifi_payload('"Sao\\Mai,"') == r"WIFI:T:nopass;S:\"Sao\\Mai\,\";;"
    assert wifi_payload("CAFE") == "WIFI:T:nopass;S:CAFE;;"


@pytest.mark.parametrize(
    ("network", "password", "field", "problem"),
    [
        ("", "", "wifi_network", "length"),
        ("ễ" * 11, "", "wifi_network", "length"),
        ("a\nb", "", "wifi_network", "characters"),
        ("a\ud800", "", "wifi_network", "characters"),
        ("a", "short", "wifi_password", "length"),
        ("a", "x" * 64, "wifi_password", "length"),
        ("a", "12345678\x00", "wifi_password", "characters"),
    ],
)
def test_what_no_network_can_have_is_refused(
    network: str, password: str, field: str, problem: str
) -> None:
    with pytest.raises(InvalidField) as refusal:
        wifi_payload(network, password)
    assert (refusal.value.field, refusal.value.problem) == (field, problem)


def test_a_raw_key_of_64_hexadecimal_digits_is_a_password() -> None:
    assert read(wifi_payload("a", "aF" * 32))["P"] == "aF" * 32
