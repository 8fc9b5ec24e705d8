"""Text from outside is text on every screen: no colour, link, order of reading or length of its own making."""

import unicodedata

import pytest

import tests.support.ui
from tests.support.ui import ShopApp, press, screen_text
from wizterm.domain.customer import Address
from wizterm.domain.details import Details, Signature
from wizterm.domain.document import DocumentId, Kind
from wizterm.screens.choose_customer import ChooseCustomer
from wizterm.screens.document import DocumentPage
from wizterm.screens.order import OrderPage
from wizterm.screens.orders import OrdersPage
from wizterm.screens.queue import QueuePage

SIZES = [(120, 40), (80, 24)]
MARKUP = "[b]x[/]"
HOSTILE = f"{MARKUP}[/]\x1b[31m\x1b]0;own\x07 \u202egpj.exe\u2066 👩‍🚀[@click=app.leave]y[/]\r\n\x9b2J"
LONG = "Wide " * 2_000


@pytest.fixture(autouse=True)
def hostile_catalogue(monkeypatch):
    goods = (("22423", f"{HOSTILE} cakestand", "2.95"), ("47566", f"bunting {LONG}", "4.65"))
    monkeypatch.setattr(tests.support.ui, "GOODS", goods)
    monkeypatch.setattr(tests.support.ui, "CUSTOMERS", (HOSTILE, LONG, "Café Ost"))


@pytest.fixture
def order(folder):
    """An order by the hostile customer, of hostile products, with a hostile note, refused with hostile words."""
    folder.bench.entry.add("22423", 6)
    details = Details(
        po_number=HOSTILE,
        contact=HOSTILE,
        rep=HOSTILE,
        payment_method=HOSTILE,
        delivery=Address(HOSTILE, HOSTILE),
        signature=Signature(HOSTILE, folder.clock.now()),
    )
    folder.bench.entry.detail(details, HOSTILE)
    document: DocumentId = folder.order(1, lines={"47566": 10}, kind=Kind.ORDER)
    folder.refuse(document, HOSTILE)
    return document


def is_text(app):
    """What the screen shows, none of which moves the cursor or turns the reading round."""
    shown = screen_text(app)
    for character in shown.replace("\n", ""):
        assert unicodedata.category(character) not in {"Cc", "Cs"}, f"{character!r} reached the screen"
        assert not "\u202a" <= character <= "\u202e", f"{character!r} reached the screen"
        assert not "\u2066" <= character <= "\u2069", f"{character!r} reached the screen"
    return shown


@pytest.mark.parametrize("size", SIZES)
async def test_on_the_order_page_and_its_sheets(folder, size):
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "enter", "down", "enter")
        assert MARKUP in is_text(app)
        for keys in (["f4"], ["enter"], ["escape", "n"], ["escape", "f3"], ["enter"], ["f4"], ["f10"]):
            await press(app, pilot, *keys)
            is_text(app)
    assert app.return_code in {0, None}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", [OrdersPage, QueuePage, ChooseCustomer])
async def test_in_the_lists(folder, order, screen, size):
    app = ShopApp(folder, screen)
    async with app.run_test(size=size) as pilot:
        await app.settle(pilot)
        is_text(app)
        await press(app, pilot, "down", "end")
        is_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_on_the_page_of_a_document(folder, order, size):
    app = ShopApp(folder, lambda: DocumentPage(order))
    async with app.run_test(size=size) as pilot:
        await app.settle(pilot)
        assert MARKUP in is_text(app)


async def test_in_what_is_said_in_the_corner(folder):
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        app.screen.say(HOSTILE, "error")
        await app.settle(pilot)
        assert MARKUP in is_text(app)


async def test_in_the_frame_of_the_cart(folder):
    """Markup that is closed and was never opened would end the app."""
    folder.bench.entry.add("22423", 6)
    folder.bench.entry.detail(Details(), "[/] [b]dozen")
    async with ShopApp(folder, OrderPage).run_test(size=(120, 40)) as pilot:
        assert "[/] [b]dozen" in await press(pilot.app, pilot)
