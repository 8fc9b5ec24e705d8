import re
import sqlite3
from contextlib import closing

import pytest

from tests.support.camera import picture_of_cells, seen
from tests.support.drawing import digest, png, put
from tests.support.ui import ShopApp, opened, press, screen_text
from wizterm.db.replica_files import ReplicaFiles
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage
from wizterm.screens.product_code import ProductCodeSheet
from wizterm.widgets.graphics import KittyPicture
from wizterm.widgets.picture import Picture

RED = png("red")


def name_picture(folder, sku, content):
    with closing(sqlite3.connect(ReplicaFiles(folder.path).current())) as connection:
        row = (f"m{sku}", sku, 1, digest(content), len(content), "image/png")
        connection.execute("INSERT INTO media (id, sku, position, sha256, bytes, mime) VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.commit()


@pytest.mark.parametrize(("columns", "shown"), [(60, False), (80, True)])
async def test_where_a_picture_would_leave_the_facts_no_room_there_is_none(shop, columns, shown):
    async with opened(shop, lambda: ProductPage("85123A"), (columns, 20)) as (app, pilot):
        said = await press(app, pilot)
    assert ("no picture" in said) is shown
    assert "GBP     2.95  from 1  ◀ this customer's" in said


def rename_code(folder, sku, gtin):
    with closing(sqlite3.connect(ReplicaFiles(folder.path).current())) as connection:
        connection.execute("UPDATE products SET gtin = ? WHERE sku = ?", (gtin, sku))
        connection.commit()


async def test_the_right_arrow_opens_all_about_a_product_and_escape_goes_back(shop):
    async with opened(shop, OrderPage) as (app, pilot):
        shown = await press(app, pilot, *"heart t", "right")
        assert isinstance(app.screen, ProductPage)
        assert "Home / Lighting / T-lights" in shown
        assert re.search(r"Stock +214, 3 h 12 min old", shown)
        assert re.search(r"Material +Wood", shown)
        assert "36 on 2026-01-28  24 on 2025-11-04" in shown
        assert "84970S" in shown
        await press(app, pilot, "escape")
        assert isinstance(app.screen, OrderPage)


async def test_enter_adds_and_the_cart_behind_knows_it(shop):
    async with opened(shop, OrderPage) as (app, pilot):
        await press(app, pilot, *"bunting", "right")
        await press(app, pilot, "enter")
        assert app.said[-1] == "1 × 47566 are in the cart."
        await press(app, pilot, "enter")
        shown = await press(app, pilot, "escape")
        assert re.search(r"TOTAL GBP +9\.30", shown)


async def test_the_step_that_this_customer_pays_is_marked(shop):
    async with opened(shop, lambda: ProductPage("85123A")) as (app, pilot):
        assert re.search(r"2\.95  from 1  ◀", screen_text(app))
        app.folder.bench.entry.add("85123A", 36)
        await press(app, pilot, "enter")
        assert re.search(r"2\.55  from 32  ◀", screen_text(app))


async def test_a_related_product_opens_in_its_place(shop):
    async with opened(shop, lambda: ProductPage("22754")) as (app, pilot):
        shown = await press(app, pilot, "down", "right")
        assert "Small yellow Babushka notebook" in shown.splitlines()[2]


async def test_a_picture_is_drawn_beside_the_facts(shop):
    put(shop.path, RED)
    name_picture(shop, "47566", RED)
    async with opened(shop, lambda: ProductPage("47566")) as (app, pilot):
        await app.settle(pilot)
        assert app.screen.query_one(Picture).pixels[0][20][0] == "#ff0000"


async def test_a_picture_is_whole_after_the_terminal_became_narrow(shop):
    put(shop.path, RED)
    name_picture(shop, "47566", RED)
    async with opened(shop, lambda: ProductPage("47566")) as (app, pilot):
        await app.settle(pilot)
        await pilot.resize_terminal(80, 24)
        await app.settle(pilot)
        picture = app.screen.query_one(Picture)
        assert picture.size.width < 30
        assert {len(row) for row in picture.pixels} == {picture.size.width}


async def test_the_configuration_can_ask_for_the_terminals_own_pixels(shop):
    put(shop.path, RED)
    name_picture(shop, "47566", RED)
    app = ShopApp(shop, lambda: ProductPage("47566"))
    app.picture_protocol = "kitty"
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        picture = app.screen.query_one(Picture)
        assert isinstance(picture.graphic, KittyPicture)
        assert picture.pixels == ()


async def test_a_picture_that_has_not_come_yet_is_said(shop):
    name_picture(shop, "47566", RED)
    async with opened(shop, lambda: ProductPage("47566")) as (app, _):
        assert "picture not fetched yet" in screen_text(app)


async def test_a_picture_that_is_none_is_said_and_all_else_is_shown(shop):
    name_picture(shop, "47566", b"no picture")
    put(shop.path, b"no picture")
    async with opened(shop, lambda: ProductPage("47566")) as (app, pilot):
        await app.settle(pilot)
        assert "The picture cannot be read." in screen_text(app)
        assert "Party bunting" in screen_text(app)


@pytest.mark.parametrize("sku", ["47566", "22754", "85123A"])
def test_a_page_costs_the_same_number_of_queries_whatever_there_is_to_show(shop, sku):
    asked = []
    reader = shop.bench._sources.reader
    reader.rows("SELECT 1")
    reader._connection.set_trace_callback(asked.append)
    shop.bench.cards.card(sku, shop.bench.customers.get("c1"))
    reader._connection.set_trace_callback(None)
    assert len([query for query in asked if query.lstrip().startswith("SELECT")]) <= 20


@pytest.mark.parametrize(
    ("gtin", "size", "sent"),
    [("9520226660006", (120, 40), "]E09520226660006"), ("9520226660001", (80, 24), "]Q19520226660001")],
)
async def test_a_products_barcode_on_the_screen_is_read_by_another_scanner(shop, gtin, size, sent):
    rename_code(shop, "22666", gtin)
    async with opened(shop, lambda: ProductPage("22666"), size) as (app, pilot):
        shown = await press(app, pilot, "b")
        assert isinstance(app.screen, ProductCodeSheet)
        assert gtin in shown
        cells = app.screen.query_one("#code")
        region, lines = cells.region, app.screen._compositor.render_strips()
        drawn = [lines[row].text[region.x : region.right] for row in range(region.y, region.bottom)]
        assert seen(picture_of_cells("\n".join(drawn))) == {sent}
        await press(app, pilot, "escape")
        assert isinstance(app.screen, ProductPage)


async def test_a_product_without_a_number_shows_its_sku(shop):
    async with opened(shop, lambda: ProductPage("47566"), (80, 24)) as (app, pilot):
        shown = await press(app, pilot, "b")
        assert re.search(r"│ *47566 +│", shown)
