"""Finding a product by a picture, in the terminal."""

import pytest
from textual.widgets import Input

from tests.support.drawing import put
from tests.support.gift_shop import furnish
from tests.support.ui import ShopApp, press, screen_text
from tests.unit.services.test_picture_search import SKUS, drawn, name, packed
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage


@pytest.fixture
async def shop(folder):
    furnish(folder)
    for sku in SKUS:
        content = packed(drawn(sku))
        put(folder.path, content)
        name(folder, sku, content)
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        yield app, pilot


async def ask_with(app, pilot, file):
    await press(app, pilot, "alt+i")
    app.screen.query_one(Input).value = str(file)
    return await press(app, pilot, "enter")


async def test_a_picture_finds_its_product_and_enter_shows_it(shop, tmp_path):
    app, pilot = shop
    file = tmp_path / "bunting.jpg"
    file.write_bytes(packed(drawn("47566", (200, 200)), "JPEG"))
    shown = await ask_with(app, pilot, file)
    assert "Products with a picture like that" in shown, app.said
    shown = await press(app, pilot, "enter")
    assert isinstance(app.screen, ProductPage)
    assert "Party bunting" in shown
    await press(app, pilot, "enter", "escape")
    assert "Party bunting" in screen_text(app)
    assert [line.sku for line in app.screen.view.cart.lines] == ["47566"]


async def test_a_file_that_is_no_picture_is_said_where_its_name_stands(shop, tmp_path):
    app, pilot = shop
    file = tmp_path / "notes.txt"
    file.write_text("bunting")
    shown = await ask_with(app, pilot, file)
    assert "cannot be read as a picture" in " ".join(shown.replace("│", " ").split())
    assert app.screen.query_one(Input).value == str(file)
    assert "Enter finds" in shown


async def test_the_cart_can_ask_with_a_picture_too(shop):
    app, pilot = shop
    assert "Find by a picture" in await press(app, pilot, "f4", "alt+i")


async def test_nothing_typed_asks_nothing(shop):
    app, pilot = shop
    await press(app, pilot, "alt+i", "enter")
    assert isinstance(app.screen, OrderPage)
    assert app.said == []
