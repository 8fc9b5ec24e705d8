import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from wizterm.demo.make_company import PACKAGED, make_company
from wizterm.demo.making.files import COLUMNS, PLAIN_LIMIT, read_table, table_bytes, write_table

ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "data" / "online_retail_sample.csv.gz"

REQUIRED = {
    "price_lists": ("id", "name", "currency"),
    "products": ("sku", "name"),
    "attributes": ("sku", "attribute", "value"),
    "collections": ("collection", "sku"),
    "modifiers": ("sku", "modifier", "option", "surcharge", "currency"),
    "prices": ("price_list", "sku", "price"),
    "stock": ("sku", "quantity"),
    "customers": ("number", "name", "price_list"),
    "contracts": ("customer", "sku", "price", "currency"),
    "history": ("customer", "order_number", "date", "sku", "quantity", "unit_price"),
    "units": ("sku", "code", "factor", "gtin"),
    "tax_rates": ("code", "rate"),
    "fees": ("fee", "name", "tax_code"),
    "promotions": ("promotion", "name", "valid_from"),
    "wishlists": ("customer", "sku", "wished_on"),
}
KEYS = {
    "price_lists": ("id",),
    "products": ("sku",),
    "attributes": ("sku", "attribute", "value"),
    "collections": ("collection", "sku"),
    "modifiers": ("sku", "modifier", "option", "currency"),
    "prices": ("price_list", "sku", "min_quantity"),
    "stock": ("sku",),
    "customers": ("number",),
    "contracts": ("customer", "sku", "min_quantity"),
    "history": ("order_number", "sku", "unit_price"),
    "units": ("sku", "code"),
    "tax_rates": ("code", "country"),
    "fees": ("fee",),
    "promotions": ("promotion",),
    "wishlists": ("customer", "sku"),
}
REFERENCES = {
    ("prices", "price_list"): ("price_lists", "id"),
    ("prices", "sku"): ("products", "sku"),
    ("stock", "sku"): ("products", "sku"),
    ("attributes", "sku"): ("products", "sku"),
    ("collections", "sku"): ("products", "sku"),
    ("modifiers", "sku"): ("products", "sku"),
    ("customers", "price_list"): ("price_lists", "id"),
    ("contracts", "customer"): ("customers", "number"),
    ("contracts", "sku"): ("products", "sku"),
    ("history", "customer"): ("customers", "number"),
    ("history", "sku"): ("products", "sku"),
    ("units", "sku"): ("products", "sku"),
    ("products", "tax_code"): ("tax_rates", "code"),
    ("fees", "tax_code"): ("tax_rates", "code"),
    ("wishlists", "customer"): ("customers", "number"),
    ("wishlists", "sku"): ("products", "sku"),
}
AMOUNTS = {
    "products": ("base_price", "order_limit", "case_quantity", "moq", "ioq"),
    "prices": ("price", "min_quantity"),
    "customers": ("credit_limit", "order_minimum"),
    "contracts": ("price", "min_quantity"),
    "history": ("unit_price", "quantity"),
    "units": ("factor",),
    "fees": ("percent", "amount"),
    "promotions": ("percent", "amount", "threshold", "cap"),
}
DATES = {"prices": ("valid_from", "valid_to"), "contracts": ("valid_from", "valid_to"), "history": ("date",)}
TABLES = tuple(COLUMNS)


@pytest.fixture(scope="module")
def company():
    return {table: list(read_table(PACKAGED, table)) for table in TABLES}


def ladders(rows, *owner):
    """The prices of each owner, by minimum quantity."""
    found = defaultdict(list)
    for row in rows:
        found[tuple(row[column] for column in owner)].append((int(row["min_quantity"]), Decimal(row["price"])))
    return {key: sorted(steps) for key, steps in found.items()}


def ean13_check_digit(digits):
    return -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_columns_and_rows(table):
    head, *rows = table_bytes(PACKAGED, table).decode().splitlines()
    assert head.split(",") == list(COLUMNS[table])
    assert rows


@pytest.mark.parametrize("table", TABLES)
def test_required_values_are_there(company, table):
    for column in REQUIRED[table]:
        assert all(row[column] for row in company[table]), column


@pytest.mark.parametrize("table", TABLES)
def test_no_row_comes_twice(company, table):
    seen = Counter(tuple(row[column] for column in KEYS[table]) for row in company[table])
    assert [key for key, times in seen.items() if times > 1] == []


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_what_a_row_refers_to_exists(company, table, column):
    target, key = REFERENCES[table, column]
    assert {row[column] for row in company[table]} <= {row[key] for row in company[target]}


@pytest.mark.parametrize("table", AMOUNTS)
def test_amounts_are_positive_plain_decimals(company, table):
    for column in AMOUNTS[table]:
        for row in company[table]:
            if row[column]:
                assert re.fullmatch(r"\d+(\.\d{1,2})?", row[column]), row
                assert Decimal(row[column]) > 0, row


@pytest.mark.parametrize("table", DATES)
def test_dates_are_iso_and_in_order(company, table):
    for row in company[table]:
        days = [date.fromisoformat(row[column]) for column in DATES[table] if row[column]]
        assert days == sorted(days), row


