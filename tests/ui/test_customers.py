"""Customers by keyboard: their page, a new one in three fields, and a warning before one is entered twice."""

import re
import sqlite3
from contextlib import asynccontextmanager, closing
from datetime import timedelta

import pytest

from tests.support.ui import ShopApp, press, screen_text
from wizterm.screens.choose_customer import ChooseCustomer
from wizterm.screens.customer import CustomerPage
from wizterm.screens.document import DocumentPage
from wizterm.screens.new_customer import NewCustomerSheet
from wizterm.screens.order import OrderPage
from wizterm.screens.reorder import ReorderSheet


def history(folder):
    """The Paper Lantern bought the heart twice lately, and bunting once long ago."""
    today = folder.clock.today()
    rows = [
        ("h1", "c1", "SO-1", today - timedelta(days=300), "47566", "10", "4.00"),
        ("h2", "c1", "SO-2", today - timedelta(days=60), "85123A", "12", "2.95"),
        ("h3", "c1", "SO-3", today - timedelta(days=12), "85123A", "24", "2.55"),
    ]
    with closing(sqlite3.connect(folder.machine._files.current())) as replica:
        replica.executemany(
            "INSERT INTO history (id, customer, order_number, date, sku, quantity, unit_price) VALUES (?,?,?,?,?,?,?)",
            [(*row[:3], row[3].isoformat(), *row[4:]) for row in rows],
        )
        replica.execute("UPDATE customers SET credit_limit = '5000', balance = '1240' WHERE id = 'c1'")
        replica.commit()


@asynccontextmanager
async def showing(folder, screen, size=(120, 40)):
    app = ShopApp(folder, screen)
    async with app.run_test(size=size) as pilot:
        await app.settle(pilot)
        yield app, pilot


@pytest.fixture
async def page(folder):
    history(folder)
    folder.bench.entry.begin("c1")
    async with showing(folder, lambda: CustomerPage("c1")) as (app, pilot):
        yield app, pilot


def told(folder):
    """A colleague took an order that is confirmed, and a quote that is not."""
    day = folder.clock.today().isoformat()
    rows = [
        ("o1", "c1", "order", "LEE-7F-0042", "SO-7", day, 2, "GBP", "118.20", "confirmed", "Lee Marsh"),
        ("o2", "c1", "quote", "LEE-7F-0043", "", day, 1, "GBP", "12.00", "delivered", "Lee Marsh"),
    ]
    with closing(sqlite3.connect(folder.machine._files.current())) as replica:
        replica.executemany(f"INSERT INTO orders VALUES (NULL, {', '.join('?' * 11)})", rows)
        replica.commit()


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_colleagues_order_stands_beside_ours_with_its_state_and_name(folder, size):
    history(folder)
    told(folder)
    async with showing(folder, lambda: CustomerPage("c1"), size) as (app, _):
        said = screen_text(app)
        for words in ("LEE-7F-0042", "SO-7", "Confirmed", "118.20", "Lee Marsh", "Quote, sent", "SO-3"):
            assert words in said


async def test_a_number_of_the_erp_is_whole_and_what_no_order_has_gets_no_column(folder):
    document = folder.order(1)
    folder.confirm(document, "F-KIM-10-0001")
    async with showing(folder, lambda: CustomerPage("c1")) as (app, _):
        said = screen_text(app)
        assert "F-KIM-10-0001" in said
        assert "Rep " not in said


async def test_what_was_never_ordered_stands_with_its_price_and_stock(page):
    app, pilot = page
    said = await press(app, pilot, "right", "right", "right")
    assert re.search(r"Name +Price +Stock", said)
    assert re.search(r"22423 .* 10\.95 ", said)


async def test_the_page_says_who_they_are_and_how_they_stand(page):
    app, _ = page
    said = screen_text(app)
    for words in (
        "Amy Ross · amy@lantern.example",
        "14 Stonegate, York",
        "30 days",
        "5,000.00",
        "1,240.00",
        "Retail (GBP)",
    ):
        assert words in said
    assert "as of 4 min ago" in said
    assert "3 orders · last 12 days ago" in said


async def test_enter_opens_an_order_that_was_taken_here_and_r_orders_it_again(folder):
    history(folder)
    document = folder.order(1, lines={"47566": 10})
    async with showing(folder, lambda: CustomerPage("c1")) as (app, pilot):
        assert "r Reorder" in screen_text(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, DocumentPage)
        assert app.screen.paper_at_hand.document == document
        await press(app, pilot, "escape", "r")
        assert isinstance(app.screen, ReorderSheet)


@pytest.mark.parametrize("key", ["enter", "r"])
async def test_an_order_that_was_not_taken_here_says_so(page, key):
    app, pilot = page
    await press(app, pilot, key)
    assert isinstance(app.screen, CustomerPage)
    assert "was not taken on this machine" in app.said[-1]


async def test_reordering_is_offered_among_the_orders_alone(page):
    app, pilot = page
    assert "r Reorder" not in await press(app, pilot, "right")


async def test_the_lists_have_heads(page):
    app, pilot = page
    assert "Order " in screen_text(app)
    assert "Quantity" in await press(app, pilot, "right")
    assert "Value" in await press(app, pilot, "right")


