"""What people see. A picture that changed on purpose is accepted with --snapshot-update, after looking at it."""

import time
from contextlib import closing
from dataclasses import replace
from math import sin

import pytest

from tests.support.cart_line import CartLine
from tests.support.fake_carts import FakeCarts
from tests.support.ui import KIM, Folder
from tests.ui.test_customers import history as buy
from wizterm.domain.details import Dot, Signature
from wizterm.screens import settings
from wizterm.screens.carts import CartsSheet
from wizterm.screens.customer import CustomerPage
from wizterm.screens.details import DetailsSheet
from wizterm.screens.document import DocumentPage
from wizterm.screens.new_customer import NewCustomerSheet
from wizterm.screens.orders import OrdersPage
from wizterm.screens.queue import QueuePage
from wizterm.screens.quick_customer import QuickCustomerSheet
from wizterm.screens.reorder import ReorderSheet
from wizterm.screens.settings import SettingsPage
from wizterm.screens.sign import SignSheet
from wizterm.screens.sign_in import SignInScreen
from wizterm.services.door import Door
from wizterm.services.order_details import choices, filled

SMALL = (80, 24)


def sign_in(folder, last=None):
    door = Door(folder.path.parent, connect=lambda _: None, clock=folder.clock, new_id=str, folder=folder.path)
    return lambda: SignInScreen(door, last=last)


def test_the_first_sign_in(folder, looks_as_ever):
    assert looks_as_ever(sign_in(folder), "f10", size=SMALL)


def test_sign_in_on_a_machine_that_knows_its_rep(folder, looks_as_ever):
    assert looks_as_ever(sign_in(folder, KIM))


def test_settings(looks_as_ever, monkeypatch):
    monkeypatch.setattr(settings, "__version__", "1.2.3")
    assert looks_as_ever(SettingsPage)


def test_settings_small(looks_as_ever, monkeypatch):
    monkeypatch.setattr(settings, "__version__", "1.2.3")
    assert looks_as_ever(SettingsPage, "down", size=SMALL)


def test_settings_in_the_sun(looks_as_ever, monkeypatch):
    monkeypatch.setattr(settings, "__version__", "1.2.3")
    assert looks_as_ever(SettingsPage, *["down"] * 4, "enter", size=SMALL)


def test_orders(week, looks_as_ever):
    assert looks_as_ever(OrdersPage, "down")


def test_orders_small(week, looks_as_ever):
    assert looks_as_ever(OrdersPage, *"ost", size=SMALL)


def test_no_orders_yet(looks_as_ever):
    assert looks_as_ever(OrdersPage, size=SMALL)


def test_a_queue_with_trouble(week, looks_as_ever):
    assert looks_as_ever(QueuePage)


def test_a_queue_that_waits_small(week, looks_as_ever):
    assert looks_as_ever(QueuePage, "right", "down", "down", "down", size=SMALL)


def test_an_order(week, looks_as_ever):
    assert looks_as_ever(lambda: DocumentPage(week["refused"]))


def test_an_order_small(week, looks_as_ever):
    assert looks_as_ever(lambda: DocumentPage(week["confirmed"]), size=SMALL)


def test_a_new_customer_with_a_fault(looks_as_ever):
    assert looks_as_ever(NewCustomerSheet, "tab", "tab", *"amy", "f10", "tab")


def test_a_new_customer_small(looks_as_ever):
    assert looks_as_ever(lambda: NewCustomerSheet("The Paper Lantern"), "tab", size=SMALL)


def test_leaving_a_form_with_words_in_it(looks_as_ever):
    assert looks_as_ever(NewCustomerSheet, *"Lune", "escape", size=SMALL)


def some_carts(folder):
    """One for a customer, one for a guest, and one that is held."""
    entry = folder.bench.entry
    entry.begin("c1")
    entry.add("85123A", 64)
    entry.add("22423", 12)
    folder.bench.shelf.rename(entry.current().cart.id, "spring restock")
    folder.clock.advance(3 * 3600)
    entry.begin("c2")
    entry.add("47566", 10)
    folder.bench.shelf.hold_or_reopen(entry.current().cart.id)
    entry.begin()
    entry.add("47566", 1)
    folder.clock.advance(240)


