"""The catalogue as a stand-in for QuickBooks has it, on our side."""

from decimal import Decimal

import pytest

from tests.support.quickbooks_fixture import quickbooks_connector
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK
from wizterm.connectors.pulling import Pull, PullError
from wizterm.connectors.stock_asking import StockError
from wizterm.server.company import open_company
from wizterm.server.pulling.puller import Puller
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column


@pytest.fixture
def connector(quickbooks, tmp_path):
    return quickbooks_connector(quickbooks, tmp_path)


@pytest.fixture
def company(connector, tmp_path):
    opened = open_company(tmp_path, name="Testers & Co", connector=connector, clock=StillClock(), passwords=QUICK)
    yield opened
    opened.close()


@pytest.fixture
def puller(connector, company):
    return Puller(company.store, connector, clock=company.clock, minutes=15)


def table(company, name, *names):
    with company.store.reading():
        wanted = MIRROR[name].select(*(column(name, each) for each in names)).where(~MIRROR[name].deleted)
        return {row[0]: row[1:] for row in rows(wanted)}


def pull_all(puller):
    return {what: puller.pull(what).changed.total() for what in Pull}


def the(quickbooks, entity, name):
    return next(row for row in quickbooks.books.tables[entity] if name in (row.get("Name"), row.get("DisplayName")))


def test_everything_comes_and_the_same_again_changes_nothing(quickbooks, company, puller):
    pull_all(puller)
    products = table(company, "products", "sku", "name", "category", "base_price", "base_currency", "discontinued")
    assert products == {
        "MUG": ("Mug", "Goods", "4.5", "GBP", 0),
        "TRAY": ("Tray", "", "12", "GBP", 0),
        "FREIGHT": ("FREIGHT", "", "7.5", "GBP", 0),
    }
    assert table(company, "price_lists", "id", "name", "falls_back", "is_default") == {
        "STANDARD": ("Standard prices", 1, 1)
    }
    assert table(company, "stock", "sku", "quantity") == {"MUG": ("120",), "TRAY": ("7.5",)}
    customers = table(company, "customers", "number", "name", "price_list", "payment_terms", "balance")
    number = the(quickbooks, "Customer", "C1")["Id"]
    assert customers[number] == ("C1", "STANDARD", "30 days", "12.5")
    assert len(customers) == 2
    addresses = table(company, "addresses", "id", "line", "city", "postcode", "country")
    assert addresses[f"{number}|shipping"] == ("5 High Street", "York", "YO1 1AA", "GB")
    assert table(company, "contacts", "customer", "name", "email", "phone")[number] == (
        "Ann Archer",
        "c1@example.com",
        "+44 1904 555 010",
    )
    assert sum(pull_all(puller).values()) == 0


def test_only_what_changed_there_is_read_again(quickbooks, company, puller):
    pull_all(puller)
    for _ in range(1000):
        quickbooks.books.now()
    puller.pull(Pull.ITEMS)
    puller.pull(Pull.CUSTOMERS)
    quickbooks.books.change(the(quickbooks, "Item", "Tray"), UnitPrice=Decimal("13.25"))
    quickbooks.books.change(the(quickbooks, "Customer", "C1"), DisplayName="Corner Shop")
    assert puller.pull(Pull.ITEMS).read == {"products": 1}
    assert puller.pull(Pull.CUSTOMERS).read == {"customers": 1}
    assert table(company, "products", "sku", "base_price")["TRAY"] == ("13.25",)


def test_what_became_inactive_is_discontinued_even_where_it_was_renamed(quickbooks, company, puller):
    pull_all(puller)
    freight = the(quickbooks, "Item", "FREIGHT")
    quickbooks.books.change(freight, Active=False, Name="FREIGHT (deleted)")
    puller.pull(Pull.ITEMS)
    assert table(company, "products", "sku", "discontinued") == {"MUG": (0,), "TRAY": (0,), "FREIGHT": (1,)}


def test_what_has_no_price_there_has_none_here_and_is_not_given_away(quickbooks, company, puller):
    quickbooks.books.add("Item", Name="Cup", Type="Service", UnitPrice=0)
    puller.pull(Pull.ITEMS)
    assert table(company, "products", "sku", "base_price")["Cup"] == ("",)


def test_what_was_inactive_before_and_projects_do_not_come(quickbooks, company, puller):
    quickbooks.books.add("Item", Name="Old", Type="Service", Active=False)
    quickbooks.books.add("Customer", DisplayName="New roof", IsProject=True)
    pull_all(puller)
    assert "Old" not in table(company, "products", "sku")
    assert len(table(company, "customers", "number")) == 2


def test_many_come_page_by_page_and_a_failure_in_between_loses_no_place(
    quickbooks, company, puller, connector, monkeypatch
):
    monkeypatch.setattr("wizterm.connectors.quickbooks.walk.PAGE", 2)
    seen = []

    def once_down(what, cursor):
        seen.append(cursor)
        if len(seen) == 2:
            raise PullError("The ERP is down.")
        return connector.pull(what, cursor)

    puller._source = type("Flaky", (), {"pulls": connector.pulls, "pull": staticmethod(once_down)})()
    with pytest.raises(PullError):
        puller.pull(Pull.ITEMS)
    assert len(table(company, "products", "sku")) == 1
    puller.pull(Pull.ITEMS)
    assert seen[1] == seen[2] != ""
    puller._source = connector
    pull_all(puller)
    assert len(table(company, "products", "sku")) == 3
    assert len(table(company, "stock", "sku")) == 2
    assert len(table(company, "customers", "number")) == 2


def test_what_changes_while_it_is_read_is_not_passed_over(quickbooks, connector, monkeypatch):
    monkeypatch.setattr("wizterm.connectors.quickbooks.walk.PAGE", 1)
    for _ in range(1000):
        quickbooks.books.now()
    cursor = _all_items(connector, "")[1]
    for name in ("Tray", "FREIGHT"):
        quickbooks.books.change(the(quickbooks, "Item", name), UnitPrice=99)
    changed = []

    def then_the_mug(page):
        if not changed:
            quickbooks.books.change(the(quickbooks, "Item", "Mug"), UnitPrice=99)
        changed.append(page)

    skus, cursor = _all_items(connector, cursor, then_the_mug)
    skus |= _all_items(connector, cursor)[0]
    assert skus >= {"TRAY", "FREIGHT", "MUG"}


def _all_items(connector, cursor, between=lambda _page: None):
    skus, more = set(), True
    while more:
        page = connector.pull(Pull.ITEMS, cursor)
        skus |= {cells[0] for table in page.tables for cells in table.cells}
        cursor, more = page.cursor, page.more
        between(page)
    return skus, cursor


def test_what_lies_there_now_is_said_of_one_item_and_of_no_other(connector):
    assert connector.stock_now("MUG", 30) == 120
    assert connector.stock_now("TRAY", 30) == Decimal("7.5")
    assert connector.stock_now("NO-SUCH-ITEM", 30) is None
    assert connector.stock_now("FREIGHT", 30) is None


def test_a_quickbooks_that_is_not_there_says_so_of_stock_too(quickbooks, tmp_path):
    away = quickbooks_connector(quickbooks, tmp_path, address="http://127.0.0.1:9")
    with pytest.raises(StockError, match="cannot be reached"):
        away.stock_now("MUG", 30)


def test_a_cursor_of_another_connector_is_refused(connector):
    with pytest.raises(PullError, match="pull from the start"):
        connector.pull(Pull.CUSTOMERS, "page 7")
