import re

import pytest

from tests.support.gift_shop import furnish
from tests.support.ui import opened, press, screen_text
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage
from wizterm.screens.variant_grid import VariantGridPage
from wizterm.services.order_entry import EntryError


@pytest.fixture
def shop(folder):
    furnish(folder)
    return folder


def in_cart(app):
    return {line.sku: int(line.count) for line in app.folder.bench.entry.current().cart.lines}


async def test_quantities_are_typed_like_a_spreadsheet_and_go_into_the_cart_at_once(shop):
    async with opened(shop, OrderPage) as (app, pilot):
        await press(app, pilot, *"babu", "ctrl+d")
        shown = await press(app, pilot, "1", "2", "right", "6")
        assert re.search(r"Red +12 +6 +18", shown)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, OrderPage)
        assert in_cart(app) == {"22754": 12, "22757": 6}
        assert app.said[-1] == "18 pieces of 2 variants are in the cart."
        await press(app, pilot, "ctrl+z")
        assert in_cart(app) == {}


async def test_the_equals_sign_copies_a_run_to_the_next_colour(shop):
    async with opened(shop, lambda: VariantGridPage("22754")) as (app, pilot):
        shown = await press(app, pilot, "4", "right", "2", "equals_sign", "equals_sign")
        assert re.search(r"Yellow +4 +2 +6", shown)
        assert re.search(r"Purple +4 +· +4", shown)
        assert re.search(r"Σ +12 +4 +16", shown)
        await press(app, pilot, "enter")
        assert in_cart(app) == {"22754": 4, "22757": 2, "22753": 4, "22756": 2, "22755": 4}


async def test_what_is_under_the_cursor_is_told_below(shop):
    async with opened(shop, lambda: VariantGridPage("22754"), size=(80, 24)) as (app, pilot):
        shown = await press(app, pilot, "right")
        assert "22757 Large red Babushka notebook · 1.25 · stock 60, 3 h 12 min old" in shown
        shown = await press(app, pilot, "down", "down")
        assert "There is no such variant." in shown


async def test_the_sheet_opens_from_a_variants_page(shop):
    async with opened(shop, lambda: ProductPage("22754")) as (app, pilot):
        await press(app, pilot, "v")
        assert isinstance(app.screen, VariantGridPage)
        await press(app, pilot, "3")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ProductPage)
        assert re.search(r"In cart +3", screen_text(app))


async def test_a_product_that_stands_alone_has_no_sheet_and_says_so(shop):
    async with opened(shop, OrderPage) as (app, pilot):
        await press(app, pilot, *"bunting", "ctrl+d")
        assert isinstance(app.screen, OrderPage)
        assert app.said[-1] == "47566 does not come in colours or sizes."


def test_nothing_typed_adds_nothing(shop):
    with pytest.raises(EntryError, match="No quantity is typed"):
        shop.bench.variants.add({"22754": 0})


async def test_what_comes_in_colours_and_sizes_is_marked_in_the_list(shop):
    async with opened(shop, OrderPage) as (app, pilot):
        shown = await press(app, pilot, *"small")
        assert "▦ Small red Babushka" in shown
        assert "in colours and sizes" in shown
        assert "▦" not in await press(app, pilot, "escape", *"bunting")
