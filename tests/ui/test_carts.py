from contextlib import asynccontextmanager

import pytest

from tests.support.ui import ShopApp, press, screen_text
from wizterm.screens.order import OrderPage


@asynccontextmanager
async def at_the_order(folder, size=(120, 40)):
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=size) as pilot:
        await app.settle(pilot)
        yield app, pilot


@pytest.fixture
async def order(folder):
    async with at_the_order(folder) as (app, pilot):
        yield app, pilot


async def test_u_takes_the_last_change_back_and_capital_u_does_it_again(order):
    app, pilot = order
    await press(app, pilot, *"12*bunting", "enter")
    said = await press(app, pilot, "f4", "delete")
    assert "The cart is empty" in said
    assert "55.80" in await press(app, pilot, "u")
    assert app.said[-1] == "Undone: 47566."
    assert "The cart is empty" in await press(app, pilot, "U")
    await press(app, pilot, "U")
    assert app.said[-1] == "There is nothing to do again in this cart."


async def test_undo_works_while_one_types_a_search(order):
    app, pilot = order
    await press(app, pilot, *"bunting", "enter")
    await press(app, pilot, "ctrl+z")
    assert "The cart is empty" in screen_text(app)


async def test_choosing_the_customer_can_be_undone(order):
    app, pilot = order
    await press(app, pilot, "f3", *"ost", "enter")
    assert app.screen.note == "Café Ost"
    await press(app, pilot, "f4", "u")
    assert app.screen.note == "guest cart"


async def test_undo_reaches_back_past_a_restart(opened, tmp_path):
    folder = opened(tmp_path)
    async with at_the_order(folder) as (app, pilot):
        await press(app, pilot, *"bunting", "enter")
    folder.close()
    async with at_the_order(opened(tmp_path, synced=False)) as (app, pilot):
        assert "4.65" in screen_text(app)
        assert "The cart is empty" in await press(app, pilot, "f4", "u")
