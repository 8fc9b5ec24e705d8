"""The footer offers what does something just now, and nothing else."""

import pytest

from tests.support.ui import busy_week, opened, press
from wizterm.domain.document import Kind
from wizterm.screens.customer import CustomerPage
from wizterm.screens.document import DocumentPage
from wizterm.screens.order import OrderPage
from wizterm.screens.orders import OrdersPage
from wizterm.screens.queue import QueuePage

WIDE = (200, 40)


def offered(text):
    """The titles in the footer, without their keys."""
    return {title.strip().partition(" ")[2] for title in text.splitlines()[-1].split("  ") if title.strip()}


@pytest.fixture
def waiting(folder):
    return folder.order(1)


@pytest.fixture
def papers(folder):
    """One of each, the newest first: a quote that waits, one that was taken back, an order refused, one confirmed."""
    folder.confirm(folder.order(1), "SO-1")
    folder.refuse(folder.order(1), "The account is on stop.")
    folder.bench.taking_back.cancel(folder.order(1, kind=Kind.QUOTE))
    folder.order(1, kind=Kind.QUOTE)
    return folder


async def test_the_list_of_orders_offers_what_can_be_done_with_the_one_under_the_cursor(papers):
    async with opened(papers, OrdersPage, WIDE) as (app, pilot):
        found = [offered(await press(app, pilot, key)) for key in ("tab", "down", "down", "down")]
    of_an_order = {"Order it", "Revise", "Cancel"}
    assert [each & of_an_order for each in found] == [{"Order it", "Cancel"}, set(), {"Revise", "Cancel"}, {"Cancel"}]
    assert all({"Open", "Reorder", "PDF", "Export"} <= each for each in found)


async def test_an_empty_list_of_orders_offers_nothing_that_needs_one(folder):
    async with opened(folder, OrdersPage, WIDE) as (app, pilot):
        assert not {"Open", "Reorder", "Cancel", "PDF"} & offered(await press(app, pilot, "tab"))


async def test_an_orders_page_offers_what_can_be_done_with_it(folder, waiting):
    async with opened(folder, lambda: DocumentPage(waiting), WIDE) as (app, pilot):
        found = offered(await press(app, pilot))
    assert {"Reorder", "Cancel", "PDF"} <= found
    assert not {"Revise", "Order it"} & found


async def test_the_queue_offers_to_hold_what_waits_and_to_release_what_is_held(folder):
    busy_week(folder)
    async with opened(folder, QueuePage, WIDE) as (app, pilot):
        held = offered(await press(app, pilot, "right", "home"))
        waits = offered(await press(app, pilot, "end"))
        sending = offered(await press(app, pilot, "right"))
    assert ("Hold" in waits, "Release" in waits) == (True, False)
    assert ("Hold" in held, "Release" in held) == (False, True)
    assert not {"Hold", "Release", "Open", "Cancel"} & sending


async def test_an_empty_cart_offers_nothing_that_needs_a_line(folder):
    of_a_line = {"Quantity", "More", "Less", "Note", "Remove"}
    async with opened(folder, OrderPage, WIDE) as (app, pilot):
        assert not of_a_line & offered(await press(app, pilot, "f4"))
        assert of_a_line <= offered(await press(app, pilot, "f2", "enter", "f4"))
        assert not of_a_line & offered(await press(app, pilot, "delete"))


async def test_a_catalogue_that_finds_nothing_offers_nothing_to_add(folder):
    async with opened(folder, OrderPage, WIDE) as (app, pilot):
        assert {"Add", "Product"} <= offered(await press(app, pilot))
        assert not {"Add", "Product"} & offered(await press(app, pilot, *"xqzxqz"))


async def test_the_customers_page_is_offered_once_there_is_a_customer(folder):
    async with opened(folder, OrderPage, WIDE) as (app, pilot):
        assert "Page" not in offered(await press(app, pilot, "f3", "escape"))
        assert "Page" in offered(await press(app, pilot, "f3", "enter", "f3", "escape"))


async def test_a_customers_page_offers_to_open_orders_and_to_add_products(folder, waiting):
    async with opened(folder, lambda: CustomerPage("c1"), WIDE) as (app, pilot):
        orders = offered(await press(app, pilot))
        stocked = offered(await press(app, pilot, "right"))
        wishes = offered(await press(app, pilot, "left", "left"))
    assert {"Open", "Reorder"} <= orders
    assert not {"Open", "Add", "Reorder"} & stocked
    assert not {"Add", "Mark", "All to cart", "Take off"} & wishes


async def test_scan_mode_offers_to_bind_where_a_code_is_unknown(folder):
    async with opened(folder, OrderPage, WIDE) as (app, pilot):
        assert "Bind" not in offered(await press(app, pilot, "f6"))
        assert "Bind" in offered(await press(app, pilot, *"4006381333931", "enter"))
