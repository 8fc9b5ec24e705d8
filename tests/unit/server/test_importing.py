import gzip
from datetime import date

import openpyxl
import pytest

from tests.support.documents_making import new_customer
from tests.support.still_clock import StillClock
from tests.support.store_office import StoreOffice
from wizterm.connectors.base import Done
from wizterm.server.importing.faults import ImportRefusedError
from wizterm.server.importing.loading import load
from wizterm.server.store import ledger
from wizterm.server.store.mirror import MIRROR, Assignment, column
from wizterm.server.store.opening import open_store

LISTS = (
    "id,name,currency,falls_back_to_base,default,order_minimum\nTRADE,Trade,GBP,yes,yes,50\nEXPORT,Export,EUR,no,no,\n"
)
PRODUCTS = "sku,name,gtin,moq,base_price\nMUG,Mug,9520224230003,12,4.50\nTRAY,Tray,,,\n"
PRICES = (
    "price_list,sku,min_quantity,price,valid_from,valid_to\nTRADE,MUG,12,4,,\nEXPORT,TRAY,,13,2026-01-01,2026-12-31\n"
)
CUSTOMERS = (
    "number,name,contact,email,billing_address,billing_city,shipping_address,price_list,rep\n"
    "C1,Corner Shop,Ann,ann@corner.example,High St 1,Leeds,,TRADE,KIM\nC2,Market Hall,,,,,,EXPORT,KIM;LEE\n"
)

TORN_GZIP = gzip.compress(b"sku,name\n", mtime=0)[:20]


@pytest.fixture
def store(tmp_path, store_url):
    opened = open_store(tmp_path / "store", store_url)
    yield opened
    opened.close()


@pytest.fixture
def office(store):
    return StoreOffice(store, StillClock())


@pytest.fixture
def loaded(office):
    office.load(price_lists=LISTS, products=PRODUCTS, prices=PRICES, customers=CUSTOMERS)
    return office


def rows(store, table, *names):
    with store.reading():
        fields = [column(table, name) for name in names]
        return sorted(MIRROR[table].select(*fields).where(~MIRROR[table].deleted).tuples())


def faults(office, **kinds):
    with pytest.raises(ImportRefusedError) as caught:
        office.load(**kinds)
    return caught.value.faults


def mark(store):
    with store.reading():
        return ledger.reading_of(ledger.CATALOGUE)


def test_files_of_one_call_may_refer_to_each_other_in_any_order(store, office):
    office.load(customers=CUSTOMERS, prices=PRICES, products=PRODUCTS, price_lists=LISTS)
    assert rows(store, "prices", "price_list", "sku", "price") == [("EXPORT", "TRAY", "13"), ("TRADE", "MUG", "4")]


def test_amounts_are_stored_in_one_form_however_they_are_written(store, office):
    office.load(price_lists=LISTS, products='sku,name,base_price\nMUG,Mug,"1,250.50"\nTRAY,Tray,0.10\nHAT,Hat,100\n')
    assert rows(store, "products", "sku", "base_price") == [("HAT", "100"), ("MUG", "1250.5"), ("TRAY", "0.1")]


def test_a_base_price_without_a_currency_is_in_the_default_lists(store, loaded):
    assert rows(store, "products", "sku", "base_currency") == [("MUG", "GBP"), ("TRAY", "")]


def test_contact_and_addresses_become_rows_of_their_own(store, loaded):
    assert rows(store, "contacts", "customer", "name", "email") == [("C1", "Ann", "ann@corner.example")]
    assert rows(store, "addresses", "customer", "kind", "line", "city") == [("C1", "billing", "High St 1", "Leeds")]


def test_an_address_that_is_emptied_goes(store, loaded):
    loaded.load(customers=CUSTOMERS.replace("High St 1,Leeds", ","))
    assert rows(store, "addresses", "id") == []


def test_loading_the_same_again_changes_no_row_and_no_number(store, loaded):
    before = mark(store)
    again = loaded.load(price_lists=LISTS, products=PRODUCTS, prices=PRICES, customers=CUSTOMERS)
    assert again.changed == again.removed == {}
    assert mark(store) == before


def test_what_a_file_does_not_bring_stays_unless_it_replaces(store, loaded):
    one = "price_list,sku,min_quantity,price\nTRADE,MUG,12,4\n"
    loaded.load(prices=one)
    assert len(rows(store, "prices", "id")) == 2
    assert loaded.load(prices=one, replace=True).removed == {"prices": 1}
    assert rows(store, "prices", "sku") == [("MUG",)]


