"""What people see of the catalogue."""

import pytest

from tests.support.gift_shop import furnish
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage
from wizterm.screens.variant_grid import VariantGridPage

SMALL = (80, 24)


@pytest.fixture(autouse=True)
def shop(folder):
    furnish(folder)
    folder.bench.entry.choose_customer("c1")


def test_a_category_in_another_order(looks_as_ever):
    assert looks_as_ever(OrderPage, "left", "down", "enter", "ctrl+e")


def test_a_filtered_list_small(looks_as_ever):
    assert looks_as_ever(OrderPage, "ctrl+f", *"red", "enter", "escape", size=SMALL)


def test_the_filters(looks_as_ever):
    assert looks_as_ever(OrderPage, "ctrl+f", "down", "enter")


def test_the_categories_small(looks_as_ever):
    assert looks_as_ever(OrderPage, "left", "down", "right", "down", "down", "right", size=SMALL)


def test_a_typing_mistake_small(looks_as_ever):
    assert looks_as_ever(OrderPage, *"buntign", size=SMALL)


def test_a_product(folder, looks_as_ever):
    assert looks_as_ever(lambda: ProductPage("85123A"))


def test_a_product_small(folder, looks_as_ever):
    assert looks_as_ever(lambda: ProductPage("22754"), "down", size=SMALL)


def test_the_variants(folder, looks_as_ever):
    assert looks_as_ever(lambda: VariantGridPage("22754"), "4", "right", "2", "equals_sign")


def test_the_variants_small(folder, looks_as_ever):
    assert looks_as_ever(lambda: VariantGridPage("22757"), "1", "2", size=SMALL)


def test_the_options_of_a_product(looks_as_ever):
    assert looks_as_ever(lambda: ProductPage("22666"), "enter", "down", "enter")


def test_the_options_of_a_product_small(looks_as_ever):
    assert looks_as_ever(lambda: ProductPage("22666"), "enter", size=SMALL)
