"""Typed identities: small integers inside, random public ids outside."""

import secrets
from typing import NewType

EventId = NewType("EventId", int)
PersonId = NewType("PersonId", int)
AttendeeId = NewType("AttendeeId", int)
ContactId = NewType("ContactId", int)
OrganizerId = NewType("OrganizerId", int)
PublicId = NewType("PublicId", str)

PUBLIC_ID_BYTES = 16


def make_public_id() -> PublicId:
    """Return 128 random bits as 22 URL-safe characters."""
    return PublicId(secrets.token_urlsafe(PUBLIC_ID_BYTES))
