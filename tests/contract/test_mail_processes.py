"""Processes that mail, killed between taking a mail and settling it."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.documents_making import batch, order
from tests.support.mail_server import mail_server
from tests.support.mail_worker import settings
from tests.support.patience import HANG_GUARD
from tests.support.scripted_erp import ScriptedErp
from tests.support.server_process import ROOT
from tests.support.store_office import PASSWORD, QUICK, StoreOffice, decided_here
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.domain.paper_rules import USUAL_PAPERS
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.in_process import ServerProtocol
from wizterm.server.mail.setup import post

WORKER = Path(__file__).parents[1] / "support" / "mail_worker.py"
SOON_OVER, LONG = "2", "600"
"""Seconds of a lease: of a worker that is killed, so that the next takes over, and of those that are to finish."""
CUSTOMERS = "number,name,email,price_list,rep\nC1,Corner Shop,grace@corner.example,TRADE,KIM\n"


def eventually(condition):
    deadline = time.monotonic() + 2 * HANG_GUARD
    while not condition():
        assert time.monotonic() < deadline, "expected this to come true"
        time.sleep(0.05)  # other processes work: there is no event to wait for


@pytest.fixture
def mails():
    with mail_server() as server:
        yield server


@pytest.fixture
def company(tmp_path, store_url, mails):
    way = post(settings(mails.port), USUAL_PAPERS, "Testers & Co")
    company = open_company(
        tmp_path, url=store_url, name="Testers & Co", connector=ScriptedErp(), passwords=QUICK, post=way
    )
    office = StoreOffice(company.store)
    office.rep("KIM")
    office.load(price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n", customers=CUSTOMERS)
    yield company
    company.close()


@contextmanager
def worker(tmp_path, store_url, mails, lease=LONG):
    command = [sys.executable, str(WORKER), str(tmp_path), store_url, str(mails.port), lease]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        yield process
    finally:
        process.kill()
        process.wait(HANG_GUARD)


def test_a_worker_killed_before_it_heard_the_answer_leaves_a_mail_to_people_and_none_is_doubled(
    tmp_path, store_url, mails, company
):
    server = ServerProtocol(company)
    kim = server.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4())))
    server.post_documents(kim.access_token, batch(*(order(kim, "C1") for _ in range(4))))
    desk = DeliveryDesk(company.store, decided_here(company.store), clock=SystemClock(), new_id=uuid7)

    def states():
        return sorted(row.state for each in ("", "done") for row in desk.all(each) if row.target == "mail-customer")

    mails.before_answer = threading.Event()
    with worker(tmp_path, store_url, mails, SOON_OVER) as first:
        assert mails.taken.wait(HANG_GUARD)
        first.send_signal(signal.SIGKILL)
        first.wait(HANG_GUARD)
        mails.before_answer.set()
    assert states() == ["sending", "waiting", "waiting", "waiting"]
    with worker(tmp_path, store_url, mails), worker(tmp_path, store_url, mails):
        eventually(lambda: states() == ["done", "done", "done", "unknown"])
    assert len(mails.ids()) == len(set(mails.ids())) == 4
    (uncertain,) = desk.all("unknown")
    desk.retry(uncertain.number, "mail-customer")
    with worker(tmp_path, store_url, mails):
        eventually(lambda: states() == ["done"] * 4)
    assert (len(mails.ids()), len(set(mails.ids()))) == (5, 4)
