"""Whole evenings, as people meet them."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stop and restart the demo only when nobody else needs it any more."""
    items.sort(key=lambda item: item.path.name == "test_demo_command.py")
