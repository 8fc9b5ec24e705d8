import re
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from tests.support import documents_making
from tests.support.ui import opened, press, screen_text
from wizterm.domain.document import Kind
from wizterm.domain.money import currency
from wizterm.domain.options import Chosen
from wizterm.domain.prices import Price, PriceSource
from wizterm.protocol.bodies import LineOption, PromotionTaken
from wizterm.screens.options import OptionsSheet
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage
from wizterm.services.options import OptionsFaultError, OptionsWantedError
from wizterm.services.why_words import facts
from wizterm.widgets.order_lines import chosen_with, line_row, why_price

NONE = Chosen("Name on the lid", "None", Decimal(0))
ENGRAVED = Chosen("Name on the lid", "Engraved", Decimal("3.50"))
RIBBON = Chosen("Gift wrap", "Ribbon", Decimal("0.75"))


def lines(shop):
    return shop.bench.entry.current().cart.lines


async def test_a_product_with_options_asks_before_it_is_added_and_costs_what_was_chosen(shop):
    async with opened(shop, OrderPage) as (app, pilot):
        await press(app, pilot, *"2*recipe", "enter")
        assert isinstance(app.screen, OptionsSheet)
        shown = await press(app, pilot, "down", "enter", "down", "down", "enter")
        assert "GBP 4.25 more for each" in shown
        shown = await press(app, pilot, "f10")
        assert isinstance(app.screen, OrderPage)
        assert [(line.count, line.price.amount, line.options) for line in lines(shop)] == [
            (Decimal(2), Decimal("7.20"), (ENGRAVED, RIBBON))
        ]
        assert re.search(r"TOTAL GBP +14\.40", shown)


async def test_what_must_be_chosen_is_said_and_nothing_is_added_without_it(shop):
    async with opened(shop, lambda: ProductPage("22666")) as (app, pilot):
        await press(app, pilot, "enter")
        shown = await press(app, pilot, "f10")
        assert "Name on the lid: choose 1; none is chosen." in shown
        assert isinstance(app.screen, OptionsSheet)
        await press(app, pilot, "escape")
        assert lines(shop) == ()


async def test_the_page_of_a_product_asks_too(shop):
    async with opened(shop, lambda: ProductPage("22666")) as (app, pilot):
        await press(app, pilot, "enter")
        await press(app, pilot, "enter")
        await press(app, pilot, "f10")
        assert re.search(r"In cart +1", screen_text(app))


def test_the_same_options_add_to_a_line_and_others_make_another(shop):
    for options in ((NONE,), (NONE,), (ENGRAVED,)):
        shop.bench.entry.add("22666", Decimal(1), options=options)
    assert [(line.count, line.options) for line in lines(shop)] == [(2, (NONE,)), (1, (ENGRAVED,))]


def test_the_order_in_which_options_were_chosen_makes_no_other_line(shop):
    shop.bench.entry.add("22666", Decimal(1), options=(NONE, RIBBON))
    shop.bench.entry.add("22666", Decimal(1), options=(RIBBON, NONE))
    assert [line.count for line in lines(shop)] == [2]


def test_without_a_word_on_options_a_product_that_has_some_is_not_added(shop):
    with pytest.raises(OptionsWantedError, match="comes with options to choose"):
        shop.bench.entry.add("22666")
    with pytest.raises(OptionsFaultError, match="choose 1; none is chosen"):
        shop.bench.entry.add("22666", options=(RIBBON,))


def test_what_was_chosen_stands_in_the_order(shop):
    view = shop.bench.entry.add("22666", Decimal(3), options=(ENGRAVED,))
    body = msgspec.json.decode(shop.bench.submission.submit(view.cart.id, Kind.ORDER).body)
    assert body["lines"][0]["options"] == [{"modifier": "Name on the lid", "option": "Engraved", "surcharge": "3.50"}]
    assert body["lines"][0]["unit_price"] == "6.45"
    assert body["total"] == "19.35"


def test_another_quantity_keeps_the_surcharge(shop):
    view = shop.bench.entry.add("22666", Decimal(1), options=(ENGRAVED,))
    view = shop.bench.entry.count(view.cart.lines[0].id, "5")
    assert view.totals.total == Decimal("32.25")


def test_why_says_the_price_before_the_options_and_each_of_their_surcharges(shop):
    view = shop.bench.entry.add("22666", Decimal(2), options=(ENGRAVED, RIBBON))
    said = dict(facts(shop.bench.why.line(view.cart.lines[0].id)))
    assert (said["price"], said["without options"]) == ("7.20 for one", "2.95")
    assert (said["Name on the lid: Engraved"], said["Gift wrap: Ribbon"]) == ("+3.50", "+0.75")


def test_a_typed_price_has_no_surcharge_on_top(shop):
    view = shop.bench.entry.add("22666", Decimal(2), options=(ENGRAVED,))
    (line,) = view.cart.lines
    typed = replace(line, price=Price(Decimal(6), PriceSource.TYPED))
    shop.bench.entry.change(lambda cart: replace(cart, lines=(typed,)))
    said = dict(facts(shop.bench.why.line(line.id)))
    assert said["price"] == "6.00 for one"
    assert "without options" not in said


async def test_options_and_notes_are_said_in_the_cart_and_before_it_becomes_an_order(shop):
    shop.bench.entry.begin("c1")
    view = shop.bench.entry.add("22666", 2, options=(ENGRAVED, RIBBON))
    shop.bench.entry.note_line(view.cart.lines[0].id, "ring first")
    async with opened(shop, OrderPage) as (app, pilot):
        shown = await press(app, pilot, "f4")
        assert "+ Engraved, Ribbon  ✎ ring first" in shown
        shown = await press(app, pilot, "f10")
        assert "22666 + Engraved, Ribbon  ✎ ring first" in shown


async def test_the_page_of_a_product_says_what_is_chosen_with_it_and_offers_no_sheet_it_has_not(shop):
    async with opened(shop, lambda: ProductPage("22666")) as (app, _):
        shown = screen_text(app)
        assert re.search(r"Options +Name on the lid: choose 1 of None, Engraved \+3\.50", shown)
        assert "Gift wrap: choose up to" in shown
        assert "v Variants" not in shown


async def test_the_page_of_a_variant_offers_their_sheet(shop):
    async with opened(shop, lambda: ProductPage("22754")) as (app, _):
        assert "v Variants" in screen_text(app)


def test_a_line_of_a_document_names_its_options_whole_and_a_discount_of_its_promotions():
    line = msgspec.structs.replace(
        documents_making.line(1, quantity=3, price="3.75"),
        net=Decimal("10.12"),
        options=(LineOption(modifier="Wording", option="Yours truly", surcharge=Decimal(0)),),
        promotions=(PromotionTaken(id="p", name="10 off", amount=Decimal("1.13")),),
        note="ring first",
    )
    cells = line_row(line, currency("GBP")).cells
    assert cells[2] == "A mug + Yours truly ✎"
    assert cells[5] == "10%"
    assert chosen_with(line, currency("GBP")) == "Wording: Yours truly · ✎ ring first"
    assert "10 off −1.13" in why_price(line, currency("GBP"))
