"""What every test shares: a busy machine is no reason for a property test to fail."""

import pytest
from hypothesis import settings

settings.register_profile("project", deadline=None)
settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: once they have begun, their event loop runs, and no other can."""
    items.sort(key=lambda item: "browser" in item.path.parts)
