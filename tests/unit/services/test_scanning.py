"""What a scan means in a small catalogue."""

import sqlite3
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from tests.support.replica_making import customer, price, price_list, product
from tests.support.ui import Folder
from wizterm.domain.barcodes.check_digits import with_check_digit
from wizterm.domain.barcodes.reading import ScanSettings
from wizterm.domain.document import Kind
from wizterm.domain.scan_commands import COMMANDS, Order, ScanCommand, read_command
from wizterm.domain.scan_rules import ScanRules
from wizterm.domain.scanned import Choices, ScannedCustomer, ScannedDocument, ScannedProduct, Unknown
from wizterm.protocol import bodies, replica
from wizterm.services.machine import Machine
from wizterm.services.said_before import cart_of

MUG = "9520000000059"
CASE = "19520000000056"
PALLET = "29520000000053"
TEA = "00041244000098"
COIN = "04124498"
CHEESE = "2302148200006"
KETTLE = "9520000000103"
BY_PRICE = ScanRules(reading=ScanSettings(rule="23IIIIIIPPppC"))
UNITS = [("u1", "P00001", "case", "12", CASE), ("u2", "P00001", "pallet", "480", PALLET)]


@pytest.fixture
def folder(tmp_path):
    products = [
        product(1, gtin=MUG),
        product(2, gtin=TEA.lstrip("0").zfill(12)),
        product(3, gtin=COIN),
        product(4, gtin=CHEESE, unit="kg"),
        product(5, sku="85123A", gtin="OWN-5"),
        product(6, sku="QUAYMAZ-1"),
        product(7, gtin=KETTLE, case_quantity="6"),
        product(8, sku="77"),
    ]
    with closing(Folder(tmp_path)) as folder:
        with closing(sqlite3.connect(next(tmp_path.rglob("0*.db")))) as catalogue:
            for table in ("products", "prices", "customers", "price_lists"):
                catalogue.execute(f"DELETE FROM {table}")
            replica.fill(catalogue, replica.BY_NAME["price_lists"], [price_list()])
            replica.fill(catalogue, replica.BY_NAME["products"], products)
            replica.fill(catalogue, replica.BY_NAME["prices"], [price(number) for number in range(1, 9)])
            replica.fill(catalogue, replica.BY_NAME["units"], UNITS)
            replica.fill(catalogue, replica.BY_NAME["customers"], [customer(77), customer(4711)])
            replica.index_all(catalogue)
            catalogue.commit()
        yield folder


@pytest.fixture
def scanning(folder):
    return folder.bench.scanning


@contextmanager
def reading_by(folder, settings):
    """The same catalogue, read by other settings."""
    made = Machine(folder.path, clock=folder.clock, new_id=str, scans=ScanRules(reading=settings))
    with closing(made):
        yield made.bench.scanning


def sku(meaning):
    assert isinstance(meaning, ScannedProduct), meaning
    return meaning.product.sku


@pytest.mark.parametrize(
    "code", [MUG, f"0{MUG}", f"]E0{MUG}", f"]C1010{MUG}", f"https://a.example/01/0{MUG}", "P00001"]
)
def test_a_product_is_found_by_every_form_of_its_number_and_by_its_sku(scanning, code):
    assert sku(scanning.meaning(code)) == "P00001"


def test_a_number_is_found_in_whatever_length_the_catalogue_has_it(scanning):
    assert sku(scanning.meaning("041244000098")) == "P00002"
    assert sku(scanning.meaning("0041244000098")) == "P00002"


@pytest.mark.parametrize(("code", "unit", "factor"), [(MUG, "each", 1), (CASE, "case", 12), (PALLET, "pallet", 480)])
def test_each_level_of_packing_has_its_own_number(scanning, code, unit, factor):
    meaning = scanning.meaning(code)
    assert (sku(meaning), meaning.unit.code, meaning.unit.factor, meaning.count) == ("P00001", unit, factor, 1)


def test_batch_serial_and_date_come_with_the_product(scanning):
    meaning = scanning.meaning(f"(01)0{MUG}(17)270131(10)LOT7(21)A1")
    assert (meaning.lot.batch, meaning.lot.serial, meaning.lot.expiry) == ("LOT7", "A1", date(2027, 1, 31))
    assert not meaning.lot.unverified
    assert scanning.meaning(f"010{MUG}10LOT717270131").lot.unverified


