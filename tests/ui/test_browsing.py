import re
from contextlib import asynccontextmanager

import pytest

from tests.support.gift_shop import furnish
from tests.support.ui import ShopApp, press, screen_text
from wizterm.domain.browsing import EVERYTHING
from wizterm.screens.filters import FiltersSheet
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage
from wizterm.screens.shelves import ShelvesSheet
from wizterm.widgets.catalogue_pane import CataloguePane


@asynccontextmanager
async def at_the_order(folder, size=(120, 40)):
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=size) as pilot:
        await app.settle(pilot)
        yield app, pilot


@pytest.fixture
async def shop(folder):
    furnish(folder)
    async with at_the_order(folder) as (app, pilot):
        yield app, pilot


@pytest.fixture
async def shop_of_lantern(folder):
    """The customer has bought here before."""
    furnish(folder)
    folder.bench.entry.choose_customer("c1")
    async with at_the_order(folder) as (app, pilot):
        yield app, pilot


def listed(app):
    return [row.key for row in app.screen.query_one(CataloguePane)._rows._rows]


def title(app):
    return str(app.screen.query_one(CataloguePane).border_title)


async def test_the_left_arrow_opens_the_categories_and_enter_shows_one(shop):
    app, pilot = shop
    await press(app, pilot, "left")
    assert isinstance(app.screen, ShelvesSheet)
    await press(app, pilot, "down", "right", "down", "enter")
    assert listed(app) == ["22727"]
    assert title(app) == "Catalogue ▸ Home ▸ Clocks ─ F2"


async def test_escape_goes_up_one_category_at_a_time(shop):
    app, pilot = shop
    await press(app, pilot, "left", "down", "right", "down", "enter", "escape")
    assert title(app) == "Catalogue ▸ Home ─ F2"
    assert listed(app) == ["85123A", "84970S", "22727"]
    await press(app, pilot, "escape")
    assert len(listed(app)) == 10


async def test_left_in_the_tree_closes_and_then_goes_up(shop):
    app, pilot = shop
    shown = await press(app, pilot, "left", "down", "right", "down", "left")
    assert "Clocks" in shown
    shown = await press(app, pilot, "left")
    assert "Clocks" not in shown


async def test_a_category_says_how_many_products_stand_in_and_below_it(shop):
    app, pilot = shop
    shown = await press(app, pilot, "left")
    assert re.search(r"▸ Home +3 ", shown)


async def test_a_collection_is_a_shelf_too(shop):
    app, pilot = shop
    await press(app, pilot, "left", *["down"] * 6, "enter")
    assert listed(app) == ["85123A", "22727"]
    assert title(app) == "Catalogue ▸ Best of spring ─ F2"


async def test_the_arrows_move_in_the_text_where_there_is_text(shop):
    app, pilot = shop
    await press(app, pilot, "a", "b", "left", "left")
    assert isinstance(app.screen, OrderPage)


async def test_one_key_goes_through_the_orders_and_says_which(shop):
    app, pilot = shop
    shown = await press(app, pilot, "ctrl+e")
    assert "by name" in shown
    assert listed(app)[0] == "22727"
    await press(app, pilot, "ctrl+e")
    assert listed(app)[:2] == ["84970S", "22754"]
    await press(app, pilot, "ctrl+e")
    assert listed(app)[0] == "85123A"
    await press(app, pilot, "ctrl+e")
    assert listed(app)[0] == "47566"
    assert "by new" not in await press(app, pilot, "ctrl+e")


async def test_filters_narrow_the_list_and_stand_in_one_line(shop):
    app, pilot = shop
    await press(app, pilot, "ctrl+f")
    assert isinstance(app.screen, FiltersSheet)
    await press(app, pilot, *"red", "enter")
    shown = await press(app, pilot, "escape")
    assert listed(app) == ["22727", "22666"]
    assert "Colour: Red · Esc clears" in shown


async def test_two_values_of_one_kind_widen_and_two_kinds_narrow(shop):
    app, pilot = shop
    await press(app, pilot, "ctrl+f", *"red", "enter", *["backspace"] * 3, *"white", "enter")
    await press(app, pilot, *["backspace"] * 5, *"wood", "enter", "escape")
    assert listed(app) == ["85123A"]


async def test_a_choice_says_how_many_products_it_leaves(shop):
    app, pilot = shop
    shown = await press(app, pilot, "ctrl+f", *"in st")
    assert re.search(r"In stock +8 ", shown)


