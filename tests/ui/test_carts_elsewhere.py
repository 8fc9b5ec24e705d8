"""A cart is continued on another device, from the list of carts and by keys alone."""

import time
from contextlib import asynccontextmanager

import pytest
from msgspec.structs import replace

from tests.support.cart_line import CartLine
from tests.support.fake_carts import FakeCarts
from tests.support.ui import ShopApp, press
from wizterm.protocol.documents import fingerprint
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.screens.carts import CartsSheet
from wizterm.services.cart_shelf import CartShelf
from wizterm.services.outlook import Outlook


@pytest.fixture(autouse=True)
def in_utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def laptop(folder):
    return CartLine(FakeCarts(now=folder.clock.now), "laptop", folder)


@pytest.fixture
def kiosk(laptop, opened, tmp_path):
    return CartLine(laptop.server, "kiosk", opened(tmp_path / "kiosk", first_id=1001))


def fill(line, name="spring restock", count=10):
    """A cart for Café Ost is at hand; its id."""
    line.folder.bench.entry.begin("c2")
    cart = line.folder.bench.entry.add("47566", count).cart
    line.folder.bench.shelf.rename(cart.id, name)
    return cart.id


@asynccontextmanager
async def at_the_carts(line, size=(120, 40)):
    app = ShopApp(line.folder, CartsSheet)
    app.syncing.hand_over = line
    async with app.run_test(size=size) as pilot:
        await app.settle(pilot)
        yield app, pilot


async def test_one_key_hands_a_cart_over_and_one_takes_it_on_the_other_device(laptop, kiosk):
    cart = fill(laptop)
    async with at_the_carts(laptop) as (app, pilot):
        said = await press(app, pilot, "o")
        assert "☁ on the server" in said
        assert "⌂ here" not in said
        assert app.said[-1] == "spring restock is on the server now: take it up on another device of yours."
    async with at_the_carts(kiosk) as (app, pilot):
        said = await press(app, pilot, "home")
        at = kiosk.folder.clock.now()
        assert f"☁ from laptop, {at:%H:%M}" in said
        said = await press(app, pilot, "enter")
        (row,) = [line for line in said.splitlines() if "spring restock" in line]
        assert all(words in row for words in ("▸", "Café Ost", "GBP 46.50", "⌂ here"))
        assert "☁" not in said
        assert app.said[-1] == "spring restock is on this device now."
    assert kiosk.folder.bench.entry.current().cart.id == cart
    async with at_the_carts(laptop) as (app, pilot):
        assert "→ continued on kiosk" in await press(app, pilot, "home")
        assert "No cart is open" in await press(app, pilot, "delete")
        assert app.said[-1] == "Listed here no more: kiosk has it."


async def test_without_a_network_they_are_listed_and_it_is_said_why_they_stay(laptop, kiosk):
    fill(kiosk)
    kiosk.hand_over_the_cart_at_hand()
    fill(laptop, "booth 7")
    laptop()
    async with at_the_carts(laptop) as (app, pilot):
        app.outlook = Outlook(words="No network")
        said = await press(app, pilot, "o")
        assert "☁ from kiosk" in said
        assert app.said[-1] == "Going on with a cart on another device is online only: no network."
        said = await press(app, pilot, "down", "enter")
        assert "☁ from kiosk" in said
        assert said.count("online only: no network.") >= 1
        assert app.said[-1] == "Going on with a cart on another device is online only: no network."
    assert len(laptop.folder.bench.shelf.all()) == 1


async def test_the_old_device_can_take_a_cart_back_and_undo_in_it(laptop):
    cart = fill(laptop)
    async with at_the_carts(laptop) as (app, pilot):
        await press(app, pilot, "o")
        assert "⌂ here" in await press(app, pilot, "o")
    assert laptop.folder.bench.entry.current().cart.id == cart
    assert laptop.folder.bench.steps.undo().said == "Undone."


async def test_a_cart_on_the_server_is_not_changed_here(laptop):
    fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    async with at_the_carts(laptop) as (app, pilot):
        for key in ("m", "h", "s", "r", "delete"):
            await press(app, pilot, key)
            assert (
                app.said.pop() == "That cart is not on this device: Enter takes it here, where no other device has it."
            )
        assert "☁ on the server" in await press(app, pilot, "home")


async def test_who_comes_second_is_told_who_has_it(laptop, kiosk):
    fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    async with at_the_carts(laptop) as (app, pilot):
        kiosk.take_the_only_one()
        said = await press(app, pilot, "enter")
        assert "→ continued on kiosk" in said
        assert "It was continued on kiosk." in app.said


async def test_what_went_wrong_on_the_way_is_said_and_the_cart_is_locked_until_it_is_known(laptop):
    fill(laptop)

    def cut_off():
        laptop.server.keep = lambda *_: (_ for _ in ()).throw(
            UnreachableError("The connection broke before the answer was complete.", Unreachable.CUT_OFF)
        )
        return laptop()

    async with at_the_carts(laptop) as (app, pilot):
        app.syncing.hand_over = cut_off
        said = await press(app, pilot, "o")
        assert "☁ on its way" in said
        assert "locked until it does" in said
        assert app.said[-1] == "The connection broke before the answer was complete."
        await press(app, pilot, "c")
    assert laptop.folder.bench.entry.current().cart.name == "copy of spring restock"


async def test_a_list_that_cannot_be_read_is_said_once_and_not_read_again_by_itself(laptop, monkeypatch):
    async with at_the_carts(laptop) as (app, pilot):
        asked = []

        def broken(_):
            asked.append("again")
            raise ArithmeticError

        monkeypatch.setattr(CartShelf, "all", broken)
        app.screen.list_carts()
        await app.settle(pilot)
        assert asked == ["again"]


async def test_a_cart_that_cannot_be_read_stands_in_the_list_and_is_taken_off_it(laptop, kiosk):
    fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    (kept,) = laptop.server.kept.values()
    kept.body = '{"version":1,"cart":{"id":"x"}}'
    kept.handed = replace(kept.handed, sha256=fingerprint(kept.body), label=replace(kept.handed.label, currency="x"))
    kiosk.take_the_only_one()
    async with at_the_carts(kiosk) as (app, pilot):
        said = await press(app, pilot, "home")
        assert "! cannot be read" in said
        assert "update this WizTerm, or ask the office" in said
        assert "! cannot be read" not in await press(app, pilot, "delete")