def test_batch_serial_and_date_go_with_the_line_into_the_order(folder, scanning):
    folder.bench.entry.begin("c77")
    for code in (f"(01)0{MUG}(17)270131(10)LOT7", f"(01)0{MUG}(17)270131(10)LOT7", f"010{MUG}10LOT817270131", MUG):
        found = scanning.meaning(code)
        folder.bench.entry.add(found.product.sku, found.count, found.unit.code, found.lot)
    lines = folder.bench.entry.current().cart.lines
    assert [(line.lot.words, line.count) for line in lines] == [
        ("batch LOT7, use by 2027-01-31", 2),
        ("batch LOT817270131 (unverified)", 1),
        ("", 1),
    ]
    document = folder.bench.submission.submit(folder.bench.entry.current().cart.id, Kind.ORDER).document
    kept = folder.bench.papers.paper(document).body.lines
    assert kept[0].lot == bodies.Lot(batch="LOT7", expiry=date(2027, 1, 31))
    assert kept[1].lot.unverified
    assert kept[2].lot is None


def test_an_order_that_is_taken_up_again_keeps_its_lots(folder, scanning):
    folder.bench.entry.begin("c77")
    found = scanning.meaning(f"(01)0{MUG}(21)A1")
    folder.bench.entry.add(found.product.sku, lot=found.lot)
    document = folder.bench.submission.submit(folder.bench.entry.current().cart.id, Kind.ORDER).document
    body = folder.bench.papers.paper(document).body
    assert [line.lot for line in cart_of(body, {}, "again").lines] == [found.lot]


def test_the_library_for_gs1_can_be_loaded_ahead(scanning):
    import sys

    scanning.prepare()
    assert "biip" in sys.modules


def test_a_count_or_weight_in_the_code_is_how_much_one_scan_stands_for(scanning):
    assert scanning.meaning(f"(01)0{MUG}(30)5").count == 5
    assert scanning.meaning(f"(01)0{MUG}(3102)000250").count == Decimal("2.50")


def test_an_in_store_number_is_looked_up_without_its_weight(folder):
    with reading_by(folder, ScanSettings(rcn_region="no")) as scanning:
        meaning = scanning.meaning("2302148210869")
    assert (sku(meaning), meaning.count) == ("P00004", Decimal("1.086"))


def test_a_price_in_the_code_is_told_and_orders_nothing(folder):
    with reading_by(folder, ScanSettings(rule="23IIIIIIPPppC")) as scanning:
        meaning = scanning.meaning("2302148210869")
    assert (meaning.count, meaning.price) == (1, Decimal("10.86"))


@pytest.mark.parametrize("code", ["85123A", "85123a", "OWN-5", "]C085123A"])
def test_own_labels_and_caps_lock_are_understood(scanning, code):
    assert sku(scanning.meaning(code)) == "85123A"


def test_a_customers_card_and_an_orders_number_are_understood(folder, scanning):
    assert scanning.meaning("4711").customer.name == "Café 4711"
    order = folder.order(77, lines={"P00001": 1})
    meaning = scanning.meaning("KIM-7F-0001")
    assert isinstance(meaning, ScannedDocument)
    assert meaning.document == order


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_sheet_is_understood(scanning, command):
    assert scanning.meaning(command.code) == command
    assert scanning.meaning(command.code.lower()) == command


def test_quantities_go_to_two_digits_and_no_further():
    assert ScanCommand(Order.TIMES, 12) in COMMANDS
    assert read_command("WZTIMES99") == ScanCommand(Order.TIMES, 99)
    assert [read_command(text) for text in ("WZTIMES0", "WZTIMES", "WZTIMES100", "WZ")] == [None] * 4


def test_two_products_of_one_number_are_asked_for_once(scanning):
    meaning = scanning.meaning(COIN)
    assert isinstance(meaning, Choices)
    assert {sku(option) for option in meaning.options} == {"P00002", "P00003"}
    scanning.remember(meaning.reading, meaning.options[1])
    assert scanning.meaning(COIN) == meaning.options[1]
    scanning.forget(meaning.reading)
    assert isinstance(scanning.meaning(COIN), Choices)


def test_an_article_code_that_is_a_customers_number_too_is_asked_for(scanning):
    meaning = scanning.meaning("77")
    assert isinstance(meaning, Choices)
    card = next(option for option in meaning.options if isinstance(option, ScannedCustomer))
    scanning.remember(meaning.reading, card)
    assert scanning.meaning("77") == card


def test_a_case_that_is_not_known_is_offered_and_not_taken(scanning):
    meaning = scanning.meaning(with_check_digit(f"3{KETTLE[:-1]}"))
    assert isinstance(meaning, Choices)
    assert [(sku(each), each.unit.factor) for each in meaning.options] == [("P00007", 6)]


