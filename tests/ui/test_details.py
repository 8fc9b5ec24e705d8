import msgspec
import pytest

from tests.support.ui import Folder, ShopApp, press, screen_text
from wizterm.domain.customer import Address
from wizterm.domain.details import Details
from wizterm.domain.document import Kind
from wizterm.domain.policy import OrderPolicy
from wizterm.protocol import bodies
from wizterm.screens.document import DocumentPage
from wizterm.screens.order import OrderPage
from wizterm.screens.sign import SignSheet
from wizterm.widgets.signature_pad import SignaturePad


@pytest.fixture
async def order(folder):
    """An order for The Paper Lantern with one line."""
    folder.bench.entry.begin("c1")
    folder.bench.entry.add("47566", 10)
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        yield app, pilot


def submitted(folder):
    """The body of the newest document."""
    document = folder.bench.papers.page("").summaries[0].document
    return folder.bench.papers.paper(document).body


async def test_every_detail_is_typed_by_keyboard_and_goes_into_the_order(order):
    app, pilot = order
    await press(app, pilot, "f8", *"PO-17", "enter", *"Amy Ross", "enter")
    await press(app, pilot, "enter", "down", "down", "enter", "tab")
    await press(app, pilot, *"Dock 4", "enter", *"York", "enter", "enter", "enter")
    await press(app, pilot, *"12/4 to 15/4", "enter", *"JO", "enter", "enter", *"ring first", "f10")
    await press(app, pilot, "f10", "enter")
    body = submitted(app.folder)
    assert (body.po_number, body.contact, body.payment_method, body.sold_by) == (
        "PO-17",
        "Amy Ross",
        "Bank transfer",
        "JO",
    )
    assert body.delivery == bodies.Address(line="Dock 4", city="York")
    assert (str(body.deliver_from), str(body.deliver_to)) == ("2026-04-12", "2026-04-15")
    assert body.note == "ring first"


async def test_nothing_has_to_be_filled_in(order):
    app, pilot = order
    await press(app, pilot, "f8", "f10", "f10", "enter")
    body = submitted(app.folder)
    assert (body.delivery, body.signature, body.po_number) == (None, None, "")


async def test_what_was_typed_is_thrown_away_only_after_a_yes(order):
    app, pilot = order
    asked = await press(app, pilot, "f8", *"PO-17", "escape")
    assert "Leave without keeping?" in asked
    assert "PO-17" in await press(app, pilot, "n")
    await press(app, pilot, "escape", "y")
    assert isinstance(app.screen, OrderPage)
    assert app.screen.view.cart.details.po_number == ""


async def test_details_in_which_nothing_changed_are_left_without_a_question(order):
    app, pilot = order
    await press(app, pilot, "f8", *"PO-17", "f10")
    await press(app, pilot, "f8", "end", *"x", "backspace", "escape")
    assert isinstance(app.screen, OrderPage)


async def test_details_can_be_undone(order):
    app, pilot = order
    await press(app, pilot, "f8", *"PO-17", "f10")
    await press(app, pilot, "ctrl+z")
    assert app.screen.view.cart.details.po_number == ""


async def test_a_delivery_day_that_is_none_is_said_at_its_field(order):
    app, pilot = order
    await press(app, pilot, "f8", *["tab"] * 7, *"31/2")
    said = await press(app, pilot, "f10")
    assert "▲ Deliver on" in said
    assert "'31/2' is no day" in said
    assert app.focused.id == "days"


async def test_a_street_the_customer_has_brings_its_town(order):
    app, pilot = order
    await press(app, pilot, "f8", *["tab"] * 3, *"14")
    await press(app, pilot, "right")
    assert app.screen._typed().city == "York"


async def test_a_typed_name_signs_with_its_time(order):
    app, pilot = order
    await press(app, pilot, "f8", "shift+tab", "enter")
    said = await press(app, pilot, "f10")
    assert "✍ typed by Amy Ross, just now" in said
    await press(app, pilot, "f10", "f10", "enter")
    signature = submitted(app.folder).signature
    assert (signature.name, signature.at, signature.strokes) == ("Amy Ross", app.folder.clock.now(), ())


