import re
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from rich.cells import cell_len

from tests.support.outbox_device import FakeClock
from tests.support.ui import ShopApp, press, screen_text
from wizterm.screens.cart_rows import columns, row_of
from wizterm.screens.order import OrderPage
from wizterm.services.cart_summary import CartSummary, Where
from wizterm.widgets.row_line import begun, line, widened


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
    assert app.said[-1] == "There is nothing to redo in this cart."


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


async def two_carts(app, pilot):
    """Bunting for a guest, then a cakestand for Café Ost, which is at hand."""
    await press(app, pilot, *"bunting", "enter")
    await press(app, pilot, "ctrl+n")
    await press(app, pilot, "f3", *"ost", "enter")
    await press(app, pilot, *"cakestand", "enter")


async def test_f4_twice_lists_every_cart_with_customer_lines_and_total(order):
    app, pilot = order
    await two_carts(app, pilot)
    said = await press(app, pilot, "f4", "f4")
    (ost,) = [line for line in said.splitlines() if "▸" in line]
    assert "Café Ost" in ost
    assert "GBP 10.95" in ost
    assert "⌂ here" in ost
    assert any("guest cart" in line and "GBP 4.65" in line for line in said.splitlines())


async def test_carts_are_listed_alike_with_a_network_and_without(order):
    app, pilot = order
    await two_carts(app, pilot)
    app.outlook = type(app.outlook)(words="No network")
    said = await press(app, pilot, "f4", "c")
    assert said.count("⌂ here") == 2


async def test_enter_in_the_list_goes_to_the_cart_under_the_cursor(order):
    app, pilot = order
    await two_carts(app, pilot)
    await press(app, pilot, "f4", "c", "down", "enter")
    assert app.screen.view.cart.customer == ""
    assert "Cart 1 of 2" in screen_text(app)


async def test_one_key_goes_to_the_next_cart(order):
    app, pilot = order
    await two_carts(app, pilot)
    assert "Cart 1 of 2" in await press(app, pilot, "ctrl+y")
    assert "Cart 2 of 2" in await press(app, pilot, "ctrl+y")


async def test_a_cart_is_named_held_and_taken_up_again(order):
    app, pilot = order
    await two_carts(app, pilot)
    await press(app, pilot, "f4", "c", "r")
    said = await press(app, pilot, *"spring", "enter")
    assert "spring" in said
    assert "‖ held" in await press(app, pilot, "h")
    await press(app, pilot, "escape")
    assert "Party bunting" in screen_text(app)
    await press(app, pilot, "c", "down", "h", "escape")
    assert app.screen.view.cart.name == "spring"


async def test_two_carts_are_merged_at_the_customers_prices(order):
    app, pilot = order
    await two_carts(app, pilot)
    await press(app, pilot, "f4", "c", "down", "m")
    assert [line.sku for line in app.screen.view.cart.lines] == ["22423", "47566"]
    assert app.screen.view.carts == 1


async def test_a_copy_is_a_cart_of_its_own(order):
    app, pilot = order
    await two_carts(app, pilot)
    await press(app, pilot, "f4", "c", "c")
    assert app.screen.view.cart.name == "copy"
    assert app.screen.view.carts == 3


async def test_a_cart_thrown_away_by_mistake_comes_back(order):
    app, pilot = order
    await two_carts(app, pilot)
    said = await press(app, pilot, "f4", "c", "delete")
    assert said.count("⌂ here") == 1
    await press(app, pilot, "u", "escape")
    assert app.screen.view.customer.name == "Café Ost"


async def test_a_guest_cart_is_given_its_customer_later_and_the_change_is_said(order):
    app, pilot = order
    await press(app, pilot, *"bunting", "enter")
    await press(app, pilot, "f3", *"paper", "enter")
    assert app.said[-1].startswith("Priced for The Paper Lantern: 4.65 GBP.")


async def test_lines_for_another_day_are_split_off(order):
    app, pilot = order
    await press(app, pilot, *"bunting", "enter")
    await press(app, pilot, *"cakestand", "enter")
    await press(app, pilot, "f4", "t")
    said = await press(app, pilot, *"12/4", "enter")
    assert "12/4 " in said
    said = await press(app, pilot, "c", "s")
    assert said.count("⌂ here") == 2


async def test_a_day_that_is_none_is_said_and_changes_nothing(order):
    app, pilot = order
    await press(app, pilot, *"bunting", "enter")
    await press(app, pilot, "f4", "t")
    assert "'31/2' is no day" in await press(app, pilot, *"31/2", "enter")


async def test_on_a_narrow_screen_a_cart_without_a_name_leaves_the_room_to_its_customer(folder):
    folder.bench.entry.begin("c1")
    folder.bench.entry.add("47566", 1)
    async with at_the_order(folder, size=(80, 24)) as (app, pilot):
        said = await press(app, pilot, "f4", "f4")
        assert re.search(r"▸ {2,9}The Paper Lantern", said)


async def test_the_cart_behind_the_list_is_the_one_at_hand_at_once(order):
    app, pilot = order
    await two_carts(app, pilot)
    page = app.screen
    await press(app, pilot, "f4", "f4", "D")
    assert page.view.cart.customer == ""


async def test_where_there_is_room_the_list_of_carts_names_all_its_keys(order):
    app, pilot = order
    said = await press(app, pilot, "f4", "f4")
    assert "s split by day · Del discard · u bring back · Esc back" in said


@pytest.mark.parametrize(("terminal", "least"), [(60, 12), (80, 20), (120, 30)])
@pytest.mark.parametrize(
    "customer", ["The Paper Lantern of Upper Stonegate, York", "日本語の長い店の名前です株式会社東京本店支社"]
)
def test_a_customers_name_keeps_both_its_ends_and_most_of_the_room_beside_what_is_said_of_the_cart(
    customer, terminal, least
):
    clock = FakeClock()
    cart = CartSummary(
        id="1",
        name="spring restock",
        customer=customer,
        lines=12,
        total=Decimal("1240.50"),
        currency="GBP",
        touched_at=clock.now() - timedelta(hours=3),
        where=Where.GONE,
        device="laptop",
        cart="1",
    )
    row = row_of(cart, clock, online=True, width=terminal)
    room = min(terminal, 110) - 5
    shown = line(row.cells, widened(begun(columns(terminal)), columns(terminal), [row]), room)
    assert cell_len(shown) == room
    (found,) = re.findall(rf"{customer[:2]}[^…]*…[^…]*?{customer[-2:]}", shown)
    assert cell_len(found) >= least
    assert ("→ taken" if terminal < 100 else "→ continued on laptop") in shown


async def test_the_order_sheet_leaves_no_gap_where_there_is_nothing_to_tell(folder):
    async with at_the_order(folder, (80, 24)) as (app, pilot):
        await press(app, pilot, *"bunting", "enter", "f3", *"ost", "enter", "f10")
        shown = screen_text(app)
    sheet = shown[shown.index("╭─ Create order") : shown.index("Enter order")]
    inside = [line.strip(" │╭╮╰╯─") for line in sheet.splitlines()[1:-1]]
    assert not any(not before and not after for before, after in pairwise(inside))
    assert (inside[0], inside[1], inside[-1]) == ("", "Café Ost", "")
