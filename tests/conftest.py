"""What all tests share, and the order they run in: pure rooms first, whole evenings last."""

import pytest
from hypothesis import settings

pytest_plugins = [
    "fixtures.strictness",
    "fixtures.postgres_server",
    "fixtures.databases",
    "fixtures.attendees",
    "fixtures.browsers",
    "fixtures.phones",
    "fixtures.cards",
    "fixtures.tables",
    "fixtures.introductions",
    "fixtures.venue",
    "fixtures.follow_ups",
    "fixtures.invitations",
    "fixtures.doors",
    "fixtures.mailboxes",
    "fixtures.served",
    "fixtures.screens",
]

_FIRST = ("people", "affinity", "cards", "documents", "storage", "suggestions", "rounds", "web")
_LAST = ("test_packaging.py", "evening", "faults")

# A time limit per example says more about the machine than about the code.
settings.register_profile("steady", settings(deadline=None))
settings.load_profile("steady")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run what is fast and precise first, so that the first failure says the most."""
    items.sort(key=lambda item: _turn(item, config))


def _turn(item: pytest.Item, config: pytest.Config) -> int:
    parts = item.path.relative_to(config.rootpath).parts
    room = parts[1] if parts[0] == "tests" and len(parts) > 1 else parts[0]
    if room in _FIRST:
        return _FIRST.index(room)
    return len(_FIRST) + (_LAST.index(room) + 1 if room in _LAST else 0)
