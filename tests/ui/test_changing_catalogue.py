"""Typing while the sync thread changes the catalogue under the screen."""

import threading
from contextlib import closing

from tests.support.replica_making import page, price, product
from tests.support.ui import ShopApp, press
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_writer import ReplicaWriter
from wizterm.protocol.catalogue import MOST_ROWS
from wizterm.screens.order import OrderPage
from wizterm.widgets.catalogue_pane import CataloguePane

PRODUCTS = 10_000
LAST = f"kettle {PRODUCTS}"


def pages():
    for before in range(0, PRODUCTS, MOST_ROWS):
        numbers = range(before + 1, before + MOST_ROWS + 1)
        products = [product(number, name=f"Kettle {number}") for number in numbers]
        yield page(f"c{before}", {"products": products, "prices": [price(number) for number in numbers]})


def change(path, first_page):
    with closing(ReplicaWriter(path)) as writer:
        writer.begin_at("c")
        for each in pages():
            writer.apply(each)
            first_page.set()


async def test_no_key_is_missed_while_ten_thousand_products_change(folder):
    app = ShopApp(folder, OrderPage)
    first_page = threading.Event()
    changing = threading.Thread(target=change, args=(ReplicaFiles(folder.path).current(), first_page))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        changing.start()
        first_page.wait()
        for letter in LAST[:-1]:
            await press(app, pilot, "space" if letter == " " else letter)
        changing.join()
        await press(app, pilot, LAST[-1])
        pane = app.screen.query_one(CataloguePane)
        assert pane.query_one("Input").value == LAST
        assert [row.key for row in pane._rows._rows] == [f"P{PRODUCTS}"]
