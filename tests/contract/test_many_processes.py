"""Servers and workers that are several processes, and what becomes of them when some are killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from tests.support.counting_ledger import CountingLedger
from tests.support.documents_making import batch, line, order
from tests.support.patience import HANG_GUARD
from tests.support.server_process import ROOT, ServerProcess
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.deliveries import DeliveryState
from wizterm.server.in_process import ServerProtocol
from wizterm.server.store.paperwork import Delivery

SCALE = float(os.environ.get("SCALE", "1"))
DELIVERIES = round(1000 * SCALE)
BETWEEN_LOOKS = 0.05
LEASE = "8"
"""Seconds: the next worker finds out so late what became of a killed one's delivery; no live one is held up as long."""
LEDGER = Path(__file__).parents[1] / "support" / "counting_ledger.py"


def eventually(condition):
    deadline = time.monotonic() + 2 * HANG_GUARD
    while not condition():
        assert time.monotonic() < deadline, "expected this to come true"
        time.sleep(BETWEEN_LOOKS)


@pytest.fixture
def server(tmp_path, store_url):
    with ServerProcess(tmp_path / "server", options=("--workers", "2", "--store", store_url)) as process:
        eventually(lambda: "is served at" in process.log.read_text())
        yield process


def workers(server):
    """The processes that serve; beside them is one of Python's own that counts what they share."""
    return [each for each in psutil.Process(server.pid).children() if "spawn_main" in _command(each)]


def _command(process):
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it ended meanwhile
        return ""


def test_a_killed_worker_is_replaced_and_an_end_leaves_none(server):
    before = workers(server)
    assert len(before) == 2
    before[0].kill()
    eventually(lambda: len([each for each in workers(server) if each not in before]) == 1)
    assert before[1] in workers(server)
    left = workers(server)
    assert server.stop() == 0
    psutil.wait_procs(left, HANG_GUARD)
    assert not any(each.is_running() for each in left)


@pytest.mark.parametrize("store_url", [""], ids=["sqlite"])
def test_workers_do_not_outlive_the_process_that_began_them(server):
    left = workers(server)
    server.kill()
    _, alive = psutil.wait_procs(left, HANG_GUARD)
    assert not alive


@pytest.fixture
def taken(tmp_path, store_url):
    """A company with many orders that wait for their delivery."""
    company = open_company(
        tmp_path, url=store_url, name="Testers & Co", connector=CountingLedger(tmp_path / "ledger"), passwords=QUICK
    )
    office, server = StoreOffice(company.store), ServerProtocol(company)
    office.rep("KIM")
    office.load(
        price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n",
        products="sku,name\nMUG,Mug\n",
        customers="number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n",
    )
    kim = server.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4())))
    for start in range(0, DELIVERIES, 50):
        orders = (order(kim, "C1", line(1)) for _ in range(min(50, DELIVERIES - start)))
        server.post_documents(kim.access_token, batch(*orders))
    yield company
    company.close()


def ended(process):
    """Its exit status."""
    process.stdout.close()
    return process.wait(HANG_GUARD)


def test_workers_killed_at_random_deliver_each_document_exactly_once(taken, tmp_path, store_url):
    chance = random.Random(7)
    command = [sys.executable, str(LEDGER), str(tmp_path), store_url, LEASE]

    def start():
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    def open_ones():
        with taken.store.reading():
            return Delivery.select().where(Delivery.state != DeliveryState.DONE).count()

    crew, killed, wanted = [start() for _ in range(3)], 0, open_ones()
    ledger = CountingLedger(tmp_path / "ledger")
    try:
        for share in (0.1, 0.3, 0.5, 0.7, 0.9):
            eventually(lambda share=share: len(ledger.booked()) >= share * wanted)
            victim = chance.randrange(len(crew))
            crew[victim].send_signal(signal.SIGKILL)
            ended(crew[victim])
            crew[victim], killed = start(), killed + 1
        eventually(lambda: not open_ones())
    finally:
        for process in crew:
            process.stdout.readline()  # "begun": before that it does not know what SIGTERM means
            process.terminate()
        statuses = [ended(process) for process in crew]
    twice = {key: count for key, count in Counter(ledger.booked()).items() if count > 1}
    assert (len(set(ledger.booked())), twice, killed, statuses) == (wanted, {}, 5, [0, 0, 0])