async def test_a_list_without_rows_says_all_of_its_sentence(folder):
    async with showing(folder, lambda: CustomerPage("c1"), (80, 24)) as (app, pilot):
        said = await press(app, pilot, "left")
        assert "No wishes yet" in said
        assert " adds one. " in said


async def test_a_year_is_shown_as_bars_of_months(page):
    app, _ = page
    said = screen_text(app)
    assert "██" in said
    assert "A  M  J  J  A  S  O  N  D  J  F  M" in said


async def test_past_orders_stocked_top_and_never_ordered_are_gone_through(page):
    app, pilot = page
    assert "SO-3" in screen_text(app)
    said = await press(app, pilot, "right")
    assert ("[Stocked]" in said, "85123A" in said, "47566" in said) == (True, True, False)
    said = await press(app, pilot, "right")
    assert said.index("85123A") < said.index("47566")
    said = await press(app, pilot, "right")
    assert ("[Never ordered]" in said, "22423" in said, "85123A" in said) == (True, True, False)


async def test_enter_puts_an_article_into_the_cart_at_hand(page):
    app, pilot = page
    await press(app, pilot, "right", "enter")
    assert app.said[-1] == "85123A is in the cart: 1 line."
    assert [line.sku for line in app.folder.bench.entry.current().cart.lines] == ["85123A"]


async def test_nothing_goes_into_another_customers_cart(page):
    app, pilot = page
    app.folder.bench.entry.begin("c2")
    await press(app, pilot, "right", "enter")
    assert app.said[-1].startswith("The cart at hand is for Café Ost")
    assert app.folder.bench.entry.current().cart.lines == ()


async def test_right_opens_the_page_of_the_customer_under_the_cursor(folder):
    async with showing(folder, ChooseCustomer) as (app, pilot):
        said = await press(app, pilot, *"paper", "right")
        assert isinstance(app.screen, CustomerPage)
        assert "Amy Ross" in said


async def test_right_moves_within_what_is_typed(folder):
    async with showing(folder, ChooseCustomer) as (app, pilot):
        await press(app, pilot, *"paer", "left", "left", "right", "left", *"p")
        assert app.focused.value == "paper"


async def test_the_order_screen_opens_its_customers_page(folder):
    folder.bench.entry.begin("c1")
    folder.bench.entry.add("47566", 1)
    async with showing(folder, OrderPage) as (app, pilot):
        await press(app, pilot, "f3", "escape")
        await press(app, pilot, "i")
        assert isinstance(app.screen, CustomerPage)


async def test_a_customer_is_entered_in_three_fields_and_can_be_ordered_for_at_once(folder):
    async with showing(folder, OrderPage) as (app, pilot):
        await press(app, pilot, "f3", *"Lune", "f4", "enter", *"Ada", "enter", *"ada@lune.example", "enter")
        customer = app.screen.view.customer
        assert (customer.name, customer.contacts[0].email) == ("Lune", "ada@lune.example")


async def test_a_telephone_will_do_in_place_of_an_address(folder):
    async with showing(folder, OrderPage) as (app, pilot):
        await press(app, pilot, "f3", *"Lune", "f4", "tab", "tab", *"+44 1904 1", "f10")
        assert app.screen.view.customer.contacts[0].phone == "+44 1904 1"


async def test_somebody_who_is_known_already_is_named_before_anything_is_saved(folder):
    async with showing(folder, NewCustomerSheet) as (app, pilot):
        said = await press(app, pilot, *"Paper Lantern Ltd", "f10")
        assert "Known already?" in said
        assert "The Paper Lantern, York: the same name" in said
        await press(app, pilot, "n")
        assert app.given == []
        await press(app, pilot, "f10", "y")
    assert app.given[0].company == "Paper Lantern Ltd"


async def test_the_rep_who_looks_after_a_new_customer_is_named(folder):
    async with showing(folder, NewCustomerSheet) as (app, pilot):
        await press(app, pilot, *"Lune", *["tab"] * 14, *"JO", "f10")
    assert app.given[0].rep == "JO"


async def test_goods_that_only_came_back_are_no_order_in_count_and_average(folder):
    history(folder)
    before = folder.bench.customers.history("c1")
    with closing(sqlite3.connect(folder.machine._files.current())) as replica:
        replica.execute(
            "INSERT INTO history (id, customer, order_number, date, sku, quantity, unit_price) VALUES (?,?,?,?,?,?,?)",
            ("h4", "c1", "SO-4", folder.clock.today().isoformat(), "85123A", "-6", "2.55"),
        )
        replica.commit()
    after = folder.bench.customers.history("c1")
    assert (after.orders, after.average, after.last) == (before.orders, before.average, before.last)
    assert sum(after.by_month) < sum(before.by_month)


async def test_customers_are_listed_with_the_name_of_their_price_list(folder):
    async with showing(folder, ChooseCustomer) as (app, _):
        (lantern,) = [line for line in screen_text(app).splitlines() if "The Paper Lantern" in line]
    assert "Retail" in lantern


async def test_the_age_of_credit_is_told_where_there_is_credit(page, folder):
    app, pilot = page
    assert "Credit and balance as of" in screen_text(app)
    app.push_screen(CustomerPage("c2"))
    await app.settle(pilot)
    assert "Credit and balance" not in screen_text(app)
