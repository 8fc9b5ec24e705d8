"""Prices, discounts, units and approvals, by keyboard."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.price_data import PIN, tables
from tests.support.ui import ShopApp, press, screen_text
from wizterm.screens.order import OrderPage

SIZE = (120, 40)


@pytest.fixture
def folder(opened, tmp_path):
    return opened(tmp_path, tables=tables())


@pytest.fixture
def app(folder):
    return ShopApp(folder, OrderPage)


async def with_line(app, pilot, words="heart", count="10"):
    """A cart of the first customer with one line, and the focus on it."""
    await app.settle(pilot)
    app.machine.bench.entry.begin("c1")
    await press(app, pilot, *count, "asterisk", *words, "enter")
    return await press(app, pilot, "f4")


async def test_a_percentage_is_one_key_and_its_figures_stand_in_the_cart(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        said = await press(app, pilot, "percent_sign", "5", "enter")
        assert "5%" in said
        assert "line discounts" in said
        assert "28.02" in said


async def test_an_amount_and_another_price_are_one_key_each(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        assert "27.50" in await press(app, pilot, "a", "2", "enter")
        await press(app, pilot, "a", "delete", "enter")
        assert "2.90*" in await press(app, pilot, "p", *"2.90", "enter")


async def test_one_sheet_says_what_may_be_taken_off_and_takes_cart_discounts_off_again(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        sheet = await press(app, pilot, "d")
        assert "percent off the line, up to 10 % without approval" in sheet
        assert "percent off the cart, up to 5 % without approval" in sheet
        said = await press(app, pilot, "c", "2", "enter")
        assert "1: cart 2 %" in said
        assert "28.91" in said
        assert "1: cart" not in await press(app, pilot, "d", "1")


async def test_a_discount_beyond_the_limit_is_marked_and_a_managers_pin_lets_it_pass(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot, count="100")
        assert "beyond your limit: A asks for approval" in await press(app, pilot, "percent_sign", *"15", "enter")
        sheet = await press(app, pilot, "A")
        assert "Bo Strand" in sheet
        assert "By telephone, read out:" in sheet
        await press(app, pilot, *"000000", "enter")
        assert "neither Bo Strand's PIN nor a code" in app.said[-1]
        said = await press(app, pilot, *PIN, "enter")
        assert "beyond your limit" not in said
        assert "allows up to 15 %" in app.said[-1]


async def test_a_quantity_that_is_none_is_said_in_place_and_can_be_typed_again(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        said = await press(app, pilot, "q", *"2 boats", "enter")
        assert "Quantity of HEART" in said
        assert "boats" in said.split("Quantity of HEART")[1]
        said = await press(app, pilot, *"40", "enter")
        assert "Quantity of HEART" not in said
        assert app.machine.bench.entry.current().cart.lines[0].count == 40


async def test_two_keys_go_to_the_nearest_valid_quantities(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot, "regency", "20")
        assert "⚠" in screen_text(app)
        assert "262.80" in await press(app, pilot, "greater_than_sign")
        await press(app, pilot, "q", *"20", "enter")
        assert "197.10" in await press(app, pilot, "less_than_sign")


async def test_the_order_sheet_rounds_every_quantity_with_one_key(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot, "regency", "20")
        assert "> round up" in await press(app, pilot, "f10")
        assert "Enter order" in await press(app, pilot, "greater_than_sign")
        assert "262.80" in await press(app, pilot, "escape")


async def test_a_quantity_is_typed_by_the_case_and_a_case_is_one_key(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot, "tape", "3")
        assert "1 ca" in await press(app, pilot, "C")
        said = await press(app, pilot, "up", "q", *"2 case", "enter")
        assert "3 ca" in said
        assert "36.00" in said


async def test_why_a_price_is_what_it_is_stands_on_a_sheet(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot, count="40")
        said = await press(app, pilot, "w")
        assert "the price list Retail, the break from 32" in said
        assert "1+ 2.95 · 32+ 2.55" in said


async def test_why_also_answers_for_a_product_in_the_catalogue(app):
    async with app.run_test(size=SIZE) as pilot:
        await app.settle(pilot)
        said = await press(app, pilot, *"heart", "ctrl+w")
        assert "Why this price: HEART" in said
        assert "2.95 for one" in said


async def test_another_customers_prices_are_shown_before_they_are_kept(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        sheet = await press(app, pilot, "f3", *"ost", "enter")
        assert "1 of 1 line has another price" in sheet
        assert "Total GBP 29.50 → GBP 21.00" in sheet
        assert "HEART  2.95 → 2.10" in sheet
        assert "Enter choose" in sheet
        assert "29.50" in await press(app, pilot, "escape")
        assert app.said[-1] == "Nothing was changed: the cart keeps its customer and its prices."
        await press(app, pilot, "f3", *"ost", "enter")
        assert "21.00" in await press(app, pilot, "enter")


async def test_a_line_with_something_wrong_keeps_its_name_and_the_foot_says_what(app):
    async with app.run_test(size=(80, 24)) as pilot:
        said = await with_line(app, pilot, "stand", "13")
        assert "⚠ Regency" in said
        assert "⚠ STAND: " in said


async def test_a_guest_cart_has_no_customers_price(app):
    async with app.run_test(size=SIZE) as pilot:
        await app.settle(pilot)
        said = await press(app, pilot, *"heart", "right", "right")
        assert "◀ this cart's" in said
        assert "never before" not in said


async def test_a_rep_with_the_right_gives_the_cart_another_list(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        assert "Export" in await press(app, pilot, "L")
        assert "Total GBP 29.50 → EUR 34.00" in await press(app, pilot, "down", "enter")
        assert "TOTAL EUR" in await press(app, pilot, "y")


async def test_the_minimum_of_the_list_stands_in_the_foot(app):
    async with app.run_test(size=SIZE) as pilot:
        assert "20.50 is missing" in await with_line(app, pilot)
        assert "minimum 50.00 ✓" in await press(app, pilot, "q", *"20", "enter")


async def test_a_fee_is_put_on_the_cart_and_taken_off_again(opened, tmp_path):
    fees = [("CARRIAGE", "Carriage", "amount", "7.50", ""), ("SMALL", "Small order", "percent", "2", "")]
    app = ShopApp(opened(tmp_path, tables=tables() | {"fees": fees}), OrderPage)
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        assert "7.50" in await press(app, pilot, "e")
        said = await press(app, pilot, "enter")
        assert "Carriage" in said
        assert "37.00" in said
        assert "37.00" not in await press(app, pilot, "e", "enter")


async def test_a_price_that_moved_since_is_said_before_the_order_is_created(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot, count="20")
        view = app.machine.bench.entry.current()
        line = replace(view.cart.lines[0], price=replace(view.cart.lines[0].price, amount=Decimal("2.80")))
        app.machine.bench.entry.change(lambda cart: replace(cart, lines=(line,)))
        said = await press(app, pilot, "f10")
        assert "HEART was agreed at 2.80, the price here is 2.95" in said


async def test_goods_that_go_back_are_marked_and_the_foot_says_what_they_come_to(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        await press(app, pilot, "f2")
        said = await press(app, pilot, "minus", "2", "asterisk", *"stand", "enter")
        assert "↩ " in said
        assert "−2" in said
        assert re.search(r"credit +−21\.90", said)


async def test_a_quantity_below_zero_turns_the_line(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        said = await press(app, pilot, "enter", "minus", "2", "enter")
        assert re.search(r"TOTAL GBP +−5\.90", said)


async def test_a_rep_who_may_take_nothing_back_is_told_so_in_the_field(opened, tmp_path):
    app = ShopApp(opened(tmp_path, tables=tables(may_credit=0)), OrderPage)
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot)
        said = await press(app, pilot, "enter", "minus", "2", "enter")
        assert "The office has not let you take goods back" in said


async def test_two_lines_of_one_product_at_fault_are_told_apart_by_their_counts(app):
    async with app.run_test(size=SIZE) as pilot:
        await with_line(app, pilot, "cakestand", "5")
        entry = app.machine.bench.entry
        entry.deliver_on(entry.cart().lines[0].id, "+3")
        entry.add("STAND", Decimal(7))
        await press(app, pilot, "f2", "f4")
        said = await press(app, pilot, "f10")
        assert "5 × STAND: The minimum is 12. Possible: 12." in said
        assert "7 × STAND: The minimum is 12. Possible: 12." in said


async def test_more_obstacles_than_there_is_room_for_are_counted(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await with_line(app, pilot, "cakestand", "5")
        entry = app.machine.bench.entry
        for days in range(1, 12):
            entry.deliver_on(entry.cart().lines[-1].id, f"+{days}")
            entry.add("STAND", Decimal(5))
        await press(app, pilot, "f2", "f4")
        said = await press(app, pilot, "f10")
        assert said.count("5 × STAND") == 9
        assert "… and 3 more of these." in said