def test_replacing_products_takes_their_prices_and_stock_along(store, loaded):
    loaded.load(stock="sku,quantity\nMUG,5\nTRAY,6\n")
    loaded.load(products="sku,name\nTRAY,Tray\n", replace=True)
    assert rows(store, "prices", "sku") == rows(store, "stock", "sku") == [("TRAY",)]


def test_replacing_customers_takes_all_that_is_theirs_along_and_leaves_those_made_in_the_field(house, kim):
    made = new_customer(kim)
    house.post(kim, made)
    house.office.load(contracts="customer,sku,price,currency\nC2,MUG,3,GBP\n")
    house.office.load(customers="number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n", replace=True)
    store = house.company.store
    assert rows(store, "customers", "id") == sorted([("C1",), (made.id,)])
    assert rows(store, "contracts", "id") == []
    with store.reading():
        assert {row[0] for row in Assignment.select(Assignment.customer).where(Assignment.active).tuples()} == {
            "C1",
            made.id,
        }


def test_a_customer_made_in_the_field_keeps_its_id_when_the_office_loads_its_number(house, kim):
    made = new_customer(kim, "Old name")
    house.erp.answers.append(Done("D-5"))
    house.post(kim, made)
    house.deliver()
    house.office.load(
        customers="number,name,price_list,rep\nD-5,New name,TRADE,KIM\n",
        history="customer,order_number,date,sku,quantity,unit_price\nD-5,1,2026-01-02,MUG,3,4.5\n",
    )
    store = house.company.store
    assert ("D-5", made.id, "New name") in rows(store, "customers", "number", "id", "name")
    assert rows(store, "history", "customer", "quantity") == [(made.id, "3")]


def test_a_customer_can_have_several_reps_written_as_they_write_themselves(store, office):
    office.rep("Kim")
    office.load(price_lists=LISTS, customers=CUSTOMERS)
    with store.reading():
        pairs = sorted(Assignment.select(Assignment.rep, Assignment.customer).where(Assignment.active).tuples())
    assert pairs == [("Kim", "C1"), ("Kim", "C2"), ("LEE", "C2")]


def test_a_file_without_the_column_rep_leaves_assignments_alone(store, loaded):
    loaded.load(customers="number,name,price_list\nC1,Corner Shop,TRADE\n")
    with store.reading():
        assert Assignment.select().where(Assignment.active & (Assignment.customer == "C1")).count() == 1


def test_one_order_may_hold_a_product_twice_and_loads_again_without_a_change(store, loaded):
    history = (
        "customer,order_number,date,sku,quantity,unit_price\nC1,9,2026-01-02,MUG,3,4.5\nC1,9,2026-01-02,MUG,5,4.5\n"
    )
    loaded.load(history=history)
    assert rows(store, "history", "sku", "quantity") == [("MUG", "3"), ("MUG", "5")]
    assert loaded.load(history=history).changed == {}


def test_an_unchanged_count_keeps_its_moment_and_a_new_one_takes_a_new(store, tmp_path, loaded):
    clock = loaded._clock
    loaded.load(stock="sku,quantity\nMUG,5\nTRAY,6\n")
    clock.go_on(60)
    assert loaded.load(stock="sku,quantity\nMUG,5\nTRAY,7\n").changed == {"stock": 1}
    (_, mugs), (_, trays) = rows(store, "stock", "sku", "counted_at")
    assert trays - mugs == 60_000


def test_products_are_numbered_in_the_files_order_and_a_move_alone_is_no_change(store, loaded):
    before = mark(store)
    loaded.load(products="sku,name,base_price,gtin,moq\nTRAY,Tray,,,\nMUG,Mug,4.50,9520224230003,12\n")
    assert mark(store) == before
    assert rows(store, "products", "position", "sku") == [(1, "TRAY"), (2, "MUG")]


