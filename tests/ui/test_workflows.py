"""The workflows that the two articles describe, from beginning to end, with nothing but the keyboard.

The device has no network throughout: what is created waits in the queue.
"""

import pytest

from tests.support.ui import ShopApp, press, screen_text
from wizterm.domain.document import State
from wizterm.protocol.bodies import Address
from wizterm.screens.order import OrderPage
from wizterm.services.outlook import Outlook

OFFLINE = Outlook(words="No network")
SIZES = [(120, 40), (80, 24)]


@pytest.fixture(params=SIZES, ids=["wide", "narrow"])
async def desk(request, folder):
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=request.param) as pilot:
        app.outlook = OFFLINE
        await app.settle(pilot)
        yield app, pilot


def newest(folder):
    summary = folder.bench.papers.page("").summaries[0]
    return summary, folder.bench.papers.paper(summary.document).body


async def test_wizorder_e_customer_products_review_discount_create(desk):
    app, pilot = desk
    await press(app, pilot, "f3", *"paper", "enter")
    await press(app, pilot, *"12*bunting", "enter")
    said = await press(app, pilot, "f4")
    assert ("47566" in said, "12" in said, "55.80" in said) == (True, True, True)
    await press(app, pilot, "percent_sign", "5", "enter")
    assert str(app.screen.view.totals.total) == "53.01"
    await press(app, pilot, "f10", "enter")
    summary, body = newest(app.folder)
    assert (summary.state, summary.customer_name, str(body.total)) == (State.QUEUED, "The Paper Lantern", "53.01")


async def test_wizorder_e_offline_search_is_by_name_and_by_sku(desk):
    app, pilot = desk
    assert "Regency cakestand" in await press(app, pilot, *"cakest")
    assert "White hanging heart" in await press(app, pilot, "escape", *"85123")


async def test_wizorder_f_a_new_customer_with_every_field_is_there_to_order_for(desk):
    app, pilot = desk
    await press(app, pilot, "f3", "f2")
    await press(app, pilot, *"Lune", "enter", *"Ada", "enter", *"ada@lune.example", "enter", *"+33 4 55 50 10", "enter")
    await press(app, pilot, *"1 Rue", "enter", *"Lyon", "enter", *"69001", "enter", *"FR", "enter")
    await press(app, pilot, *"2 Quai", "enter", *"Lyon", "enter", *"69002", "enter", *"FR", "enter")
    await press(app, pilot, "tab", *"30 days", "enter", *"JO", "f10")
    customer = app.screen.view.customer
    assert (customer.name, customer.payment_terms, customer.price_list) == ("Lune", "30 days", "retail")
    await press(app, pilot, *"bunting", "enter")
    await press(app, pilot, "f10", "enter")
    summary, body = newest(app.folder)
    assert (summary.customer_name, summary.state) == ("Lune", State.QUEUED)
    assert body.customer.shipping == Address(line="2 Quai", city="Lyon", postcode="69002", country="FR")


async def test_onsight_customer_products_cart_create_at_once(desk):
    app, pilot = desk
    await press(app, pilot, "f3", *"ost", "enter")
    await press(app, pilot, *"cakestand", "enter")
    assert "10.95" in await press(app, pilot, "f4")
    said = await press(app, pilot, "f10", "enter")
    assert "Kept on this machine" in said
    assert newest(app.folder)[0].state is State.QUEUED


async def test_onsight_next_asks_for_details_and_the_signature_before_create(desk):
    app, pilot = desk
    await press(app, pilot, "f3", *"paper", "enter")
    await press(app, pilot, *"cakestand", "enter")
    await press(app, pilot, "f8", *"PO-9", "enter", *"Amy", "enter", "tab", *"Dock 4", "enter")
    await press(app, pilot, "enter", "enter", "enter", *"fri", "shift+tab", "shift+tab")
    await press(app, pilot, *["tab"] * 6, "enter", "f10")
    await press(app, pilot, "f10")
    await press(app, pilot, "f10", "enter")
    _, body = newest(app.folder)
    assert (body.po_number, body.contact, body.signature.name) == ("PO-9", "Amy", "Amy")
    assert (body.delivery.line, str(body.deliver_from)) == ("Dock 4", "2026-03-06")


async def test_wizorder_g_a_quote_is_made_from_the_cart(desk):
    app, pilot = desk
    await press(app, pilot, "f3", *"ost", "enter")
    await press(app, pilot, *"cakestand", "enter")
    await press(app, pilot, "f10", "q")
    assert newest(app.folder)[1].kind == "quote"


async def test_wizorder_faq_what_was_submitted_is_there_after_the_battery_died(opened, tmp_path):
    folder = opened(tmp_path)
    folder.order(1)
    folder.close()
    again = opened(tmp_path, synced=False)
    app = ShopApp(again, OrderPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        assert newest(again)[0].state is State.QUEUED
        assert screen_text(app)
