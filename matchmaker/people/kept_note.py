"""Words written without network meet those that were stored meanwhile."""

from typing import Final

LONGEST_NOTE: Final = 2000


def merge_note(stored: str, written: str, *, before: str) -> str:
    """Return a note after ``written`` reached it late from a phone that had shown ``before``.

    Sent again it changes nothing. Where the note was changed elsewhere meanwhile, both stay, the
    later one below; what goes beyond 2,000 characters is lost at the end.
    """
    if written in {stored, before}:
        return stored
    if stored == before:
        return written
    if written in stored:
        return stored
    if stored in written:
        return written
    return f"{stored}\n{written}"[:LONGEST_NOTE]
