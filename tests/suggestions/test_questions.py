"""A question worth asking quotes the other's own words, and hardly ever the same ones twice."""

from matchmaker.affinity.phrases import quote_phrase
from matchmaker.documents.attendee_csv import read_attendees
from matchmaker.settings import find_shipped


def test_the_sample_people_are_asked_at_least_fifty_five_different_questions() -> None:
    rows = read_attendees((find_shipped("data") / "sample_event.csv").read_bytes()).rows
    phrases = [quote_phrase(row.need or row.offer) for row in rows]
    assert len(rows) == 60
    assert len(set(phrases)) >= 55
    for row, phrase in zip(rows, phrases, strict=True):
        assert phrase
        assert phrase in row.need or phrase in row.offer
