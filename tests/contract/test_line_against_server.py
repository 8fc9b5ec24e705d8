"""Everything at once: the threads of a device against a real server that comes, goes and comes back."""

from __future__ import annotations

import threading
from contextlib import closing
from uuid import uuid4

import pytest

from tests.support.documents_making import enveloped, order
from tests.support.patience import HANG_GUARD
from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, StoreOffice
from wizterm.db.device import open_device
from wizterm.db.documents import Documents, Frozen
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.clock import SystemClock
from wizterm.domain.document import DocumentId, Kind, State
from wizterm.domain.ids import uuid7
from wizterm.protocol.session import SignIn
from wizterm.server.store.opening import open_store
from wizterm.services.line import Line
from wizterm.services.outlook import Mood
from wizterm.services.stored_settings import StoredSettings
from wizterm.sync.client import HttpClient
from wizterm.sync.session import SessionKeeper


class Outlooks:
    """What the rep was told, and a wait for what is to come."""

    def __init__(self):
        self.last = None
        self.told = threading.Condition()

    def __call__(self, outlook):
        with self.told:
            self.last = outlook
            self.told.notify_all()

    def wait_for(self, what):
        with self.told:
            assert self.told.wait_for(lambda: self.last is not None and what(self.last), HANG_GUARD), self.last


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
def outlooks():
    return Outlooks()


@pytest.fixture
def device(tmp_path):
    database = open_device(tmp_path / "device")
    yield database
    database.close()


@pytest.fixture
def session(server, device):
    client = HttpClient(server.address)
    keeper = SessionKeeper(speaker=client, settings=StoredSettings(device), clock=SystemClock(), new_nonce=uuid7)
    session = keeper.sign_in(SignIn(rep="kim", password=PASSWORD, device=str(uuid4())))
    client.close()
    return session


@pytest.fixture
def line(tmp_path, server, device, session, outlooks):
    line = Line(
        tmp_path / "device",
        device,
        connect=lambda: HttpClient(server.address),
        route=lambda: "127.0.0.1",
        clock=SystemClock(),
        new_id=uuid7,
        pull_every=300.0,
        tell=outlooks,
    )
    yield line
    line.stop()


def submit(device, session):
    body = order(session, "C1")
    envelope = enveloped(body)
    Documents(device).submit(
        lambda counter: Frozen(
            document=DocumentId(envelope.id),
            kind=Kind.ORDER,
            number=body.number,
            body=envelope.body,
            submitted_at=SystemClock().now(),
            customer="C1",
            customer_name="Corner Shop",
        )
    )


def test_a_device_that_has_just_signed_in_brings_the_catalogue_by_itself(line, outlooks, tmp_path):
    outlooks.wait_for(lambda outlook: outlook.synced_at is not None)
    assert ReplicaFiles(tmp_path / "device").current() is not None


def test_orders_wait_while_the_server_is_away_and_go_when_it_is_back(line, device, session, server, outlooks):
    outlooks.wait_for(lambda outlook: outlook.mood is Mood.ONLINE and outlook.synced_at is not None)
    server.kill()
    submit(device, session)
    line.submitted()
    outlooks.wait_for(lambda outlook: outlook.mood is not Mood.ONLINE and outlook.waiting == 1)
    server.start()
    line.now()
    outlooks.wait_for(lambda outlook: outlook.mood is Mood.ONLINE and outlook.waiting == 0)
    assert set(Documents(device).counts()) <= {State.DELIVERED, State.CONFIRMED}
