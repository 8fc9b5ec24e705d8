"""A notice in the corner covers nothing that has to be read with it."""

import pytest
from textual.widgets._toast import Toast

from tests.support.ui import ShopApp, press
from wizterm.screens.order import OrderPage
from wizterm.widgets.cart_pane import CartPane
from wizterm.widgets.steady_text import SteadyText


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_notice_leaves_what_the_cart_comes_to_in_sight(folder, size):
    folder.bench.entry.begin("c1")
    folder.bench.entry.add("22423", 1)
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=size, notifications=True) as pilot:
        await app.settle(pilot)
        await press(app, pilot, "f4")
        app.screen.say("The price of 22423 was typed by hand, and stays as it is. " * 3)
        await app.settle(pilot)
        await pilot.pause()
        notice = app.screen.query_one(Toast).region
        sums = app.screen.query_one(CartPane).query_one(SteadyText).region
        assert notice.area
        assert sums.area
        assert not notice.overlaps(sums)
