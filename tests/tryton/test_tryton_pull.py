"""The catalogue as a real Tryton has it, on our side."""

from decimal import Decimal

import pytest

from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK
from tests.support.tryton_fixture import GROUP, tryton_connector
from wizterm.connectors.pulling import Pull, PullError
from wizterm.connectors.stock_asking import StockError
from wizterm.server.company import open_company
from wizterm.server.pulling.puller import Puller
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column

pytestmark = GROUP


@pytest.fixture(scope="module")
def office(tryton):
    return tryton.office


@pytest.fixture
def company(tryton, tmp_path):
    connector = tryton_connector(tryton, tmp_path)
    opened = open_company(tmp_path, name="Testers & Co", connector=connector, clock=StillClock(), passwords=QUICK)
    yield opened
    opened.close()


@pytest.fixture
def puller(tryton, tmp_path, company):
    return Puller(company.store, tryton_connector(tryton, tmp_path), clock=company.clock, minutes=15)


def table(company, name, *names):
    with company.store.reading():
        wanted = MIRROR[name].select(*(column(name, each) for each in names)).where(~MIRROR[name].deleted)
        return {row[0]: row[1:] for row in rows(wanted)}


def pull_all(puller):
    return {what: puller.pull(what).changed.total() for what in Pull}


def test_what_lies_there_now_is_said_of_one_item_and_of_no_other(tryton, tmp_path):
    connector = tryton_connector(tryton, tmp_path)
    assert connector.stock_now("LAMP", 30) == 1000
    assert connector.stock_now("NO-SUCH-ITEM", 30) is None
    assert connector.stock_now("FREIGHT", 30) is None


def test_a_tryton_that_is_not_there_says_so_of_stock_too(tryton, tmp_path):
    with pytest.raises(StockError, match="cannot be reached"):
        tryton_connector(tryton, tmp_path, address="http://127.0.0.1:9").stock_now("LAMP", 30)


def test_everything_comes_and_the_same_again_changes_nothing(company, puller):
    pull_all(puller)
    products = table(company, "products", "sku", "name", "unit", "base_price", "base_currency", "discontinued")
    assert products["MUG"] == ("Mug", "u", "4.5", "GBP", 0)
    assert {"MUG", "TRAY", "LAMP", "FREIGHT"} <= products.keys()
    assert table(company, "price_lists", "id", "name", "falls_back", "is_default") == {
        "STANDARD": ("Standard prices", 1, 1),
        "PL1": ("Trade", 0, 0),
    }
    prices = table(company, "prices", "id", "price_list", "sku", "min_quantity", "price").values()
    assert {("PL1", "MUG", "1", "4.05"), ("PL1", "MUG", "12", "4"), ("PL1", "TRAY", "1", "10.8")} <= set(prices)
    assert table(company, "stock", "sku", "quantity")["LAMP"] == ("1000",)
    customers = table(company, "customers", "number", "name", "price_list", "payment_terms", "credit_limit")
    assert customers["C1"] == ("Corner Shop", "PL1", "30 days", "")
    assert customers["C2"][1] == "STANDARD"
    addresses = table(company, "addresses", "id", "line", "city", "postcode", "country")
    assert addresses["C1|shipping"] == ("5 High Street", "York", "YO1 1AA", "")
    assert table(company, "contacts", "customer", "email", "phone")["C1"] == ("c1@example.com", "+44 1904 555 010")
    assert sum(pull_all(puller).values()) == 0


def test_what_changed_in_tryton_is_all_that_is_read_and_changed(company, puller, office):
    pull_all(puller)
    template = office.one("product.template", [["code", "=", "TRAY"]], "code")["id"]
    party = office.one("party.party", [["code", "=", "C2"]], "code")["id"]
    place = office.find("party.address", [["party", "=", party]], "city")[0]["id"]
    try:
        office.change("product.template", template, list_price=Decimal("13.25"))
        office.change("party.address", place, city="Selby")
        assert puller.pull(Pull.ITEMS).changed == {"products": 1}
        assert puller.pull(Pull.CUSTOMERS).changed == {"addresses": 2}
        assert table(company, "products", "sku", "base_price")["TRAY"] == ("13.25",)
        assert puller.pull(Pull.PRICES).changed == {"prices": 1}
    finally:
        office.change("product.template", template, list_price=Decimal(12))


def test_what_is_no_longer_sold_is_discontinued(company, puller, office):
    pull_all(puller)
    product = office.one("product.product", [["code", "=", "FREIGHT"]], "code")["id"]
    office.change("product.product", product, active=False)
    try:
        puller.pull(Pull.ITEMS)
        assert table(company, "products", "sku", "discontinued")["FREIGHT"] == (1,)
    finally:
        office.change("product.product", product, active=True)


def test_many_come_page_by_page_and_a_failure_in_between_loses_no_place(company, puller, tryton, tmp_path, monkeypatch):
    for module in ("walk", "items", "stock", "prices", "customers"):
        monkeypatch.setattr(f"wizterm.connectors.tryton.{module}.PAGE", 2)
    source = tryton_connector(tryton, tmp_path)
    seen = []

    def once_down(what, cursor):
        seen.append(cursor)
        if len(seen) == 2:
            raise PullError("The ERP is down.")
        return source.pull(what, cursor)

    puller._source = type("Flaky", (), {"pulls": source.pulls, "pull": staticmethod(once_down)})()
    with pytest.raises(PullError):
        puller.pull(Pull.ITEMS)
    assert len(table(company, "products", "sku")) == 2
    puller.pull(Pull.ITEMS)
    assert seen[1] == seen[2] != ""
    assert len(table(company, "products", "sku")) == 4
    puller._source = source
    pull_all(puller)
    assert len(table(company, "stock", "sku")) == 3
    assert table(company, "customers", "number").keys() >= {"C1", "C2"}
    assert len(table(company, "prices", "id")) >= 5