def test_the_list_of_carts(folder, looks_as_ever):
    some_carts(folder)
    assert looks_as_ever(CartsSheet, "down")


def test_the_list_of_carts_small(folder, looks_as_ever):
    some_carts(folder)
    assert looks_as_ever(CartsSheet, size=SMALL)


@pytest.fixture
def carts_elsewhere(folder, tmp_path, monkeypatch):
    """One that is here, one handed over, one from another device, and one that another device went on with."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    laptop = CartLine(FakeCarts(now=folder.clock.now), "laptop", folder)
    with closing(Folder(tmp_path / "kiosk", first_id=1001)) as other:
        kiosk = CartLine(laptop.server, "booth 2", other)
        carts = (laptop, "fair, day 1", "47566"), (kiosk, "window", "22423"), (laptop, "refill", "22423")
        for line, name, sku in carts:
            line.folder.bench.entry.begin("c2" if line is kiosk else "c1")
            cart = line.folder.bench.entry.add(sku, 12).cart
            line.folder.bench.shelf.rename(cart.id, name)
            line.hand_over_the_cart_at_hand()
            if name == "fair, day 1":
                kiosk.take_the_only_one()
    folder.clock.advance(3 * 3600)
    folder.bench.entry.begin("c3")
    folder.bench.entry.add("47566", 6)
    laptop()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("carts_elsewhere")
def test_the_list_of_carts_with_those_on_the_server(looks_as_ever):
    assert looks_as_ever(CartsSheet, "end", "up")


@pytest.mark.usefixtures("carts_elsewhere")
def test_the_list_of_carts_with_those_on_the_server_small(looks_as_ever):
    assert looks_as_ever(CartsSheet, "down", size=SMALL)


def details(folder):
    folder.bench.entry.begin("c1")
    view = folder.bench.entry.add("47566", 10)
    policy = replace(folder.bench.policy, required=frozenset({"po_number"}))
    signature = Signature("Amy Ross", folder.clock.now())
    return lambda: DetailsSheet(filled(view), choices(view, policy), signature, folder.clock.today())


def test_order_details(folder, looks_as_ever):
    assert looks_as_ever(details(folder), *"PO-17", "enter")


def test_order_details_small(folder, looks_as_ever):
    assert looks_as_ever(details(folder), *["tab"] * 7, *"31/2", "f10", size=SMALL)


def signed(folder):
    """A wave, as somebody in a hurry signs."""
    stroke = tuple(Dot(4 + x, 16 + round(9 * sin(x / 6)), x * 10) for x in range(0, 120, 2))
    return lambda: SignSheet(Signature("Amy Ross", folder.clock.now(), (stroke,), 140, 24))


def test_a_signature(folder, looks_as_ever):
    assert looks_as_ever(signed(folder))


def test_a_signature_small(folder, looks_as_ever):
    assert looks_as_ever(signed(folder), size=SMALL)


def test_orders_that_need_attention(week, looks_as_ever):
    assert looks_as_ever(OrdersPage, "tab", "s", "s", "s", "s", size=SMALL)


def test_ordering_again(week, folder, looks_as_ever):
    summary = folder.bench.documents.summary(week["confirmed"])
    assert looks_as_ever(lambda: ReorderSheet(summary), "down", "space", size=SMALL)


def test_a_customers_page(folder, looks_as_ever):
    buy(folder)
    assert looks_as_ever(lambda: CustomerPage("c1"), "right", "right")


def test_a_customers_page_small(folder, looks_as_ever):
    buy(folder)
    assert looks_as_ever(lambda: CustomerPage("c1"), size=SMALL)


def test_a_new_customer_in_three_fields(looks_as_ever):
    assert looks_as_ever(QuickCustomerSheet, *"Lune", "enter", *"Ada", "enter", *"ada", "f10", size=SMALL)
