"""Live stock: the ERP is asked where it can be, and what it does not say in time is the last count."""

import threading
from decimal import Decimal

import pytest

from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import decided_here
from wizterm.connectors.stock_asking import StockError
from wizterm.protocol.problem import Code, ProblemError
from wizterm.server.live_stock import AT_ONCE, LiveStocks
from wizterm.server.mappings import MapKind, Mappings

LONG = 30.0


class Asked(ScriptedErp):
    """Says what it is told to say of every item, and remembers what it was asked for."""

    def __init__(self, said):
        super().__init__()
        self.said = said
        self.items = []

    def stock_now(self, item, seconds):
        self.items.append(item)
        if isinstance(self.said, threading.Event):
            self.said.wait(LONG)
        if isinstance(self.said, Exception):
            raise self.said
        return self.said


@pytest.fixture
def asking(house):
    """The stock of a product as Kim's device is told of it, where the ERP says this."""
    house.office.load(stock="sku,quantity\nMUG,7\n")
    house.counted_at = house.clock.now()
    house.clock.go_on(3600)

    def asking(said, seconds=LONG):
        erp = Asked(said)
        return erp, LiveStocks(house.company.store, erp, house.clock, seconds)

    return asking


def test_what_the_erp_says_now_goes_before_the_last_count(house, asking):
    _, stock = asking(Decimal(3))
    said = stock.of("KIM", "MUG")
    assert (said.quantity, said.counted_at, said.reason) == (3, house.clock.now(), "")


def test_what_the_erp_keeps_no_count_of_has_none(asking):
    _, stock = asking(None)
    said = stock.of("KIM", "MUG")
    assert (said.quantity, said.counted_at, said.reason) == (None, None, "")


def test_the_erp_is_asked_by_its_own_name_of_the_item(house, asking):
    Mappings(house.company.store, decided_here(house.company.store)).put(MapKind.ITEM, "MUG", "M-1")
    erp, stock = asking(Decimal(3))
    stock.of("KIM", "MUG")
    assert erp.items == ["M-1"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (StockError("Tryton cannot be reached."), "Tryton cannot be reached."),
        (ZeroDivisionError(), "The connector failed (ZeroDivisionError)."),
    ],
)
def test_what_the_erp_cannot_say_is_the_last_count_with_its_age_and_the_reason(house, asking, fault, reason):
    _, stock = asking(fault)
    said = stock.of("KIM", "MUG")
    assert (said.quantity, said.counted_at, said.reason) == (7, house.counted_at, reason)


def test_an_erp_that_is_silent_keeps_nobody_waiting(asking):
    answered = threading.Event()
    _, stock = asking(answered, seconds=0.01)
    said = [stock.of("KIM", "MUG") for _ in range(AT_ONCE + 1)]
    answered.set()
    assert {each.quantity for each in said} == {7}
    assert said[0].reason == "The ERP did not answer within 0.01 seconds."
    assert said[-1].reason == "The ERP is being asked by others and has not answered yet."


def test_a_connector_that_cannot_be_asked_leaves_the_last_count_without_a_word(house, asking):
    asking(None)
    said = house.company.stock.of("KIM", "MUG")
    assert (said.quantity, said.counted_at, said.reason) == (7, house.counted_at, "")


def test_what_no_list_of_the_rep_shows_is_not_asked_about(asking):
    erp, stock = asking(Decimal(3))
    with pytest.raises(ProblemError) as caught:
        stock.of("KIM", "HAT")
    assert caught.value.code == Code.NOT_FOUND
    assert not erp.items