def test_each_fault_says_where_it_is_what_was_expected_and_what_came(loaded):
    assert faults(
        loaded,
        products="sku,name,gtin,moq,discontinued,base_price\nHAT,,123,0,maybe,4.5.0\n",
        prices="price_list,sku,price,valid_from,valid_to\nTRADE,NOHAT,-1,soon,\nNOLIST,MUG,1,,\nTRADE,MUG,1,2026-02-01,2026-01-01\n",
    ) == (
        "products.csv, line 2, column name: expected a value, got nothing",
        "products.csv, line 2, column gtin: expected a GTIN of 8, 12, 13 or 14 digits, got '123'",
        "products.csv, line 2, column moq: expected a quantity above 0, such as 12, got '0'",
        "products.csv, line 2, column discontinued: expected yes or no, got 'maybe'",
        "products.csv, line 2, column base_price: expected an amount such as 12.50, got '4.5.0'",
        "prices.csv, line 2, column price: expected an amount that is not negative, got '-1'",
        "prices.csv, line 2, column valid_from: expected a date such as 2026-11-30, got 'soon'",
        "prices.csv, line 2, column sku: expected the sku of a product, got 'NOHAT'",
        "prices.csv, line 3, column price_list: expected the id of a price list, got 'NOLIST'",
        "prices.csv, line 4, column valid_to: expected a day not before 2026-02-01, got '2026-01-01'",
    )


def test_a_faulty_row_of_history_may_name_what_is_sold_no_more(loaded):
    text = "customer,order_number,date,sku,quantity,unit_price\nNOBODY,9,soon,OLDHAT,1,1\n"
    assert faults(loaded, history=text) == (
        "history.csv, line 2, column date: expected a date such as 2026-11-30, got 'soon'",
        "history.csv, line 2, column customer: expected the number of a customer, got 'NOBODY'",
    )


def test_all_faults_of_a_file_are_told_in_the_order_of_its_lines(loaded):
    text = "price_list,sku,price\nNOLIST,MUG,dear\nTRADE,NOHAT,1\nTRADE,MUG,-1\nNOLIST,NOHAT,1\n"
    assert faults(loaded, prices=text) == (
        "prices.csv, line 2, column price: expected an amount such as 12.50, got 'dear'",
        "prices.csv, line 2, column price_list: expected the id of a price list, got 'NOLIST'",
        "prices.csv, line 3, column sku: expected the sku of a product, got 'NOHAT'",
        "prices.csv, line 4, column price: expected an amount that is not negative, got '-1'",
        "prices.csv, line 5, column price_list: expected the id of a price list, got 'NOLIST'",
        "prices.csv, line 5, column sku: expected the sku of a product, got 'NOHAT'",
    )


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        (
            "prices",
            "price_list,sku,price\nTRADE,HAT,1\n",
            ", line 2, column sku: expected the sku of a product, got 'HAT'",
        ),
        ("stock", "sku,quantity\nMUG,1\nMUG,2\n", ", line 3: 'MUG' stands on line 2 already, in stock"),
        (
            "contracts",
            "customer,sku,price,currency\nNOBODY,MUG,1,GBP\n",
            ", line 2, column customer: expected the number of a customer, got 'NOBODY'",
        ),
        (
            "contracts",
            "customer,sku,price,currency\nC1,MUG,1,pounds\n",
            ", line 2, column currency: expected a currency of three capital letters such as GBP, got 'pounds'",
        ),
        (
            "stock",
            "sku,quantity,colour\nMUG,1,red\n",
            ", line 1: a file of stock has no column 'colour'; expected one of sku, quantity",
        ),
        (
            "prices",
            "price_list,sku,price,min_quantiti\n",
            ", line 1: a file of prices has no column 'min_quantiti'; did you mean min_quantity?",
        ),
        (
            "products",
            "sku;nam\nMUG;Mug\n",
            ", line 1: a file of products has no column 'nam'; did you mean name?",
        ),
        (
            "contracts",
            "customer,sku,price\n",
            ", line 1: expected the columns of a kind of file; for contracts there is no currency",
        ),
        (
            "stock",
            "shade,width\n",
            (
                ", line 1: expected the columns of a file of price_lists, products, attributes, "
                "collections, modifiers, prices, stock, units, tax_rates, fees, customers, promotions, contracts, "
                "history, wishlists"
            ),
        ),
        ("stock", "", ": expected a first line with the names of the columns, the file is empty"),
        ("stock", "sku,quantity,sku\n", ", line 1: a column's name stands twice in the first line"),
        ("stock", "sku,quantity\nMUG,1,2\n", ", line 2: expected 2 cells as in the first line, got 3"),
        ("stock", 'sku,quantity\n"MUG,1\n', ", line 2: expected comma-separated values: unexpected end of data"),
    ],
)
def test_a_fault_stops_everything_with_a_sentence(store, loaded, kind, text, fault):
    before = mark(store)
    assert faults(loaded, **{kind: text}) == (f"{kind}.csv{fault}",)
    assert mark(store) == before


