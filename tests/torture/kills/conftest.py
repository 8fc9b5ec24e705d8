import pytest

from tests.torture.kills.processes import Forks, Intake


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
