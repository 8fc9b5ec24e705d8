from dataclasses import asdict

import pytest

from tests.crash.processes import Forks, Intake
from tests.crash.tally import TALLY, Tally


@pytest.fixture
def tally(request):
    opened = []

    def open_(window):
        opened.append(Tally(window))
        return opened[-1]

    yield open_
    request.node.user_properties += [(TALLY, asdict(tally)) for tally in opened]


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
