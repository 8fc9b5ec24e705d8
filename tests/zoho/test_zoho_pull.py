"""The catalogue as a stand-in for Zoho has it, on our side."""

from decimal import Decimal

import pytest

from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK
from tests.support.zoho_box.box import open_box
from tests.support.zoho_fixture import zoho_connector
from wizterm.connectors.pulling import Pull, PullError
from wizterm.connectors.stock_asking import StockError
from wizterm.server.company import open_company
from wizterm.server.pulling.puller import Puller
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column


@pytest.fixture
def box():
    with open_box("books") as opened:
        opened.company.pricebooks += [
            {
                "pricebook_id": "71",
                "name": "Trade",
                "pricebook_type": "fixed_percentage",
                "percentage": 10,
                "is_increase": False,
                "rounding_type": "no_rounding",
                "currency_code": "GBP",
                "decimal_place": 2,
            },
            {
                "pricebook_id": "72",
                "name": "Fair",
                "pricebook_type": "per_item",
                "currency_code": "GBP",
                "pricebook_items": [
                    {"item_id": opened.company.items[0]["item_id"], "pricebook_rate": 3.99, "pricing_scheme": "unit"},
                    {
                        "item_id": opened.company.items[1]["item_id"],
                        "pricing_scheme": "volume",
                        "price_brackets": [
                            {"start_quantity": 1, "end_quantity": 11, "pricebook_rate": 11},
                            {"start_quantity": 12, "end_quantity": 99, "pricebook_rate": 10.5},
                        ],
                    },
                ],
            },
            {"pricebook_id": "73", "name": "Costs", "sales_or_purchase_type": "purchases"},
        ]
        opened.company.contacts[1]["pricebook_id"] = "72"
        yield opened


@pytest.fixture
def connector(box, tmp_path):
    return zoho_connector(box, tmp_path)


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
    brought = {what: puller.pull(what) for what in Pull}
    assert all(each.left_out == [] for each in brought.values())
    return {what: each.changed.total() for what, each in brought.items()}


def test_everything_comes_and_the_same_again_changes_nothing(box, company, puller):
    pull_all(puller)
    products = table(company, "products", "sku", "name", "unit", "base_price", "base_currency", "discontinued")
    assert products["MUG"] == ("Mug", "pcs", "4.5", "GBP", 0)
    assert {"MUG", "TRAY", "LAMP", "FREIGHT"} == products.keys()
    assert table(company, "price_lists", "id", "name", "falls_back", "is_default") == {
        "STANDARD": ("Standard prices", 1, 1),
        "PB71": ("Trade", 1, 0),
        "PB72": ("Fair", 1, 0),
    }
    prices = table(company, "prices", "id", "price_list", "sku", "min_quantity", "price").values()
    assert {("PB71", "MUG", "1", "4.05"), ("PB72", "MUG", "1", "3.99")} <= set(prices)
    assert {("PB72", "TRAY", "1", "11"), ("PB72", "TRAY", "12", "10.5")} <= set(prices)
    assert table(company, "stock", "sku", "quantity") == {"MUG": ("250",), "TRAY": ("40",), "LAMP": ("1000",)}
    ann, market = (row["contact_id"] for row in box.company.contacts[:2])
    customers = table(company, "customers", "number", "name", "price_list", "balance")
    assert customers == {ann: ("C1", "STANDARD", ""), market: ("Market", "PB72", "120.5")}
    addresses = table(company, "addresses", "id", "line", "city", "postcode", "country")
    assert addresses[f"{ann}|shipping"] == ("5 High Street", "York", "YO1 1AA", "GB")
    assert table(company, "contacts", "customer", "email", "phone")[ann] == ("c1@example.com", "+44 1904 555 010")
    assert sum(pull_all(puller).values()) == 0


def test_only_a_customer_who_changed_is_asked_for_again(box, company, puller):
    pull_all(puller)
    box.asked.clear()
    box.company.contacts[0] |= {"contact_name": "C1 & Sons", "last_modified_time": "2026-03-03T09:00:00+0000"}
    assert puller.pull(Pull.CUSTOMERS).changed["customers"] == 1
    assert box.asked.count("GET contacts/*") == 1
    box.asked.clear()
    assert puller.pull(Pull.CUSTOMERS).changed == {}
    assert box.asked.count("GET contacts/*") == 1


def names_of(connector, cursor, on_the_way=lambda: None):
    """Of all customers of one walk, and where the next begins."""
    found, more = [], True
    while more:
        page = connector.pull(Pull.CUSTOMERS, cursor)
        found += [row[1] for row in page.tables[0].cells]
        cursor, more = page.cursor, page.more
        on_the_way()
    return found, cursor


def test_a_customer_who_changes_when_they_have_been_passed_is_not_missed(box, connector, monkeypatch):
    monkeypatch.setattr("wizterm.connectors.zoho.calls.Calls.page.__defaults__", (1,))

    def both_change():
        """One who was passed, and later one who was not."""
        for row, time in zip(box.company.contacts, ("10:00", "10:01"), strict=False):
            row["last_modified_time"] = f"2026-03-02T{time}:00+0000"

    found, cursor = names_of(connector, "", both_change)
    assert found == ["C1", "Market"]
    found, cursor = names_of(connector, cursor)
    assert found == ["C1", "Market"]
    assert names_of(connector, cursor)[0] == ["Market"]


