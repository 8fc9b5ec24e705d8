"""How much of the screen is painted for a key or a scan: what a slow line makes one wait for."""

from dataclasses import replace

import pytest

from tests.support.gift_shop import furnish
from tests.support.painting import least, painting
from tests.support.patience import until
from tests.support.ui import ShopApp, press, screen_text
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage
from wizterm.screens.variant_grid import VariantGridPage
from wizterm.terminal.frames import PERIOD
from wizterm.terminal.gate import Scanned

WIDE = (120, 40)
LINE = 120
"""Cells of a whole row of the screen."""


@pytest.fixture
def app(folder):
    folder.bench.entry.add("22423")
    folder.bench.entry.add("47566")
    return ShopApp(folder, OrderPage)


async def settled(app, pilot):
    """Until a while goes by in which nothing is painted."""
    for _ in range(20):
        with painting() as seen:
            await press(app, pilot)
        if not (seen.full or seen.rows):
            return


async def scan(app, pilot, code):
    app.post_message(Scanned(code))
    await press(app, pilot)


async def test_a_scan_paints_its_line_the_sums_and_what_was_said_and_lays_nothing_out(app):
    async with app.run_test(size=WIDE) as pilot:
        for _ in range(2):  # the first makes room for its line, and the next still paints what that moved
            await scan(app, pilot, "47566")
        seen = await least(lambda: scan(app, pilot, "47566"))
        assert (seen.layouts, seen.full) == (0, 0)
        assert len(set().union(*seen.rows)) == 3
        assert seen.cells <= 3 * LINE


async def test_enter_on_what_is_in_the_cart_paints_its_line_and_the_sums(app):
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, *"bunting", "enter")
        await settled(app, pilot)
        seen = await least(lambda: press(app, pilot, "enter"))
        assert (seen.layouts, seen.full) == (0, 0)
        assert len(set().union(*seen.rows)) <= 3
        assert seen.cells <= 3 * LINE


async def test_moving_the_cursor_paints_two_rows_and_the_facts(app):
    async with app.run_test(size=WIDE) as pilot:
        await settled(app, pilot)
        seen = await least(lambda: press(app, pilot, "down"))
        assert (seen.layouts, seen.full) == (0, 0)
        assert len(set().union(*seen.rows)) <= 5


async def test_an_answer_that_changes_nothing_paints_nothing(app):
    async with app.run_test(size=WIDE) as pilot:
        await settled(app, pilot)

        async def ask_again():
            app.screen._change(lambda bench: bench.entry.current())
            await settled(app, pilot)

        seen = await least(ask_again)
        assert (seen.layouts, seen.full, seen.cells) == (0, 0, 0)


async def test_a_typed_letter_and_what_it_finds_lay_nothing_out(app):
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "b")
        await settled(app, pilot)
        letters = iter("unt")
        seen = await least(lambda: press(app, pilot, next(letters)))
        assert (seen.layouts, seen.full) == (0, 0)


async def test_a_letter_that_finds_the_same_again_paints_the_field_alone(app):
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, *"bunt")
        await settled(app, pilot)
        with painting() as seen:
            await press(app, pilot, "i")
        assert len(set().union(*seen.rows)) == 1
        assert seen.cells <= LINE


async def test_the_end_of_long_words_stays_in_view(app):
    async with app.run_test(size=WIDE) as pilot:
        assert "xxxyz" in await press(app, pilot, *"x" * 60, "y", "z")


async def test_a_change_beneath_a_sheet_is_painted_and_that_is_all(app):
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "f1")
        await settled(app, pilot)
        with painting() as seen:
            app.outlook = replace(app.outlook, words="Signed out")
            await settled(app, pilot)
            await pilot.pause(6 * PERIOD)  # a frame that asks for the next one would paint in each period
        assert "signed out" in screen_text(app)
        assert seen.full + len(seen.rows) <= 3


@pytest.mark.parametrize(("key", "page"), [("right", ProductPage), ("ctrl+d", VariantGridPage)])
async def test_a_page_comes_to_the_screen_once_with_all_that_it_tells(folder, key, page):
    furnish(folder)
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, *"babu")
        await settled(app, pilot)
        with painting() as seen:
            shown = await press(app, pilot, key)
        assert isinstance(app.screen, page)
        assert app.screen.note in shown
        assert (seen.full, seen.rows) == (1, [])


async def test_a_page_whose_product_is_gone_is_shown_all_the_same(folder):
    app = ShopApp(folder, lambda: ProductPage("gone"))
    async with app.run_test(size=WIDE) as pilot:
        await app.settle(pilot)
        await until(lambda: not app.screen.unseen)


async def test_a_key_for_a_page_that_is_not_seen_yet_goes_to_it(app):
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, *"bunting")
        await pilot.press("right")
        app.screen.unseen = True
        app.burst("enter")
        await app.keys_handled()
        app.screen.let_see()
        await app.settle()
        assert app.said[-1] == "2 × 47566 are in the cart."


async def test_what_grew_behind_another_pane_is_seen_whole(app):
    async with app.run_test(size=(80, 24)) as pilot:
        assert "gross" not in await press(app, pilot, "f4")
        await press(app, pilot, "f2")
        entry, discounting = app.folder.bench.entry, app.folder.bench.discounting
        app.screen.view = discounting.line_percent(entry.current().cart.lines[0].id, "5")
        foot = [line.strip(" │").split() for line in (await press(app, pilot, "f4")).splitlines()[-6:-3]]
    assert foot == [["gross", "15.60"], ["line", "discounts", "−0.55"], ["TOTAL", "GBP", "15.05"]]
