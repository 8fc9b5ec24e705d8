import re

from tests.support.ui import opened, press, screen_text
from wizterm.screens.customer import CustomerPage
from wizterm.screens.document import DocumentPage
from wizterm.screens.order import OrderPage
from wizterm.screens.product import ProductPage


def wishes(shop):
    return [each.sku for each in shop.bench.wishing.listed("c1")]


def in_cart(shop):
    return [line.sku for line in shop.bench.entry.current().cart.lines]


async def test_a_product_is_wished_for_from_the_search(shop):
    async with opened(shop, OrderPage) as (app, pilot):
        await press(app, pilot, *"bunting", "alt+w")
        assert app.said[-1] == "47566 is on the wishlist of The Paper Lantern now."
        assert "submitted" in app.syncing.asked
        await press(app, pilot, "alt+w")
        assert app.said[-1] == "47566 is on the wishlist of The Paper Lantern already, since 2026-03-02."
    assert wishes(shop) == ["47566", "22727", "22666"]


async def test_a_product_is_wished_for_on_its_page(shop):
    async with opened(shop, lambda: ProductPage("47566")) as (app, pilot):
        await press(app, pilot, "w")
    assert "47566" in wishes(shop)


async def test_for_nobody_nothing_is_wished_and_it_says_why(shop):
    shop.bench.entry.begin()
    async with opened(shop, lambda: ProductPage("47566")) as (app, pilot):
        await press(app, pilot, "w")
        assert app.said[-1] == "A wishlist is a customer's: choose one for this cart first (F3)."


async def test_the_customers_page_lists_wishes_with_their_days(shop):
    async with opened(shop, lambda: CustomerPage("c1")) as (app, pilot):
        shown = await press(app, pilot, "left")
        assert "[Wishlist]" in shown
        assert re.search(r"22727 +Alarm clock Bakelike red +2026-02-10", shown)


async def test_one_wish_some_or_all_go_into_the_cart(shop):
    async with opened(shop, lambda: CustomerPage("c1")) as (app, pilot):
        await press(app, pilot, "left", "enter")
        assert in_cart(shop) == ["22727"]
        shop.bench.wishing.wish("47566")
    async with opened(shop, lambda: CustomerPage("c1")) as (app, pilot):
        shown = await press(app, pilot, "left", "space")
        assert "✓ 47566" in shown
        await press(app, pilot, "a")
        assert app.said[-1] == "1 product is in the cart: 2 lines."
        assert in_cart(shop) == ["22727", "47566"]
        await press(app, pilot, "space", "a")
        assert app.said[-1] == "Not added: 22666. Add each by itself to see why."
        assert in_cart(shop) == ["22727", "47566"]


async def test_a_wish_is_taken_off_and_it_is_gone_at_once(shop):
    async with opened(shop, lambda: CustomerPage("c1")) as (app, pilot):
        shown = await press(app, pilot, "left", "delete")
        assert "Alarm clock" not in shown
        assert app.said[-1] == "22727 is taken off the wishlist."
    assert wishes(shop) == ["22666"]


async def test_in_other_lists_nothing_is_taken_off(shop):
    async with opened(shop, lambda: CustomerPage("c1")) as (app, pilot):
        await press(app, pilot, "delete", "space", "a")
        assert "All to cart" not in screen_text(app)
        assert app.said == []
    assert wishes(shop) == ["22727", "22666"]


async def test_the_queue_can_say_what_was_wished(shop):
    shop.bench.wishing.wish("47566")
    (wish,) = shop.bench.documents.page()
    async with opened(shop, lambda: DocumentPage(wish.document)) as (app, _):
        assert "The wishlist of The Paper Lantern: added 47566, taken off nothing." in screen_text(app)
