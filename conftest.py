"""What every test may use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.template import engines
from django.template.base import FilterExpression
from django.test import Client, TransactionTestCase

from khoi_party.audit.append_only import lifted_triggers


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


class UndefinedVariableError(Exception):
    """One of our templates prints a variable that its view does not give."""


class StrictUndefined(str):
    """What the template engine prints for an unknown variable: an error in our own templates, nothing in those of packages.

    The engine asks whether it is true before printing it, and names neither template nor filters; its frame knows both.
    """

    def __bool__(self):
        frame = sys._getframe(1).f_locals
        expression, context = frame.get("self"), frame.get("context")
        if not isinstance(expression, FilterExpression):
            return False
        origin = context.render_context.template.origin.name
        has_default = any(filter_.__name__ in ("default", "default_if_none") for filter_, _ in expression.filters)
        if not has_default and Path(origin).is_relative_to(settings.BASE_DIR / "templates"):
            raise UndefinedVariableError(f"{expression.var} in {origin}")
        return False


@pytest.fixture(autouse=True)
def strict_templates():
    """An unknown variable in a template of ours fails the test; `{% if %}`, `{% for %}` and `|default` may ask for one."""
    engines["django"].engine.string_if_invalid = StrictUndefined()


_flush_tables = TransactionTestCase._fixture_teardown


def _flush_append_only_tables_too(self):
    """Transactional tests end with a flush, which the triggers rightly refuse; the chain then starts anew."""
    from khoi_party.audit.models import AuditHead

    with lifted_triggers(connection):
        _flush_tables(self)
    AuditHead.objects.get_or_create(pk=1)


TransactionTestCase._fixture_teardown = _flush_append_only_tables_too


@pytest.fixture
def start_worker():
    """Starts a Celery worker on the test's own database and the broker of CELERY_BROKER_URL; whatever still runs is ended."""
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}"
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "khoi_party", "worker", "--concurrency", "1", "--loglevel", "ERROR"]
    started = []

    def start():
        environment = os.environ | {"DATABASE_URL": url, "TEST_MEDIA_ROOT": settings.MEDIA_ROOT}
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True))  # noqa: S603
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
