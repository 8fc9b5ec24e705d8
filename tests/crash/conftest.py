import pytest

from tests.crash.processes import Forks, Intake
from tests.crash.tally import Tallies

TALLIES = Tallies()


@pytest.fixture
def tally():
    return TALLIES.open


@pytest.fixture(scope="session")
def forks():
    forks = Forks()
    yield forks
    forks.close()


@pytest.fixture
def intake(tmp_path):
    """Starts an intake with a ledger; its answers come so many seconds after its commits."""
    started = []

    def start(hold=0.0):
        started.append(Intake(tmp_path / "ledger.db", hold))
        return started[-1]

    yield start
    for server in started:
        server.close()


def pytest_terminal_summary(terminalreporter):
    if TALLIES:
        terminalreporter.section("crashes")
        for line in TALLIES.table():
            terminalreporter.write_line(line)
