"""How scans look: in scan mode, behind a question, and looked up."""

from contextlib import closing

import pytest

from tests.support.price_data import tables
from tests.support.ui import Folder
from wizterm.domain.scan_rules import Rounding, ScanRules
from wizterm.screens.calibration import CalibrationSheet
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage

SIZES = [(80, 24), (120, 40)]
UNKNOWN = "9520000000059"


@pytest.fixture
def folder(tmp_path):
    with closing(Folder(tmp_path, tables=tables(), scans=ScanRules(Rounding.ASK))) as folder:
        yield folder


def scanned(*codes):
    return [key for code in codes for key in ("f9", *code, "enter")]


@pytest.mark.parametrize("size", SIZES, ids=("small", "wide"))
def test_scan_mode_found(looks_as_ever, size):
    assert looks_as_ever(OrderPage, "f6", "3", "*", *scanned("HEART"), size=size)


@pytest.mark.parametrize("size", SIZES, ids=("small", "wide"))
def test_scan_mode_rounded(looks_as_ever, size):
    assert looks_as_ever(OrderPage, "f6", *scanned("HEART", "STAND"), "enter", size=size)


@pytest.mark.parametrize("size", SIZES, ids=("small", "wide"))
def test_scan_mode_not_found(looks_as_ever, size):
    assert looks_as_ever(OrderPage, "f6", *scanned("HEART", UNKNOWN), size=size)


@pytest.mark.parametrize("size", SIZES, ids=("small", "wide"))
def test_scan_mode_asks_and_holds_what_comes_meanwhile(looks_as_ever, size):
    assert looks_as_ever(OrderPage, "f6", *scanned("STAND"), *scanned("HEART"), size=size)


@pytest.mark.parametrize("size", SIZES, ids=("small", "wide"))
def test_scan_mode_looking_up(looks_as_ever, size):
    assert looks_as_ever(OrderPage, "f6", "l", size=size)


@pytest.mark.parametrize("size", SIZES, ids=("small", "wide"))
def test_a_product_that_was_looked_up_and_an_unknown_code_after_it(looks_as_ever, size):
    assert looks_as_ever(OrderPage, "alt+l", *scanned("HEART"), *scanned(UNKNOWN), size=size)


def test_a_scan_on_the_order_screen(looks_as_ever):
    assert looks_as_ever(OrderPage, "alt+l", "alt+l", *scanned(UNKNOWN), size=(80, 24))


def test_learning_a_keyboard(looks_as_ever):
    assert looks_as_ever(CalibrationSheet, size=(80, 24))


@pytest.mark.parametrize("size", SIZES, ids=("small", "wide"))
def test_a_products_code_on_the_screen(looks_as_ever, size):
    assert looks_as_ever(lambda: ProductPage("HEART"), "b", size=size)