def test_a_second_default_list_is_a_fault(loaded):
    second = "id,name,currency,default\nNEW,New,GBP,yes\n"
    assert faults(loaded, price_lists=second) == ("price_lists: expected one default list, got 2",)


def test_one_fault_in_one_file_keeps_all_files_out(store, office):
    faults(office, price_lists=LISTS, products=PRODUCTS, stock="sku,quantity\nMUG,many\n")
    assert rows(store, "price_lists", "id") == []


def test_the_first_twenty_faults_are_shown_and_the_rest_counted(loaded):
    with pytest.raises(ImportRefusedError) as caught:
        loaded.load(stock="sku,quantity\n" + "MUG,x\n" * 100)
    assert (len(caught.value.faults), caught.value.count) == (20, 100)
    assert str(caught.value).endswith("… and 80 more")


def test_a_dry_run_tells_all_and_changes_nothing(store, office):
    told = office.load(price_lists=LISTS, products=PRODUCTS, dry_run=True)
    assert told.changed == {"price_lists": 2, "products": 2}
    assert rows(store, "products", "sku") == []
    assert mark(store) == 0


def test_hostile_text_is_stored_as_it_came(store, office):
    name = '=HYPERLINK("x")\'; DROP TABLE products;-- \x1b[2J [bold]<b>\u202e'
    quoted = name.replace('"', '""')
    office.load(
        price_lists=LISTS, products=f'sku,name\n"a|b%","{quoted}"\n', prices="price_list,sku,price\nTRADE,a|b%,1\n"
    )
    assert rows(store, "products", "sku", "name") == [("a|b%", name)]


def test_keys_of_several_parts_are_never_mistaken_for_each_other(store, office):
    office.load(
        price_lists="id,name,currency\nB|1,One,GBP\n1,Two,GBP\n",
        products="sku,name\nA,A\nA|B,AB\n",
        prices="price_list,sku,price\nB|1,A,1\n1,A|B,2\n",
    )
    assert len(rows(store, "prices", "id")) == 2


def test_files_may_have_a_mark_of_byte_order_semicolons_blank_lines_and_be_packed(store, office, tmp_path):
    paths = [tmp_path / name for name in ("lists.csv", "products.csv.gz")]
    paths[0].write_bytes(b"\xef\xbb\xbfID;Name;Currency\r\n\r\nTRADE;Trade;GBP\r\n")
    paths[1].write_bytes(gzip.compress("sku,name\nMUG,Müg\n".encode()))
    load(store, paths, clock=StillClock())
    assert rows(store, "products", "name") == [("Müg",)]
    assert rows(store, "price_lists", "id") == [("TRADE",)]


