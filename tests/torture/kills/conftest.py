from contextlib import closing
from uuid import uuid4

import pytest

from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, StoreOffice
from tests.torture.kills.processes import Forks, Intake
from wizterm.protocol.session import SignIn
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient


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


@pytest.fixture
def server(tmp_path):
    with ServerProcess(tmp_path / "server") as process:
        with closing(open_store(tmp_path / "server")) as store:
            office = StoreOffice(store)
            office.rep("KIM")
            office.load(
                price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n",
                products="sku,name\nMUG,Mug\n",
                prices="price_list,sku,price\nTRADE,MUG,4.5\n",
                customers="number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n",
            )
        yield process


@pytest.fixture
def session(server):
    client = HttpClient(server.address)
    session = client.sign_in(SignIn(rep="kim", password=PASSWORD, device=str(uuid4())))
    client.close()
    return session
