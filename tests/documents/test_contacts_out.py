"""A person's contacts on their way home."""

import csv
import io
import json

import pytest

from matchmaker.documents.contacts_out import (
    CONTACT_COLUMNS,
    ContactRow,
    PromiseLine,
    contact_dicts,
    write_contacts_csv,
    write_contacts_json,
)

HANH = ContactRow(
    name="Phạm Thị Hạnh",
    call_name="Hạnh",
    organization="=Sao Mai",
    role="Baker",
    email="hanh@example.com",
    phone="+84901234567",
    site="https://example.com",
    note="Met at the door;\nlikes rye",
    links=("https://example.com/a", "https://example.com/b"),
    promises=(
        PromiseLine(text="Send the article"),
        PromiseLine(text="=Call", due="2026-11-01", state="kept"),
    ),
    met_at="2026-10-09T17:02:11+00:00",
    event="Sample evening",
)


def test_contacts_go_home_as_a_table_of_one_line_each() -> None:
    text = write_contacts_csv([HANH, ContactRow(name="עדי")]).decode("utf-8-sig")
    hanh, adi = csv.DictReader(io.StringIO(text, newline=""))
    words = {name: value for name, value in contact_dicts([HANH])[0].items() if value != ()}
    assert hanh == words | {
        "organization": "'=Sao Mai",
        "links": "https://example.com/a\nhttps://example.com/b",
        "languages": "",
        "promises": "Send the article\n'=Call (2026-11-01, kept)",
    }
    assert adi == {**dict.fromkeys(CONTACT_COLUMNS, ""), "name": "עדי"}


def test_the_header_may_be_translated_but_not_shortened() -> None:
    titles = [title.upper() for title in CONTACT_COLUMNS]
    first = write_contacts_csv([], header=titles).decode("utf-8-sig")
    assert first == ",".join(titles) + "\r\n"
    with pytest.raises(ValueError, match="18 columns"):
        write_contacts_csv([HANH], header=titles[:-1])


def test_contacts_go_home_as_json_word_for_word() -> None:
    data = write_contacts_json([HANH])
    [read] = json.loads(data)
    assert read == contact_dicts([HANH])[0] | {
        "links": list(HANH.links),
        "languages": [],
        "promises": [
            {"text": "Send the article", "due": "", "state": "open"},
            {"text": "=Call", "due": "2026-11-01", "state": "kept"},
        ],
    }
    assert "Hạnh".encode() in data


def test_a_lone_surrogate_keeps_nobody_from_their_contacts() -> None:
    broken = ContactRow(name="A\ud800na")
    assert json.loads(write_contacts_json([broken]))[0]["name"] == "A?na"
    assert b"A?na" in write_contacts_csv([broken])