def test_many_customers_who_changed_at_once_come_in_several_errands(box, tmp_path, monkeypatch):
    monkeypatch.setattr("wizterm.connectors.zoho.customers.AT_ONCE", 2)
    for number in range(5):
        box.company.add_contact({"contact_name": f"Shop {number}"})
    connector, cursor, more, errands = zoho_connector(box, tmp_path), "", True, []
    while more:
        page = connector.pull(Pull.CUSTOMERS, cursor)
        cursor, more = page.cursor, page.more
        errands.append([row[1] for row in page.tables[0].cells])
    assert errands == [["C1", "Market"], ["Shop 0", "Shop 1"], ["Shop 2", "Shop 3"], ["Shop 4"]]


def test_what_was_taken_off_a_price_list_has_its_own_price_there_again(box, company, puller):
    pull_all(puller)
    del box.company.pricebooks[1]["pricebook_items"][0]
    puller.pull(Pull.PRICES)
    prices = table(company, "prices", "id", "price_list", "sku", "min_quantity", "price").values()
    assert ("PB72", "MUG", "1", "4.5") in prices
    assert ("PB72", "MUG", "1", "3.99") not in prices


def test_customers_can_come_as_they_are_listed_with_one_call_for_200(box, tmp_path):
    page = zoho_connector(box, tmp_path, customer_details="no").pull(Pull.CUSTOMERS, "")
    (table,) = page.tables
    assert [dict(zip(table.header, row, strict=True))["contact"] for row in table.cells] == ["Ann Bell", ""]
    assert [call for call in box.asked if "contacts" in call] == ["GET contacts"]


def test_between_two_customers_there_is_time_for_an_order(box, tmp_path):
    rests = []
    zoho_connector(box, tmp_path, sleep=rests.append).pull(Pull.CUSTOMERS, "")
    assert len(rests) == 2
    assert min(rests) * 100 > 60


def test_what_became_inactive_is_discontinued_and_what_always_was_is_left_out(box, company, connector, puller):
    box.company.add_item("OLD", "Old", "1", status="inactive")
    assert "OLD" not in {row[0] for row in connector.pull(Pull.ITEMS, "").tables[0].cells}
    pull_all(puller)
    box.company.items[0]["status"] = "inactive"
    puller.pull(Pull.ITEMS)
    assert table(company, "products", "sku", "discontinued")["MUG"] == (1,)


def test_an_item_is_looked_for_no_further_than_it_is_found(box, connector, monkeypatch):
    monkeypatch.setattr("wizterm.connectors.zoho.calls.Calls.page.__defaults__", (1,))
    assert connector.stock_now("TRAY", 30) == Decimal(40)
    assert box.asked.count("GET items") == 2
    assert connector.stock_now("MUG", 30) == Decimal(250)
    assert box.asked.count("GET items") == 2


def test_an_item_without_a_sku_is_left_out(box, company, puller):
    box.company.add_item("", "Nameless", "1", stock_on_hand=3)
    pull_all(puller)
    assert len(table(company, "products", "sku")) == 4


def test_a_price_list_that_cannot_be_told_for_certain_is_left_out_and_said(box, tmp_path, company, puller):
    box.company.pricebooks[0]["rounding_type"] = "round_to_dollar_minus_01"
    box.company.contacts[0]["pricebook_id"] = "71"
    pull_all(puller)
    ann = box.company.contacts[0]["contact_id"]
    assert table(company, "customers", "number", "price_list")[ann] == ("STANDARD",)
    assert table(company, "price_lists", "id").keys() == {"STANDARD", "PB72"}
    (missing,) = zoho_connector(box, tmp_path).examine().missing
    assert missing.startswith("The price list Trade")


def test_stock_is_that_of_the_location_that_is_meant(box, tmp_path):
    there = [{"location_name": name, "location_stock_on_hand": count} for name, count in (("Main", "7"), ("Shop", 2))]
    box.company.items[0]["locations"] = there
    for location, counted in (("", 9), ("Main", 7), ("Shop", 2), ("Nowhere", None)):
        assert zoho_connector(box, tmp_path, location=location).stock_now("MUG", 30) == counted


def test_what_lies_there_now_is_said_of_one_item_and_of_no_other(connector):
    assert connector.stock_now("LAMP", 30) == Decimal(1000)
    assert connector.stock_now("NO-SUCH-ITEM", 30) is None
    assert connector.stock_now("FREIGHT", 30) is None


def test_a_zoho_that_is_not_there_says_so_of_stock_too(box, tmp_path):
    with pytest.raises(StockError, match="cannot be reached"):
        zoho_connector(box, tmp_path, api_address="http://127.0.0.1:9").stock_now("LAMP", 30)


def test_many_come_page_by_page_and_a_failure_in_between_loses_no_place(box, company, connector, puller, monkeypatch):
    monkeypatch.setattr("wizterm.connectors.zoho.calls.Calls.page.__defaults__", (2,))
    monkeypatch.setattr("wizterm.connectors.zoho.customers.AT_ONCE", 1)
    puller.pull(Pull.PRICES)
    box.on("GET items", 429, 44)
    with pytest.raises(PullError, match="this minute"):
        puller.pull(Pull.STOCK)
    connector.pull(Pull.STOCK, "")
    first = puller._source.pull(Pull.ITEMS, "")
    assert first.more
    assert len(first.tables[0].cells) == 2
    pull_all(puller)
    assert len(table(company, "products", "sku")) == 4
    assert len(table(company, "stock", "sku")) == 3
    assert len(table(company, "customers", "number")) == 2
    assert len(table(company, "prices", "id")) == 9
