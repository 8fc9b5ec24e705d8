from contextlib import closing

import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import QUICK, StoreOffice
from wizterm.domain.clock import SystemClock
from wizterm.protocol.problem import Code, problem
from wizterm.server.company import open_company


class FailsWithDocuments(InProcess):
    def post_documents(self, token, batch):
        raise problem(500, Code.SERVER_TROUBLE, "Server trouble")


@pytest.fixture
def company(tmp_path):
    folder = tmp_path / "server"
    company = open_company(folder, name="Testers & Co", connector=ScriptedErp(), clock=SystemClock(), passwords=QUICK)
    furnish(StoreOffice(company.store))
    with closing(company):
        yield company


def test_a_round_that_left_an_order_behind_is_not_complete_and_says_why(tmp_path, company):
    device = RepDevice(tmp_path / "kim", lambda: FailsWithDocuments(lambda: company)).start()
    device.order()
    report = device.sync()
    assert (report.complete, report.waiting) == (False, 1)
    assert "KIM-10-0001 could not be sent. The server is in trouble" in report.words
