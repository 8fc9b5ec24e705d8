"""What is done with a submitted order or quote, by keyboard, from the list and from its page."""

import csv
import json
import threading

import pytest

from tests.support.ui import ShopApp, press, screen_text
from wizterm.domain.document import DocumentId, Kind, State
from wizterm.protocol import bodies
from wizterm.screens.document import DocumentPage
from wizterm.screens.order import OrderPage
from wizterm.screens.orders import OrdersPage


@pytest.fixture
async def desk(folder):
    """The order screen, with the list of orders to be opened over it."""
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        yield app, pilot


async def in_the_list(app, pilot, *keys):
    app.push_screen(OrdersPage())
    await app.settle(pilot)
    return await press(app, pilot, "tab", *keys)


def state(folder, document, revision=1):
    return folder.bench.documents.summary(DocumentId(document.id, revision)).state


def body(folder, document):
    kind, text = folder.bench.documents.body(document)
    return bodies.decode(str(kind), text)


async def test_an_order_is_ordered_again_with_the_differences_shown_before(desk, monkeypatch):
    app, pilot = desk
    app.folder.order(1, lines={"47566": 10, "22423": 2})
    dearer(app.folder, "47566", "5.00")
    said = await in_the_list(app, pilot, "r")
    (bunting,) = [line for line in said.splitlines() if "Party bunting" in line and "+0.35" in line]
    assert "4.65" in bunting
    assert "5.00" in bunting
    await press(app, pilot, "enter")
    view = app.screen.view
    assert (view.customer.name, str(view.totals.total)) == ("The Paper Lantern", "71.90")


async def test_only_some_lines_are_ordered_again(desk):
    app, pilot = desk
    app.folder.order(1, lines={"47566": 10, "22423": 2})
    await in_the_list(app, pilot, "r", "space", "enter")
    assert [line.sku for line in app.screen.view.cart.lines] == ["22423"]


async def test_an_order_is_copied_to_a_cart_with_one_key(desk):
    app, pilot = desk
    app.folder.order(1, lines={"47566": 10, "22423": 2})
    await in_the_list(app, pilot, "c")
    assert [line.sku for line in app.screen.view.cart.lines] == ["47566", "22423"]


async def test_a_quote_becomes_an_order_that_names_it_at_its_prices(desk):
    app, pilot = desk
    quote = app.folder.order(1, lines={"47566": 10}, kind=Kind.QUOTE)
    dearer(app.folder, "47566", "5.00")
    await in_the_list(app, pilot, "o")
    assert "From quote KIM-7F-0001, at its prices." in app.said
    await press(app, pilot, "f10", "enter")
    order = body(app.folder, app.folder.bench.papers.page("").summaries[0].document)
    assert (order.kind, order.quote, str(order.total)) == ("order", quote.id, "46.50")
    assert order.lines[0].price_reason.source == "quote"
    assert order.id != quote.id


async def test_a_quote_that_has_run_out_is_said(desk):
    app, pilot = desk
    app.folder.order(1, lines={"47566": 10}, kind=Kind.QUOTE)
    app.folder.clock.advance(40 * 24 * 3600)
    await in_the_list(app, pilot, "o")
    assert "held until 2026-04-01: check its prices" in app.said[-1]


async def test_a_refused_order_is_mended_and_sent_as_the_next_revision(desk):
    app, pilot = desk
    refused = app.folder.order(1, lines={"47566": 10})
    app.folder.refuse(refused, "The quantity is too small.")
    await in_the_list(app, pilot, "v")
    assert "submitting makes revision 2" in app.said[-1]
    await press(app, pilot, "f4", "plus")
    await press(app, pilot, "f10", "enter")
    assert state(app.folder, refused) is State.SUPERSEDED
    second = DocumentId(refused.id, 2)
    assert state(app.folder, refused, 2) is State.QUEUED
    assert body(app.folder, second).number == body(app.folder, refused).number == "KIM-7F-0001"
    assert body(app.folder, second).lines[0].quantity == 11
    assert app.folder.order(1, lines={"47566": 1})
    assert app.folder.bench.papers.page("0002").summaries


async def test_a_revision_thrown_away_can_be_begun_again(desk):
    app, pilot = desk
    refused = app.folder.order(1, lines={"47566": 10})
    app.folder.refuse(refused, "Too small.")
    await in_the_list(app, pilot, "v")
    await press(app, pilot, "f4", "plus", "D")
    await in_the_list(app, pilot, "v")
    assert app.screen.view.cart.lines[0].count == 10


async def test_a_sent_quote_gets_a_next_revision_that_is_a_quote(desk):
    app, pilot = desk
    quote = app.folder.order(1, lines={"47566": 10}, kind=Kind.QUOTE)
    app.folder.deliver(quote)
    await in_the_list(app, pilot, "v")
    await press(app, pilot, "f10")
    assert "its next revision is one too" in await press(app, pilot, "enter")
    await press(app, pilot, "q")
    assert state(app.folder, quote, 2) is State.QUEUED


