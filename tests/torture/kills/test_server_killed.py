"""A server killed while it takes and delivers documents: what was receipted is there, and nothing is there twice."""

import json
import threading
import time
from uuid import uuid4

import pytest

from tests.support.documents_making import batch, order
from tests.support.patience import HANG_GUARD
from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, StoreOffice
from wizterm.protocol.documents import Taken
from wizterm.protocol.faults import UnreachableError
from wizterm.protocol.session import SignIn
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient

FILES = {
    "price_lists": "id,name,currency,default\nTRADE,Trade,GBP,yes\n",
    "products": "sku,name\nMUG,Mug\n",
    "prices": "price_list,sku,price\nTRADE,MUG,4.5\n",
    "customers": "number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n",
}


def wait_until(true):
    deadline = time.monotonic() + HANG_GUARD
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)  # another process works: there is no event to wait for


@pytest.mark.parametrize(
    ("store_url", "files_before_the_kill"), [("sqlite", 1), ("postgres", 7), ("sqlite", 23)], indirect=["store_url"]
)
def test_documents_sent_again_after_a_kill_are_there_once(layer, tmp_path, store_url, files_before_the_kill):
    row = layer("kill -9: the server, while it books")
    store = open_store(tmp_path, store_url)
    office = StoreOffice(store)
    office.load(**FILES)
    office.rep("KIM")
    store.close()
    with ServerProcess(tmp_path, options=("--store", store_url)) as server:
        client = HttpClient(server.address)
        session = client.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4())))
        batches = [batch(*(order(session, "C1") for _ in range(10))) for _ in range(6)]
        heard: list[Taken] = []

        def send() -> None:
            try:
                for each in batches:
                    heard.extend(client.post_documents(session.access_token, each).answers)
            except UnreachableError:
                pass  # the kill; what was not heard is sent again below

        sending = threading.Thread(target=send)
        sending.start()
        wait_until(lambda: len(list((tmp_path / "erp").glob("*.json"))) >= files_before_the_kill)
        server.kill()
        row.tried += 1
        sending.join(HANG_GUARD)
        server.start()
        again = [answer for each in batches for answer in client.post_documents(session.access_token, each).answers]
        client.close()
        assert again[: len(heard)] == heard
        assert all(isinstance(answer, Taken) for answer in again)
        server.stop()
    assert_each_once(tmp_path, store_url, {answer.id for answer in again})


def assert_each_once(folder, url, ids):
    written = [json.loads(path.read_text())["document"]["id"] for path in (folder / "erp").glob("*.json")]
    assert len(set(written)) == len(written)
    assert set(written) <= ids
    store = open_store(folder, url)
    from wizterm.server.store.paperwork import Delivery, TakenDocument

    with store.reading():
        kept = [row[0] for row in TakenDocument.select(TakenDocument.id).tuples()]
        done = [row[0] for row in Delivery.select(Delivery.document).where(Delivery.state == "done").tuples()]
        assert Delivery.select().count() == len(ids)
    store.close()
    assert sorted(kept) == sorted(ids)
    assert set(done) <= set(written)
