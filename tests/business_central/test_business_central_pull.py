"""The catalogue as a stand-in for Business Central has it, on our side."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.business_central_fixture import business_central_connector
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK
from wizterm.connectors.business_central import walk
from wizterm.connectors.pulling import Pull, PullError
from wizterm.connectors.stock_asking import StockError
from wizterm.server.company import open_company
from wizterm.server.pulling.puller import Puller
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column


@pytest.fixture
def connector(business_central, tmp_path):
    return business_central_connector(business_central, tmp_path)


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


def the_item(business_central, number):
    return next(row for row in business_central.books.rows("items") if row["number"] == number)


def test_everything_comes_and_the_same_again_changes_nothing(company, puller):
    pull_all(puller)
    products = table(company, "products", "sku", "name", "category", "base_price", "base_currency", "discontinued")
    assert products == {
        "MUG": ("Mug", "TABLE", "4.5", "GBP", 0),
        "TRAY": ("Tray", "TABLE", "12", "GBP", 0),
        "FREIGHT": ("Freight", "TABLE", "7.5", "GBP", 0),
    }
    assert table(company, "price_lists", "id", "name", "falls_back", "is_default") == {
        "STANDARD": ("Standard prices", 1, 1)
    }
    assert table(company, "stock", "sku", "quantity") == {"MUG": ("120",), "TRAY": ("7.5",)}
    customers = table(company, "customers", "number", "name", "price_list", "payment_terms", "credit_limit")
    assert customers == {
        "C1": ("High Street Gifts", "STANDARD", "Net 30 days", ""),
        "O'N": ("O'Neil", "STANDARD", "", "500"),
    }
    addresses = table(company, "addresses", "id", "line", "city", "postcode", "country")
    assert addresses["C1|billing"] == ("5 High Street", "York", "YO1 1AA", "GB")
    assert sum(pull_all(puller).values()) == 0


def test_only_what_changed_there_is_read_again(business_central, connector, company, puller):
    books = business_central.books
    pull_all(puller)
    for _ in range(400):
        books.touch({})
    tray = the_item(business_central, "TRAY")
    tray["unitPrice"] = Decimal("13.25")
    books.touch(tray)
    puller.pull(Pull.ITEMS)
    assert table(company, "products", "sku", "base_price")["TRAY"] == ("13.25",)
    page = connector.pull(Pull.ITEMS, "")
    (late,) = connector.pull(Pull.ITEMS, page.cursor).tables
    assert [row[0] for row in late.cells] == ["TRAY"]


def test_what_changes_while_others_are_read_comes_with_the_next_walk(business_central, connector, monkeypatch):
    monkeypatch.setattr(walk, "PAGE", 2)
    books = business_central.books
    first = connector.pull(Pull.ITEMS, "")
    books.touch(the_item(business_central, "MUG"))
    for _ in range(400):
        books.touch({})
    books.touch(the_item(business_central, "FREIGHT"))
    second = connector.pull(Pull.ITEMS, first.cursor)
    (table_,) = connector.pull(Pull.ITEMS, second.cursor).tables
    assert "MUG" in [row[0] for row in table_.cells]


def test_what_became_visible_some_minutes_late_is_read_all_the_same(business_central, connector):
    page = connector.pull(Pull.ITEMS, "")
    latest = max(datetime.fromisoformat(row["lastModifiedDateTime"]) for row in business_central.books.rows("items"))
    stamp = (latest - timedelta(minutes=4)).isoformat()
    late = business_central.books.add("items", number="LATE", type="Service", unitPrice=1, blocked=False)
    late["lastModifiedDateTime"] = stamp
    (table_,) = connector.pull(Pull.ITEMS, page.cursor).tables
    assert "LATE" in [row[0] for row in table_.cells]


def test_what_is_blocked_there_is_discontinued(business_central, company, puller):
    pull_all(puller)
    mug = the_item(business_central, "MUG")
    mug["blocked"] = True
    business_central.books.touch(mug)
    puller.pull(Pull.ITEMS)
    assert table(company, "products", "sku", "discontinued")["MUG"] == (1,)


def test_pages_follow_one_another_and_no_token_goes_to_the_host_that_a_link_names(
    business_central, connector, monkeypatch
):
    monkeypatch.setattr(walk, "PAGE", 2)
    first = connector.pull(Pull.ITEMS, "")
    second = connector.pull(Pull.ITEMS, first.cursor)
    assert (first.more, second.more) == (True, False)
    assert [row[0] for page in (first, second) for row in page.tables[0].cells] == ["MUG", "TRAY", "FREIGHT"]
    whole = connector.pull(Pull.STOCK, "")
    assert (whole.more, connector.pull(Pull.STOCK, whole.cursor).more) == (True, False)


def test_a_code_that_is_no_gtin_is_left_out(business_central, connector):
    the_item(business_central, "TRAY")["gtin"] = "12 AB"
    (table_,) = connector.pull(Pull.ITEMS, "").tables
    assert [row[table_.header.index("gtin")] for row in table_.cells] == ["5012345678900", "", ""]


@pytest.mark.parametrize("cursor", ["rubbish", '{"since":"yesterday"}'])
def test_a_cursor_of_another_connector_is_refused(connector, cursor):
    with pytest.raises(PullError, match="pull from the start"):
        connector.pull(Pull.ITEMS, cursor)


def test_what_cannot_be_read_now_is_said(business_central, tmp_path):
    connector = business_central_connector(business_central, tmp_path, address="http://127.0.0.1:9")
    with pytest.raises(PullError, match="cannot be reached"):
        connector.pull(Pull.STOCK, "")
    with pytest.raises(StockError, match="cannot be reached"):
        connector.stock_now("MUG", 2.0)


@pytest.mark.parametrize(
    ("item", "there"), [("mug", Decimal(120)), ("TRAY", Decimal("7.5")), ("FREIGHT", None), ("NONE", None), ("", None)]
)
def test_stock_is_told_of_one_item_while_a_rep_waits(connector, item, there):
    assert connector.stock_now(item, 2.0) == there
