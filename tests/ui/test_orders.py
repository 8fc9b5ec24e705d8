import pytest

from tests.support.ui import ShopApp, busy_week, press, screen_text
from wizterm.domain.document import Kind
from wizterm.screens.orders import OrdersPage
from wizterm.services.papers import PAGE


def rows(said):
    return [line.split()[1] for line in said.splitlines() if "KIM-7F-" in line]


@pytest.fixture
async def page(folder):
    busy_week(folder)
    app = ShopApp(folder, OrdersPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        yield app, pilot


async def test_orders_and_quotes_are_listed_the_newest_first_and_customers_are_not(page):
    app, _ = page
    assert [number[-1] for number in rows(screen_text(app))] == ["7", "6", "4", "3", "2", "1"]


async def test_each_row_says_state_erp_number_total_and_age(page):
    app, _ = page
    lines = {line.split()[1]: line for line in screen_text(app).splitlines() if "KIM-7F-" in line}
    assert "● Confirmed" in lines["KIM-7F-0001"]
    assert "SO-4711" in lines["KIM-7F-0001"]
    assert "320.20" in lines["KIM-7F-0001"]
    assert "2 days" in lines["KIM-7F-0001"]
    assert "✓ Sent" in lines["KIM-7F-0002"]
    assert "▲ Needs attention" in lines["KIM-7F-0003"]
    assert "Quote" in lines["KIM-7F-0004"]
    assert "○ Waiting" in lines["KIM-7F-0006"]
    assert "‖ Held" in lines["KIM-7F-0007"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0003", ["3"]),
        ("PAPER", ["3", "1"]),
        ("mÜLLER", ["7", "4"]),
        ("4711", ["1"]),
        ("ost 6", ["6"]),
        ("%", []),
        ("_", []),
    ],
)
async def test_the_list_follows_what_is_typed(page, typed, found):
    app, pilot = page
    assert [number[-1] for number in rows(await press(app, pilot, *typed))] == found


async def test_escape_empties_the_search_first_and_then_leaves(page):
    app, pilot = page
    assert len(rows(await press(app, pilot, *"0003", "escape"))) == 6
    await press(app, pilot, "escape")
    assert app.given == [None]


async def test_enter_opens_the_order_under_the_cursor(page):
    app, pilot = page
    said = await press(app, pilot, "down", "down", "down", "enter")
    assert "What it says" in said
    assert "Order KIM-7F-0003" in said


async def test_an_empty_list_says_what_to_do(folder):
    app = ShopApp(folder, OrdersPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        assert "No order yet. F10 on the order screen turns a cart into one." in screen_text(app)


async def test_a_search_that_finds_nothing_says_how_to_see_all_again(page):
    app, pilot = page
    assert "Nothing matches. Esc empties the search" in await press(app, pilot, *"zzz")


async def test_the_list_goes_on_past_its_first_page_and_stays_there_when_a_state_changes(folder):
    for _ in range(PAGE + 3):
        folder.order(1, lines={"47566": 1}, kind=Kind.QUOTE)
    app = ShopApp(folder, OrdersPage)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        for _ in range(12):
            said = await press(app, pilot, "pagedown")
        assert rows(said)[-1] == "KIM-7F-0001"
        app.outlook = type(app.outlook)(sent=2)
        await app.settle(pilot)
        assert rows(screen_text(app)) == rows(said)


async def test_what_became_of_an_order_shows_without_a_key(page):
    app, pilot = page
    waiting = app.folder.bench.papers.page("0006").summaries[0].document
    app.folder.deliver(waiting)
    app.outlook = type(app.outlook)(sent=2)
    await app.settle(pilot)
    assert "✓ Sent" in next(line for line in screen_text(app).splitlines() if "KIM-7F-0006" in line)


async def test_the_footer_says_how_to_narrow_the_list_while_one_types(page):
    app, pilot = page
    said = await press(app, pilot)
    assert "F2 State  F3 Kind" in said
    assert "e Export" in await press(app, pilot, "tab")
