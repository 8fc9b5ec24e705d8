import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.business_central_fixture import business_central
from tests.support.quickbooks_fixture import quickbooks
from tests.support.tryton_fixture import tryton
from tests.torture.catches import CATCH, Catch, catches
from tests.torture.layer import ROW, Layer, table

__all__ = ["business_central", "quickbooks", "tryton"]
"""Fixtures that tests in several folders share."""

IN_MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that must be free there: the suite takes a fraction."""

if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    """Thousands of small stores, each synced to the disk with every commit, take longer than what they are tested for.
    A killed process loses nothing there either; what a power cut takes is played by `tests/torture`."""

os.environ.pop("NO_COLOR", None)
"""Pictures of screens are compared in colour, whatever the terminal of whoever runs the tests wants."""


settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
"""A machine that has other work takes longer over an example, and nothing is wrong."""


@pytest.fixture(scope="session")
def postgres(request):
    """The PostgreSQL of this run, started when the first test asks."""
    from tests.support.postgres import started

    run = getattr(request.config, "workerinput", {}).get("testrunuid", f"{os.getpid()}")[:12]
    with started(run) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request):
    """The store's address: none for a file in the server's folder, then a database of the test's own."""
    if request.param == "sqlite":
        yield ""
        return
    with request.getfixturevalue("postgres").database() as url:
        yield url


def pytest_terminal_summary(terminalreporter):
    """What the torture came to. Here, because the process that reports for several loads no deeper conftest."""
    ended = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "teardown"
    ]
    told = [fact for report in ended for fact in report.user_properties]
    layers = [Layer(**facts) for name, facts in told if name == ROW]
    caught = [Catch(**facts) for name, facts in told if name == CATCH]
    for title, lines in (("torture", table(layers)), ("does the net bite?", catches(caught))):
        if len(lines) > 1:
            terminalreporter.section(title)
            terminalreporter.write("\n".join(lines) + "\n")