@pytest.mark.parametrize("table", TABLES)
def test_text_holds_no_control_or_invisible_character(company, table):
    for row in company[table]:
        for text in row.values():
            assert text == unicodedata.normalize("NFC", text).strip(), row
            assert not any(unicodedata.category(letter).startswith("C") for letter in text), row


def test_a_price_falls_from_break_to_break_and_has_at_most_three(company):
    for key, steps in ladders(company["prices"], "price_list", "sku").items():
        assert steps[0][0] == 1, key
        assert len(steps) <= 4, key
        assert all(later < earlier for (_, earlier), (_, later) in pairwise(steps)), key


def test_some_products_of_every_list_have_a_break(company):
    broken = {key[0] for key, steps in ladders(company["prices"], "price_list", "sku").items() if len(steps) > 1}
    assert broken == {row["id"] for row in company["price_lists"]}


def test_wholesale_never_costs_more_than_trade(company):
    trade = {
        key[1]: steps for key, steps in ladders(company["prices"], "price_list", "sku").items() if key[0] == "TRADE"
    }
    for (price_list, sku), steps in ladders(company["prices"], "price_list", "sku").items():
        if price_list == "WHOLESALE":
            for minimum, price in trade[sku]:
                assert min(mine for least, mine in steps if least <= minimum) <= price, sku


def test_one_list_is_for_guests_and_one_hides_what_it_does_not_hold(company):
    lists = {row["id"]: row for row in company["price_lists"]}
    assert [key for key, row in lists.items() if row["default"] == "yes"] == ["TRADE"]
    assert [key for key, row in lists.items() if row["falls_back_to_base"] == "no"] == ["EXPORT"]
    held = {row["sku"] for row in company["prices"] if row["price_list"] == "EXPORT"}
    assert 0.35 < len(held) / len(company["products"]) < 0.45


def test_every_barcode_is_its_own_and_a_valid_demonstration_ean13(company):
    gtins = [row["gtin"] for row in company["products"]]
    assert len(set(gtins)) == len(gtins)
    for gtin in gtins:
        assert re.fullmatch(r"952\d{10}", gtin)
        assert int(gtin[-1]) == ean13_check_digit(gtin[:-1])


def test_the_own_check_digit_agrees_with_a_printed_barcode():
    assert ean13_check_digit("400638133393") == 1


def test_categories_have_two_levels_and_few_products_are_left_over(company):
    categories = Counter(row["category"] for row in company["products"])
    assert all(1 <= len(category.split(" / ")) <= 2 for category in categories)
    assert all(category == category.strip() for category in categories)
    assert len(categories) > 25
    left_over = sum(count for category, count in categories.items() if category.startswith("Other"))
    assert left_over / len(company["products"]) < 0.15


def test_steps_and_minimums_can_be_met(company):
    for row in company["products"]:
        if row["moq"]:
            assert int(row["moq"]) % int(row["ioq"]) == 0, row
        if row["case_quantity"] and row["ioq"]:
            assert int(row["case_quantity"]) % int(row["ioq"]) == 0, row
        if row["order_limit"] and row["moq"]:
            assert int(row["moq"]) <= int(row["order_limit"]), row


def test_no_fee_or_adjustment_became_a_product(company):
    assert all(re.fullmatch(r"\d{5}[A-Z]{0,2}", row["sku"]) for row in company["products"])
    words = {"postage", "manual", "discount", "carriage", "bank charges", "samples", "adjust bad debt"}
    assert not words & {row["name"].lower() for row in company["products"]}
    assert not any(
        "carriage" in row["name"].lower() and "next day" in row["name"].lower() for row in company["products"]
    )


def test_names_are_written_for_reading(company):
    for row in company["products"]:
        assert not row["name"].isupper(), row
        assert row["name"][0] == row["name"][0].upper(), row
        assert "  " not in row["name"], row
        assert len(row["name"]) <= 60, row


def test_some_products_are_out_of_stock_and_most_are_not(company):
    empty = sum(row["quantity"] == "0" for row in company["stock"])
    assert 0 < empty < len(company["stock"]) / 4
    assert {row["sku"] for row in company["stock"]} == {row["sku"] for row in company["products"]}


def test_shops_have_names_of_their_own_and_addresses_nobody_has(company):
    names = [row["name"] for row in company["customers"]]
    assert len(set(names)) == len(names) == 400
    assert any(not name.isascii() for name in names)
    for row in company["customers"]:
        assert re.fullmatch(r"[a-z-]+@[a-z0-9-]+\.example", row["email"]), row
        assert re.fullmatch(r"(\+\d[\d ]+)?", row["phone"]), row
        assert "#" not in row["billing_postcode"], row
        assert "?" not in row["billing_postcode"], row


def test_two_reps_share_the_customers_about_three_to_two(company):
    reps = Counter(row["rep"] for row in company["customers"])
    assert set(reps) == {"KIM", "ANA"}
    assert 0.5 < reps["KIM"] / reps.total() < 0.7


