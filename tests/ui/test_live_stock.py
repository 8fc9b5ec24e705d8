from datetime import timedelta
from decimal import Decimal

import pytest

from tests.support.ui import ShopApp, press
from wizterm.domain.product import Stock
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage
from wizterm.services.online_only import why_not
from wizterm.services.outlook import Mood, Outlook


@pytest.fixture
async def order(folder):
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        yield app, pilot


async def test_live_stock_is_asked_for_from_the_row_under_the_cursor(order):
    app, pilot = order
    app.syncing.stock = Stock(Decimal(7), app.folder.clock.now() - timedelta(minutes=3))
    await press(app, pilot, *"bunting", "alt+s")
    await app.settle(pilot)
    assert app.syncing.asked[-1] == "stock 47566"
    assert app.said[-1] == "47566: 7 in stock, counted 3 min ago."


async def test_where_the_erp_did_not_answer_the_last_count_comes_with_the_reason(order):
    app, pilot = order
    counted = app.folder.clock.now() - timedelta(hours=3)
    app.syncing.stock = Stock(Decimal(7), counted, "The ERP did not answer within 3 seconds.")
    await press(app, pilot, *"bunting", "alt+s")
    await app.settle(pilot)
    assert app.said[-1] == "47566: 7 in stock, counted 3 h ago. The ERP did not answer within 3 seconds."


async def test_without_a_network_live_stock_says_why_not_and_asks_nobody(order):
    app, pilot = order
    app.outlook = Outlook(words="No network")
    await press(app, pilot, *"bunting", "alt+s")
    assert "stock 47566" not in app.syncing.asked
    assert app.said[-1].startswith("Live stock is online only: no network.")


async def test_what_went_wrong_on_the_way_is_said(order):
    app, pilot = order
    app.syncing.live_stock = lambda sku: 1 / 0
    await press(app, pilot, *"bunting", "alt+s")
    await app.settle(pilot)
    assert "ZeroDivisionError" in app.said[-1]


async def test_the_product_page_asks_with_a_letter(folder):
    app = ShopApp(folder, lambda: ProductPage("47566"))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        await press(app, pilot, "s")
        await app.settle(pilot)
        assert app.said[-1] == "47566: the company keeps no count of it."


async def test_payments_say_that_they_are_online_only(order):
    app, pilot = order
    await press(app, pilot, "alt+p")
    assert app.said[-1] == "Payments are online only, and not set up by your company."


def test_only_what_needs_a_network_is_held_back():
    online = Outlook(mood=Mood.ONLINE)
    assert why_not("order.create", Outlook()) == ""
    assert why_not("catalogue.live-stock", online) == ""
    assert why_not("order.pay", online)