async def test_delete_unticks_all_and_escape_in_the_field_clears_the_filters(shop):
    app, pilot = shop
    await press(app, pilot, "ctrl+f", *"red", "enter", "delete", "escape")
    assert len(listed(app)) == 10
    await press(app, pilot, "ctrl+f", *"red", "enter", "escape", "escape")
    assert len(listed(app)) == 10


async def test_what_the_customer_bought_and_never_bought_is_a_filter(shop_of_lantern):
    app, pilot = shop_of_lantern
    await press(app, pilot, "ctrl+f", *"bought", "enter", "escape")
    assert listed(app) == ["85123A", "47566"]
    await press(app, pilot, "ctrl+f", "delete", *"never", "enter", "escape")
    assert len(listed(app)) == 8


async def test_new_products_and_a_price_range_are_filters(shop):
    app, pilot = shop
    await press(app, pilot, "ctrl+f", *"new", "enter", "escape")
    assert listed(app) == ["47566"]
    await press(app, pilot, "escape", "ctrl+f", *"under", "enter", "escape")
    assert listed(app) == ["84970S", "22754", "22753", "22755"]


async def test_a_typing_mistake_is_forgiven_and_said(shop):
    app, pilot = shop
    shown = await press(app, pilot, *"buntign")
    assert "nothing for “buntign”, showing “bunting”" in shown
    assert listed(app) == ["47566"]
    await press(app, pilot, "enter")
    assert [line.sku for line in app.folder.bench.entry.current().cart.lines] == ["47566"]


async def test_words_of_the_description_find_a_product_and_so_does_its_barcode(shop):
    app, pilot = shop
    await press(app, pilot, *"flame")
    assert listed(app) == ["84970S"]
    await press(app, pilot, "escape", *"9520226660001")
    assert listed(app) == ["22666"]


async def test_enter_before_the_list_has_followed_adds_from_the_chosen_shelf(shop):
    app, pilot = shop
    await press(app, pilot, "left", "down", "right", "down", "enter")
    await pilot.press(*"alarm", "enter")
    await app.settle(pilot)
    assert [line.sku for line in app.folder.bench.entry.current().cart.lines] == ["22727"]


def test_categories_and_filters_count_what_the_carts_own_list_shows(folder):
    furnish(folder)
    categories, _ = folder.bench.browsing.shelves(None, "trade")
    assert [(shelf.path, shelf.products) for shelf in categories] == [("Party", 1)]
    offered = folder.bench.browsing.offered(EVERYTHING, None, "", "trade")
    assert [each.label for each in offered if each.label.startswith("Price")] == ["Price: 2 to 5"]


@pytest.mark.parametrize(("columns", "said"), [(120, r"85123A +White .+ 2\.95↓ +214"), (80, r"2\.95 +2\.55@32 +214")])
async def test_a_break_has_a_column_where_names_keep_their_room_and_a_sign_elsewhere(folder, columns, said):
    furnish(folder)
    async with at_the_order(folder, size=(columns, 40)) as (app, pilot):
        assert re.search(said, await press(app, pilot, *"heart t"))


async def test_a_wider_terminal_shows_the_breaks_of_what_is_listed(folder):
    furnish(folder)
    async with at_the_order(folder) as (app, pilot):
        await press(app, pilot, *"heart t", "down")
        await pilot.resize_terminal(170, 40)
        await app.settle(pilot)
        assert "2.55@32" in screen_text(app)
        assert app.screen.query_one(CataloguePane)._rows.current.key == listed(app)[1]


async def test_rows_found_while_the_cart_hides_the_catalogue_stand_under_their_heads(folder):
    furnish(folder)
    folder.bench.entry.choose_customer("c1")
    async with at_the_order(folder, size=(80, 24)) as (app, pilot):
        await press(app, pilot, "f4", "f4", "n", "f2")
        rows = app.screen.query_one(CataloguePane)._rows
        assert {len(row.cells) for row in rows._rows} == {len(rows._columns)}


async def test_right_opens_the_product_page_right_after_enter_has_added(shop):
    app, pilot = shop
    await press(app, pilot, *"clock", "enter", "right")
    assert isinstance(app.screen, ProductPage)


async def test_a_step_of_quantities_does_not_read_as_seconds(shop):
    app, pilot = shop
    said = await press(app, pilot, *"t-light")
    assert " · in steps of " in said, said