async def test_a_signature_is_drawn_with_the_pen_and_kept_as_strokes_with_time(order):
    app, pilot = order
    await press(app, pilot, "f8", "shift+tab", "enter")
    pad = app.screen.query_one(SignaturePad)
    await pilot.mouse_down(pad, offset=(2, 2))
    app.folder.clock.advance(0.25)
    await pilot.hover(pad, offset=(10, 4))
    await pilot.mouse_up(pad, offset=(10, 4))
    assert "⠤" in screen_text(app) or "⠒" in screen_text(app) or "⠢" in screen_text(app)
    await press(app, pilot, "f10")
    await press(app, pilot, "f10", "f10", "enter")
    signature = submitted(app.folder).signature
    (stroke,) = signature.strokes
    assert stroke[0] == (3, 6, 0)
    assert stroke[-1] == (19, 14, 250)
    assert (signature.width % 2, signature.height % 4, signature.width > 100) == (0, 0, True)


async def test_a_slip_of_the_pen_is_taken_back(folder):
    app = ShopApp(folder, lambda: SignSheet(None))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        pad = app.screen.query_one(SignaturePad)
        for row in (2, 3):
            await pilot.mouse_down(pad, offset=(2, row))
            await pilot.mouse_up(pad, offset=(2, row))
        await press(app, pilot, "f4")
        assert len(pad.strokes) == 1


async def test_drawing_refreshes_only_the_rows_the_pen_touched(folder):
    app = ShopApp(folder, lambda: SignSheet(None))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        pad = app.screen.query_one(SignaturePad)
        await pilot.mouse_down(pad, offset=(2, 2))
        await app.settle(pilot)
        drawn = []
        pad.refresh = lambda *regions, **_: drawn.extend(region.y for region in regions)
        await pilot.hover(pad, offset=(20, 2))
        assert set(drawn) == {1}


async def test_the_document_page_shows_the_details(order):
    app, pilot = order
    await press(app, pilot, "f8", *"PO-17", "f10", "f10", "enter", "enter")
    document = app.folder.bench.papers.page("").summaries[0].document
    app.push_screen(DocumentPage(document))
    await app.settle(pilot)
    assert "their number PO-17" in screen_text(app)


def test_the_company_can_ask_for_details(tmp_path, opened):
    folder = opened(tmp_path, policy=OrderPolicy(required=frozenset({"po_number"})))
    folder.bench.entry.begin("c1")
    folder.bench.entry.add("47566", 10)
    words = [obstacle.words for obstacle in folder.bench.entry.current().obstacles]
    assert words == ["The company wants the customer's order number: fill it in (F8)."]


def test_an_order_without_details_says_nothing_of_them(folder: Folder):
    document = folder.order(1)
    _, text = folder.bench.documents.body(document)
    assert not {"delivery", "signature", "po_number", "deliver_from"} & msgspec.json.decode(text).keys()


def test_a_quote_without_a_day_holds_as_long_as_the_company_gives(folder: Folder):
    quote = folder.order(1, kind=Kind.QUOTE)
    assert str(folder.bench.papers.paper(quote).body.valid_until) == "2026-04-01"


async def test_a_signature_does_not_outlive_a_change_of_what_was_signed(order):
    app, pilot = order
    await press(app, pilot, "f8", "shift+tab", "enter", "f10")
    await press(app, pilot, "f10")
    assert app.screen.view.cart.details.signature is not None
    await press(app, pilot, "f4", "plus")
    assert app.screen.view.cart.details.signature is None
    assert "have it signed again" in app.said[-1]


def test_another_customer_does_not_inherit_an_address_or_a_number(folder: Folder):
    entry = folder.bench.entry
    entry.begin("c1")
    entry.add("47566", 10)
    entry.detail(Details(po_number="PO-17", contact="Amy", delivery=Address("Dock 4"), payment_method="Card"), "")
    assert entry.choose_customer("c2").cart.details == Details(payment_method="Card")


def test_a_guests_details_stay_when_the_customer_is_chosen(folder: Folder):
    entry = folder.bench.entry
    entry.add("47566", 10)
    entry.detail(Details(po_number="PO-17"), "")
    assert entry.choose_customer("c2").cart.details == Details(po_number="PO-17")