def test_customers_abroad_buy_from_the_export_list(company):
    for row in company["customers"]:
        assert (row["price_list"] == "EXPORT") == (row["billing_country"] not in ("GB", "JE")), row


def test_a_contract_undercuts_the_list_in_the_same_currency(company):
    lists = {row["id"]: row for row in company["price_lists"]}
    list_of = {row["number"]: row["price_list"] for row in company["customers"]}
    prices = ladders(company["prices"], "price_list", "sku")
    for row in company["contracts"]:
        price_list = list_of[row["customer"]]
        assert row["currency"] == lists[price_list]["currency"]
        assert Decimal(row["price"]) < prices[price_list, row["sku"]][0][1], row


def test_the_newest_order_is_of_the_stated_day_and_every_customer_has_one(company):
    assert max(row["date"] for row in company["history"]) == "2026-11-09"
    assert {row["customer"] for row in company["history"]} == {row["number"] for row in company["customers"]}


def test_an_order_has_one_customer_and_one_day(company):
    seen = defaultdict(set)
    for row in company["history"]:
        seen[row["order_number"]].add((row["customer"], row["date"]))
    assert all(len(owners) == 1 for owners in seen.values())


def test_the_credit_is_kept_with_the_data():
    note = (PACKAGED / "LICENCE.md").read_text(encoding="utf-8")
    for words in (
        "CC BY 4.0",
        "Chen",
        "UCI Machine Learning Repository",
        "10.24432/C5BW33",
        "made up",
        "952",
    ):
        assert words in note


def test_the_packaged_company_stays_small():
    assert sum(path.stat().st_size for path in PACKAGED.iterdir()) < 400_000


def test_a_table_that_outgrows_plain_text_replaces_its_plain_file(tmp_path):
    small = [{"sku": "A", "quantity": 1}]
    large = [{"sku": f"SKU-{number}", "quantity": number} for number in range(PLAIN_LIMIT // 8)]
    assert write_table(tmp_path, "stock", small).name == "stock.csv"
    assert write_table(tmp_path, "stock", large).name == "stock.csv.gz"
    assert [path.name for path in tmp_path.iterdir()] == ["stock.csv.gz"]
    assert len(list(read_table(tmp_path, "stock"))) == len(large)


def test_the_source_gives_the_packaged_tables_again_byte_for_byte(tmp_path):
    """Compares what is inside the gzip: its outside depends on the zlib that Python was built with."""
    if not SOURCE.exists():
        pytest.skip("The source of the sample company is not beside this checkout.")
    make_company(SOURCE, tmp_path)
    for table in TABLES:
        assert table_bytes(tmp_path, table) == table_bytes(PACKAGED, table), table


def test_a_family_has_each_colour_and_size_once(company):
    cells = Counter((row["family"], row["colour"], row["size"]) for row in company["products"] if row["family"])
    assert set(cells.values()) == {1}
    assert ("Babushka notebook", "Red", "Small") in cells


def test_some_families_come_in_colours_and_sizes(company):
    sizes = defaultdict(set)
    for row in company["products"]:
        sizes[row["family"]].add(row["size"])
    sizes.pop("")
    assert sum(len(found) > 1 for found in sizes.values()) >= 3


def test_each_packing_has_a_number_of_its_own_around_the_products(company):
    gtins = {row["sku"]: row["gtin"] for row in company["products"]}
    numbers = [row["gtin"] for row in company["units"]]
    assert len(set(numbers)) == len(numbers)
    for row in company["units"]:
        assert row["gtin"][1:13] == gtins[row["sku"]][:12], row
        assert int(row["gtin"][13]) == ean13_check_digit(f"0{row['gtin'][:13]}"), row
    assert {row["code"] for row in company["units"]} == {"case", "pallet"}


def test_a_case_holds_what_the_product_says_and_a_pallet_whole_cases(company):
    cases = {row["sku"]: int(row["case_quantity"]) for row in company["products"] if row["case_quantity"]}
    held = {(row["sku"], row["code"]): int(row["factor"]) for row in company["units"]}
    assert {sku: factor for (sku, code), factor in held.items() if code == "case"} == cases
    assert all(factor % cases[sku] == 0 for (sku, code), factor in held.items() if code == "pallet")


def test_every_promotion_is_on_something_that_is_sold(company):
    named = {"families": {row["family"] for row in company["products"]}, "skus": set(), "price_lists": set()}
    named["skus"] = {row["sku"] for row in company["products"]}
    named["price_lists"] = {row["id"] for row in company["price_lists"]}
    for row in company["promotions"]:
        for column, there in named.items():
            assert set(filter(None, row[column].split(";"))) <= there, row


def test_nobody_wishes_for_what_they_had(company):
    had = {(row["customer"], row["sku"]) for row in company["history"]}
    assert not had & {(row["customer"], row["sku"]) for row in company["wishlists"]}
    reps = {row["number"]: row["rep"] for row in company["customers"]}
    assert {reps[row["customer"]] for row in company["wishlists"]} == {"KIM", "ANA"}