def test_a_workbook_loads_its_sheets_as_people_read_them(store, tmp_path):
    book = openpyxl.Workbook()
    lists = book.active
    lists.append(["id", "name", "currency", "default"])
    lists.append(["TRADE", "Trade", "GBP", True])
    products = book.create_sheet("Products")
    products.append(["sku", "name", "base_price"])
    products.append([22423, "Cake stand", 12.75])
    prices = book.create_sheet("Prices")
    prices.append(["price_list", "sku", "price", "valid_from"])
    prices.append(["TRADE", 22423, 0.1, date(2026, 1, 2)])
    book.save(tmp_path / "all.xlsx")
    load(store, [tmp_path / "all.xlsx"], clock=StillClock())
    assert rows(store, "products", "sku", "base_price") == [("22423", "12.75")]
    assert rows(store, "prices", "price", "valid_from") == [("0.1", "2026-01-02")]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"sku,name\nMUG,M\xfcg\n", "expected text in UTF-8, got the byte 0xfc"),
        ("a.csv.gz", TORN_GZIP, "expected a whole gzip file; this one is damaged or cut short"),
        ("a.csv.gz", b"sku,name\n", "expected a whole gzip file; this one is damaged or cut short"),
        ("a.xlsx", b"PK\x03\x04 torn", "expected an XLSX workbook; this file is none, or is damaged"),
        ("a.doc", b"", "expected a file that ends in .csv, .csv.gz, .xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(store, tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ImportRefusedError) as caught:
        load(store, [path], clock=StillClock())
    assert caught.value.faults == (f"{name}: {words}",)


def test_progress_is_told_by_file_and_line(store, office, tmp_path):
    office.load(price_lists=LISTS)
    path = tmp_path / "products.csv"
    path.write_text("sku,name\n" + "".join(f"P{n},Product\n" for n in range(2500)))
    told = []
    load(store, [path], clock=StillClock(), progress=lambda file, lines: told.append((file, lines)))
    assert told == [("products.csv", 1000), ("products.csv", 2000), ("products.csv", 2500)]


DESCRIBED = {
    "attributes": "sku,attribute,value\nMUG,Colour,Red\nMUG,Colour,Blue\nTRAY,Material,Tin\n",
    "collections": "collection,sku\nAutumn,TRAY\nAutumn,MUG\n",
}
ENGRAVING = "sku,modifier,option,surcharge,currency,least,most\n"


def test_a_product_may_have_several_values_of_an_attribute_in_the_files_order(store, loaded):
    loaded.load(**DESCRIBED)
    assert rows(store, "attributes", "sku", "name", "position", "value") == [
        ("MUG", "Colour", 1, "Red"),
        ("MUG", "Colour", 2, "Blue"),
        ("TRAY", "Material", 1, "Tin"),
    ]


def test_what_describes_a_product_goes_with_it(store, loaded):
    loaded.load(**DESCRIBED)
    loaded.load(replace=True, products="sku,name\nTRAY,Tray\n")
    assert rows(store, "attributes", "sku") == [("TRAY",)]
    assert rows(store, "collections", "sku") == [("TRAY",)]


def test_a_modifiers_rules_stand_on_its_first_line(store, loaded):
    loaded.load(modifiers=ENGRAVING + "MUG,Gift wrap,Plain,,,1,1\nMUG,Gift wrap,Ribbon,0.75,,,\nMUG,Words,Name,2,,,\n")
    assert rows(store, "modifiers", "sku", "name", "least", "most") == [
        ("MUG", "Gift wrap", 1, 1),
        ("MUG", "Words", 0, 1),
    ]
    assert rows(store, "modifier_options", "name", "surcharge", "currency") == [
        ("Name", "2", "GBP"),
        ("Plain", "0", "GBP"),
        ("Ribbon", "0.75", "GBP"),
    ]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("MUG,Wrap,Plain,,,2,\n", ", line 2, column most: expected from 2 to 1, the number of its options, got '1'"),
        ("MUG,Wrap,Plain,,,1,\nMUG,Wrap,Red,,,0,\n", ", line 3, column least: expected 1 as before, got '0'"),
        ("MUG,Wrap,Plain,,,x,\n", ", line 2, column least: expected a whole number from 0 to 1000, got 'x'"),
    ],
)
def test_a_modifier_that_nobody_could_choose_rightly_is_refused(loaded, lines, fault):
    assert faults(loaded, modifiers=ENGRAVING + lines) == (f"modifiers.csv{fault}",)


DATED = "price_list,sku,price,valid_from,valid_to\n"


def test_two_prices_at_once_are_loaded_and_named(loaded, store):
    sale = loaded.load(prices=f"{DATED}TRADE,MUG,5,,\nTRADE,MUG,4,2026-11-01,2026-11-30\nTRADE,MUG,3,2026-12-01,\n")
    assert sale.warnings == (
        "Two prices at once: TRADE MUG from 1: the price from 2026-11-01 on goes before the one without a first day",
    )
    assert len(rows(store, "prices", "price", "sku")) == 5
    more = loaded.load(replace=True, prices=f"{DATED}TRADE,MUG,4,2026-11-01,2026-11-30\nTRADE,MUG,2,2026-11-30,\n")
    assert more.warnings == (
        "Two prices at once: TRADE MUG from 1: the price from 2026-11-30 on goes before the one from 2026-11-01 on",
    )


def test_prices_that_follow_each_other_are_not_named(loaded):
    told = loaded.load(replace=True, prices=f"{DATED}TRADE,MUG,4,,2026-11-30\nTRADE,MUG,3,2026-12-01,\n")
    assert told.warnings == ()


def test_customers_of_a_rep_who_is_not_set_up_are_named(office, loaded):
    office.rep("LEE")
    told = loaded.load(customers="number,name,price_list,rep\nC1,A,TRADE,Kmi;lee\nC2,B,TRADE,Kmi\n")
    assert told.warnings == ("There is no rep 'Kmi', who has 2 customers in the file: `admin reps add` sets them up",)


def test_two_contracts_at_once_are_named(loaded):
    head = "customer,sku,price,currency,valid_from\n"
    told = loaded.load(contracts=f"{head}C1,MUG,4,GBP,2026-11-01\nC1,MUG,3,GBP,2026-12-01\n")
    assert told.warnings == (
        "Two prices at once: C1 MUG GBP from 1: the price from 2026-12-01 on goes before the one from 2026-11-01 on",
    )
