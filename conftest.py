"""What every test may use."""

import pytest
from django.conf import settings
from django.test import Client


def pytest_collection_modifyitems(config, items):
    """Tests marked `postgresql` run when DATABASE_URL names one; otherwise they are counted as deselected."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("postgresql")]


@pytest.fixture
def htmx_client():
    """A client that asks as HTMX does: for fragments."""
    return Client(headers={"HX-Request": "true"})
