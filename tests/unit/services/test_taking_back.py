from contextlib import closing

import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import QUICK, StoreOffice
from wizterm.connectors.base import Refused
from wizterm.domain.clock import SystemClock
from wizterm.domain.document import DocumentId
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.server.company import open_company
from wizterm.services.order_entry import EntryError


class BadLine(InProcess):
    """Every call arrives; answers to documents are lost while it `loses` them."""

    loses = False

    def post_documents(self, token, batch):
        answers = self.__getattr__("post_documents")(token, batch)
        if self.loses:
            raise UnreachableError("The connection broke before the answer was complete.", Unreachable.CUT_OFF)
        return answers


@pytest.fixture
def erp():
    return ScriptedErp()


@pytest.fixture
def company(tmp_path, erp):
    company = open_company(
        tmp_path / "server", name="Testers & Co", connector=erp, clock=SystemClock(), passwords=QUICK
    )
    furnish(StoreOffice(company.store))
    with closing(company):
        yield company


@pytest.fixture
def line(company):
    return BadLine(lambda: company)


@pytest.fixture
def device(tmp_path, line):
    return RepDevice(tmp_path / "kim", lambda: line).start()


def cancel(device, document: DocumentId) -> str:
    with closing(device.machine()) as machine:
        return machine.bench.taking_back.cancel(document)


def deliver(company):
    while company.dispatcher.step():
        pass


def test_what_nobody_was_sent_is_taken_back_without_a_word_to_the_company(device, company):
    (order,) = device.order()
    assert "does not have it" in cancel(device, order)
    device.sync()
    assert list(device.states().values()) == ["cancelled"]


def test_an_order_whose_receipt_was_lost_is_cancelled_at_the_company_too(device, company, line, erp):
    (order,) = device.order()
    line.loses = True
    device.sync()
    assert "may have arrived" in cancel(device, order)
    line.loses = False
    device.sync()
    deliver(company)
    device.sync()
    assert erp.sent == []
    assert list(device.states().values()) == ["cancelled", "confirmed"]


def test_an_order_whose_receipt_was_lost_is_being_cancelled_once_only(device, line):
    (order,) = device.order()
    line.loses = True
    device.sync()
    cancel(device, order)
    with pytest.raises(EntryError, match="being cancelled already"):
        cancel(device, order)


def test_what_the_erp_refused_is_cancelled_at_the_company_that_has_it(device, company, erp):
    (order,) = device.order()
    erp.answers.append(Refused("The customer is blocked."))
    device.sync()
    deliver(company)
    device.sync()
    assert list(device.states().values()) == ["refused"]
    assert "tells the company" in cancel(device, order)
    device.sync()
    assert list(device.states().values()) == ["cancelled", "confirmed"]