def test_a_code_typed_through_another_keyboard_is_offered_and_not_taken(scanning):
    meaning = scanning.meaning("AUQY?QW)&")
    assert isinstance(meaning, Choices)
    assert [sku(each) for each in meaning.options] == ["QUAYMAZ-1"]
    assert "fr keyboard" in meaning.words


def test_a_garbled_command_or_order_is_offered_and_the_answer_remembered(folder, scanning):
    meaning = scanning.meaning("ZWSUB?IT")
    assert meaning.options == (ScanCommand(Order.SUBMIT),)
    scanning.remember(meaning.reading, meaning.options[0])
    assert scanning.meaning("ZWSUB?IT") == ScanCommand(Order.SUBMIT)
    folder.order(77, lines={"P00001": 1})
    assert scanning.meaning("KIM'7F'0001").options[0].number == "KIM-7F-0001"


def test_a_garbled_number_is_offered(scanning):
    meaning = scanning.meaning("ç(éààààààààà(ç".replace("ààààààààà", "àààààààà"))
    assert isinstance(meaning, Choices)
    assert sku(meaning.options[0]) == "P00001"


@pytest.mark.parametrize(
    "code",
    [
        "",
        "9520000000066",
        "9520000000058",
        "NO-SUCH",
        "https://shop.example/",
        "x" * 5000,
        MUG * 2,
        "٩٥٢",
        "\x11\x1d\x04",
        "(01)",
    ],
)
def test_what_is_not_known_is_told_with_its_signs_to_be_seen(scanning, code):
    meaning = scanning.meaning(code)
    assert isinstance(meaning, Unknown)
    assert meaning.words.endswith(".")
    assert not any(ord(sign) < 32 for sign in meaning.visible + meaning.words)


def test_an_unknown_code_is_bound_and_suggested_to_the_office(folder, scanning):
    unknown = scanning.meaning(f"(01){with_check_digit('0952000000006')}(10)LOT9")
    bound = scanning.bind(unknown.reading, "P00001", "case")
    assert (bound.product.sku, bound.unit.factor, bound.lot.batch) == ("P00001", 12, "LOT9")
    assert scanning.meaning("9520000000066").unit.code == "case"
    body = bodies.decode("barcode", folder.bench.documents.bodies_of(Kind.BARCODE)[0])
    assert (body.code, body.sku, body.unit, body.rep) == ("09520000000066", "P00001", "case", "KIM")
    assert msgspec.json.decode(bodies.encode(body))["kind"] == "barcode"


def test_a_code_is_not_bound_to_what_is_not_there(folder, scanning):
    unknown = scanning.meaning("NO-SUCH")
    with pytest.raises(LookupError, match="no product P09999"):
        scanning.bind(unknown.reading, "P09999")
    assert isinstance(scanning.meaning("NO-SUCH"), Unknown)
    assert folder.bench.documents.bodies_of(Kind.BARCODE) == []


def test_a_binding_to_a_product_that_is_gone_does_not_hide_the_code(scanning, folder):
    reading = scanning.meaning(MUG)
    unknown = scanning.meaning("NO-SUCH")
    scanning.bind(unknown.reading, "P00001")
    with closing(sqlite3.connect(next(folder.path.rglob("0*.db")))) as catalogue:
        catalogue.execute("DELETE FROM products WHERE sku = 'P00001'")
        catalogue.commit()
    assert isinstance(scanning.meaning("NO-SUCH"), Unknown)
    assert isinstance(reading, ScannedProduct)


def test_looking_up_uses_the_indexes(folder, scanning):
    with closing(sqlite3.connect(next(folder.path.rglob("0*.db")))) as catalogue:
        for table, column in (("products", "gtin"), ("units", "gtin"), ("customers", "number")):
            query = f"SELECT 1 FROM {table} WHERE {column} <> '' AND {column} IN (?, ?)"
            plan = str(catalogue.execute(f"EXPLAIN QUERY PLAN {query}", ("a", "b")).fetchall())
            assert f"{table}_by_{column}" in plan


def test_a_price_on_the_label_and_a_doubtful_batch_are_told_with_the_scan(folder):
    with closing(Machine(folder.path, clock=folder.clock, new_id=str, scans=BY_PRICE)) as machine:
        assert "the label says 10.86" in machine.bench.scans.look_up("2302148210869").words
    folder.bench.entry.begin("c77")
    assert "check batch LOT817270131" in folder.bench.scans.take(f"010{MUG}10LOT817270131").words