async def test_what_has_not_been_sent_is_cancelled_quietly(desk):
    app, pilot = desk
    waiting = app.folder.order(1, lines={"47566": 10})
    said = await in_the_list(app, pilot, "x")
    assert "Cancel KIM-7F-0001?" in said
    assert "× Cancelled" in await press(app, pilot, "y")
    assert state(app.folder, waiting) is State.CANCELLED


async def test_an_order_is_not_cancelled_without_a_yes(desk):
    app, pilot = desk
    waiting = app.folder.order(1, lines={"47566": 10})
    await in_the_list(app, pilot, "x", "n")
    assert state(app.folder, waiting) is State.QUEUED


async def test_what_the_company_has_is_cancelled_by_a_document_of_its_own(desk):
    app, pilot = desk
    sent = app.folder.order(1, lines={"47566": 10})
    app.folder.deliver(sent)
    await in_the_list(app, pilot, "x", "y")
    (text,) = app.folder.bench.documents.bodies_of(Kind.CANCELLATION)
    assert bodies.decode("cancellation", text).of == sent.id
    assert app.syncing.asked[-1] == "submitted"
    await press(app, pilot, "x", "y")
    assert "being cancelled already" in app.said[-1]


async def test_states_and_kinds_are_filtered(desk):
    app, pilot = desk
    app.folder.order(1, lines={"47566": 10})
    app.folder.order(2, lines={"47566": 20}, kind=Kind.QUOTE)
    app.folder.confirm(app.folder.order(3, lines={"47566": 30}), "SO-1")
    said = await in_the_list(app, pilot, "k")
    assert ("KIM-7F-0002" not in said, "orders in every state" in said) == (True, True)
    said = await press(app, pilot, "s")
    assert ("KIM-7F-0001" in said, "KIM-7F-0003" in said) == (True, False)
    said = await press(app, pilot, "f3", "f2", "f2")
    assert "KIM-7F-0003" not in said


async def test_letters_stay_letters_while_one_types_a_search(desk):
    app, pilot = desk
    app.folder.order(1, lines={"47566": 10})
    app.push_screen(OrdersPage())
    await app.settle(pilot)
    assert "Cancel KIM" not in await press(app, pilot, "x")
    assert "x" in screen_text(app)


async def test_the_list_is_written_as_csv_that_no_spreadsheet_takes_for_formulas(desk, tmp_path):
    app, pilot = desk
    app.folder.bench.entry.add("47566", 10)
    line = app.folder.bench.entry.current().cart.lines[0]
    app.folder.bench.entry.note_line(line.id, "=HYPERLINK(1)")
    app.folder.order(1, lines={"22423": 2})
    file = tmp_path / "out.csv"
    await in_the_list(app, pilot, "e", *["backspace"], *str(file), "enter")
    assert app.said[-1] == f"Written to {file}."
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [row["sku"] for row in rows] == ["47566", "22423"]
    assert rows[0]["note"] == "'=HYPERLINK(1)"
    assert rows[1]["unit_price"] == "10.95"


async def test_the_list_is_written_as_json_with_states(desk, tmp_path):
    app, pilot = desk
    app.folder.confirm(app.folder.order(1, lines={"47566": 10}), "SO-1")
    file = tmp_path / "out.json"
    await in_the_list(app, pilot, "e", "backspace", *str(file), "enter")
    (order,) = json.loads(file.read_text(encoding="utf-8"))
    assert (order["state"], order["erp_number"], order["body"]["total"]) == ("confirmed", "SO-1", "46.50")


async def test_a_file_that_is_there_is_not_written_over(desk, tmp_path):
    app, pilot = desk
    file = tmp_path / "out.csv"
    file.write_text("mine")
    said = await in_the_list(app, pilot, "e", "backspace", *str(file), "enter")
    assert "is there already: choose another name" in said
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("key", "wrong", "sentence"),
    [
        ("e", "orders.txt", "'orders.txt' says no form: expected a name that ends in .csv or .json."),
        ("e", "nowhere/orders.csv", "cannot be written: No such file or directory. Choose another place."),
        ("e", "", "No file is named: expected a name that ends in .csv or .json."),
        ("p", "order.png", "'order.png' says no form: expected a name that ends in .pdf."),
        ("p", "~nobody-here/order.pdf", "begins with a home that is not on this machine"),
    ],
)
async def test_a_wrong_path_keeps_the_question_open_with_the_reason_and_what_was_typed(
    desk, tmp_path, key, wrong, sentence
):
    app, pilot = desk
    app.folder.order(1)
    typed = str(tmp_path / wrong) if wrong and not wrong.startswith("~") else wrong
    await in_the_list(app, pilot, key, "backspace")
    field = app.focused
    field.value = typed
    assert sentence in " ".join((await press(app, pilot, "enter")).replace("│", " ").split())
    assert (app.focused, field.value) == (field, typed)
    right = tmp_path / {"e": "right.csv", "p": "right.pdf"}[key]
    field.value = str(right)
    await press(app, pilot, "enter")
    assert app.said[-1] == f"Written to {right}."


async def test_the_same_can_be_done_from_the_documents_own_page(desk):
    app, pilot = desk
    order = app.folder.order(1, lines={"47566": 10})
    app.push_screen(DocumentPage(order))
    await app.settle(pilot)
    await press(app, pilot, "c")
    assert [line.sku for line in app.screen.view.cart.lines] == ["47566"]


@pytest.mark.parametrize(("kind", "offered"), [(Kind.ORDER, False), (Kind.QUOTE, True)])
async def test_only_a_quotes_page_offers_to_make_an_order_of_it(desk, kind, offered):
    app, pilot = desk
    app.push_screen(DocumentPage(app.folder.order(1, kind=kind)))
    await app.settle(pilot)
    assert ("o Order it" in screen_text(app)) is offered


async def test_the_question_before_cancelling_names_the_number_that_the_company_gave(desk):
    app, pilot = desk
    app.folder.confirm(app.folder.order(1), "F-KIM-10-0001")
    said = await in_the_list(app, pilot, "x")
    assert "The company has it (F-KIM-10-0001): it will be told to" in said


def dearer(folder, sku, amount):
    """The company raises a price."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder.machine._files.current())) as replica:
        replica.execute("UPDATE prices SET price = ? WHERE sku = ?", (amount, sku))
        replica.commit()


def test_what_a_promotion_took_off_a_quote_stays_off_the_order_made_of_it(folder):
    from decimal import Decimal

    from msgspec.structs import replace

    from wizterm.protocol.promises import without_promotions
    from wizterm.services.said_before import cart_of, promised

    quote = body(folder, folder.order(1, lines={"47566": 7}, kind=Kind.QUOTE))
    off = bodies.PromotionTaken(id="p", name="Spring", amount=Decimal("3.33"))
    quote = replace(quote, lines=(replace(quote.lines[0], promotions=(off,)),))
    (line,) = promised(cart_of(without_promotions(quote), {}, "c"), quote.id).lines
    assert round(line.price.amount * line.quantity, 2) == Decimal("32.55") - Decimal("3.33")


def test_options_and_lots_come_back_into_the_cart(folder):
    from decimal import Decimal

    from msgspec.structs import replace

    from wizterm.services.said_before import cart_of

    first = body(folder, folder.order(1, lines={"47566": 7}))
    option = bodies.LineOption(modifier="Engraving", option="Name", surcharge=Decimal("1.50"))
    line = replace(first.lines[0], options=(option,), lot=bodies.Lot(batch="B1"))
    (again,) = cart_of(replace(first, lines=(line,)), {}, "c").lines
    assert (again.options[0].option, again.options[0].surcharge, again.lot.batch) == ("Name", Decimal("1.50"), "B1")


async def test_an_order_is_written_as_a_pdf_where_one_says(desk, tmp_path):
    app, pilot = desk
    app.folder.order(1, lines={"47566": 10})
    app.push_screen(OrdersPage())
    shown = await press(app, pilot, "tab", "p")
    assert "KIM-7F-0001.pdf" in shown
    out = tmp_path / "mine.pdf"
    await press(app, pilot, *out_of(out), "enter")
    assert app.said[-1] == f"Written to {out}."
    assert out.read_bytes().startswith(b"%PDF")


async def test_a_pdf_is_offered_in_the_folder_for_papers_and_said_with_its_whole_path(desk):
    app, pilot = desk
    app.folder.order(1, lines={"47566": 10})
    app.push_screen(OrdersPage())
    await press(app, pilot, "tab", "p", "enter")
    assert app.said[-1] == f"Written to {app.folder.path / 'KIM-7F-0001.pdf'}."


def out_of(path):
    """The keys of a file's name."""
    return ["underscore" if sign == "_" else sign for sign in str(path)]


async def test_what_is_no_order_cannot_be_printed(desk):
    app, pilot = desk
    document = app.folder.new_customer("Bergmann")
    app.push_screen(DocumentPage(document))
    await app.settle(pilot)
    assert isinstance(app.screen, DocumentPage)
    await press(app, pilot, "p")
    assert isinstance(app.screen, DocumentPage)


async def test_what_is_being_written_cannot_be_left_before_its_answer(desk, tmp_path):
    app, pilot = desk
    app.folder.order(1)
    file, may_end = tmp_path / "out.csv", threading.Event()
    await in_the_list(app, pilot, "e")
    app.focused.value = str(file)
    app.desk.ask(may_end.wait, lambda _: app.Settled(), pilot.app.screen)
    await pilot.press("enter", "escape")
    may_end.set()
    await app.settle(pilot)
    assert app.said == [f"Written to {file}."]
