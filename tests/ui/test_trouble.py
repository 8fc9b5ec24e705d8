"""The order page in trouble: nothing is lost, nothing is half, and a sentence says what happened."""

import sys
from shutil import rmtree

import pytest

from tests.support.outbox_device import id_of
from tests.support.ui import ShopApp, press, screen_text
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.document import Kind
from wizterm.screens.order import OrderPage
from wizterm.screens.orders import OrdersPage
from wizterm.services.machine import Machine
from wizterm.services.outlook import Mood, Outlook

SIZE = (120, 40)

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="file size limits exist on POSIX only")


@pytest.fixture
def order_page(folder):
    return ShopApp(folder, OrderPage)


def said(app):
    return " ".join(notification.message for notification in app._notifications)


def lines_on_disk(folder):
    return [(line.sku, str(line.count)) for line in folder.bench.entry.current().cart.lines]


@needs_posix
async def test_a_line_that_a_full_disk_did_not_take_is_said_to_be_not_saved(order_page, folder):
    from tests.support.full_disk import nothing_can_be_written

    async with order_page.run_test(size=SIZE) as pilot:
        await press(order_page, pilot, *"22423", "enter")
        with nothing_can_be_written():
            shown = await press(order_page, pilot, *"47566", "enter")
        assert "NOT saved" in said(order_page)
        assert "22423" in shown
        assert lines_on_disk(folder) == [("22423", "1")]
        await press(order_page, pilot, *"47566", "enter")
        assert lines_on_disk(folder) == [("22423", "1"), ("47566", "1")]


@needs_posix
async def test_an_order_that_a_full_disk_did_not_take_stays_a_cart_and_is_submitted_once_there_is_room(
    order_page, folder
):
    from tests.support.full_disk import nothing_can_be_written

    folder.bench.entry.add("22423", 6)
    folder.bench.entry.choose_customer("c1")
    async with order_page.run_test(size=SIZE) as pilot:
        await press(order_page, pilot, "f10")
        with nothing_can_be_written():
            shown = await press(order_page, pilot, "enter")
        assert "NOT saved" in shown
        assert "The cart is still here" in shown
        assert folder.bench.documents.page() == []
        assert lines_on_disk(folder) == [("22423", "6")]
        assert "Saved" in await press(order_page, pilot, "enter")
    assert len(folder.bench.documents.page()) == 1
    assert lines_on_disk(folder) == []


@needs_posix
async def test_a_disk_that_is_really_full_is_told_the_same_way(opened, tmp_path):
    from tests.support.full_disk import filled, small_disk

    with small_disk(tmp_path) as mounted:
        if not mounted:
            pytest.skip("mounting a small disk takes the system's own rights")
        folder = opened(tmp_path)
        app = ShopApp(folder, OrderPage)
        async with app.run_test(size=SIZE) as pilot:
            await press(app, pilot, *"22423", "enter")
            with filled(tmp_path):
                for _ in range(30):
                    await press(app, pilot, *"47566", "enter")
                    if "disk is full" in said(app):
                        break
            assert "NOT saved: the disk is full" in said(app)
        folder.close()


async def test_enter_that_comes_before_the_list_means_the_first_product_its_words_find(order_page, folder):
    async with order_page.run_test(size=SIZE) as pilot:
        await order_page.settle(pilot)
        for key in "bunting":
            order_page.focused.insert_text_at_cursor(key)
        await order_page.run_action("add", order_page.focused.parent)
        await order_page.settle(pilot)
    assert lines_on_disk(folder) == [("47566", "1")]


async def test_words_that_find_nothing_add_nothing_and_say_so(order_page, folder):
    async with order_page.run_test(size=SIZE) as pilot:
        await order_page.settle(pilot)
        order_page.focused.insert_text_at_cursor("zeppelin")
        await order_page.run_action("add", order_page.focused.parent)
        await order_page.settle(pilot)
        assert "Nothing was found for 'zeppelin'" in said(order_page)
    assert lines_on_disk(folder) == []


async def test_the_sheet_shows_what_was_asked_for_just_before_it(order_page, folder):
    folder.bench.entry.choose_customer("c1")
    async with order_page.run_test(size=SIZE) as pilot:
        await order_page.settle(pilot)
        order_page.screen._change(lambda bench: bench.entry.add("22423", 6))
        order_page.screen.action_create()
        await order_page.settle(pilot)
        assert "1 line · 6 pieces" in screen_text(order_page)


async def test_the_sheet_that_names_f7_for_the_orders_lets_it_through_once_there_is_an_order(order_page, folder):
    opened = []
    order_page.action_orders = lambda: opened.append(type(order_page.screen))
    folder.bench.entry.choose_customer("c1")
    folder.bench.entry.add("22423", 6)
    async with order_page.run_test(size=SIZE) as pilot:
        assert "Create order" in await press(order_page, pilot, "f10", "f7")
        assert opened == []
        assert "F7 orders" in await press(order_page, pilot, "enter")
        await press(order_page, pilot, "f7")
        assert opened == [OrderPage]


async def test_a_quote_is_neither_offered_nor_tried_where_nothing_is_in_the_cart(order_page):
    async with order_page.run_test(size=SIZE) as pilot:
        assert "q makes a quote" not in await press(order_page, pilot, "f10")
        assert "NOT saved" not in await press(order_page, pilot, "q")


@pytest.fixture
def second(folder):
    """The order page of a second terminal on the same folder."""
    machine = Machine(folder.path, clock=folder.clock, new_id=lambda: id_of(900))
    app = ShopApp(folder, OrderPage)
    app.machine = machine
    yield app
    machine.close()


async def test_a_second_terminal_searches_and_looks_and_is_refused_every_write(second, folder):
    async with second.run_test(size=SIZE) as pilot:
        shown = await press(second, pilot, *"cakestand")
        assert "22423" in shown
        await press(second, pilot, "enter")
        assert "cannot be written. Close another WizTerm" in said(second)
    assert folder.bench.entry.current().cart.lines == ()


async def test_a_second_terminal_changes_nothing_for_the_first(second, folder):
    folder.bench.entry.add("22423", 6)
    async with second.run_test(size=SIZE) as pilot:
        assert "22423" in await press(second, pilot, "f4")
        folder.bench.entry.add("47566", 10)
        await press(second, pilot, "delete")
    assert lines_on_disk(folder) == [("22423", "6"), ("47566", "10")]


async def test_a_second_terminal_tells_that_it_only_reads(folder):
    told = []
    machine = Machine(folder.path, clock=folder.clock, new_id=lambda: id_of(900))
    assert machine.read_only
    onlooker = machine.look_on(told.append)
    onlooker.stop()
    machine.close()
    assert (told[0].mood, told[0].words) == (Mood.ATTENTION, "Reading only")


async def test_a_damaged_catalogue_is_fetched_again_while_orders_can_be_looked_at(order_page, folder):
    folder.order(1)
    folder.bench.close()
    asked = []
    folder.machine.fetch_catalogue = lambda: asked.append("catalogue")
    for file in (folder.path / "catalogue").glob("*.db"):
        file.write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
    folder.machine.close_bench()
    async with order_page.run_test(size=SIZE) as pilot:
        await press(order_page, pilot, *"bunting")
        assert "is damaged" in said(order_page)
        assert "orders are safe" in said(order_page)
        assert "KIM-7F" in await press(order_page, pilot, "f7")
    assert asked == ["catalogue"]


async def test_a_catalogue_that_comes_later_is_shown_without_a_key(opened, tmp_path):
    folder = opened(tmp_path)
    pointer = tmp_path / "catalogue" / "current"
    name = pointer.read_text()
    pointer.unlink()
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=SIZE) as pilot:
        await app.settle(pilot)
        assert "Regency cakest" not in screen_text(app)
        pointer.write_text(name)
        app.outlook = Outlook(mood=Mood.ONLINE, words="Online", synced_at=folder.clock.now().replace(year=2031))
        await app.settle(pilot)
        assert "Regency cakest" in screen_text(app)


async def test_the_list_of_orders_does_without_a_catalogue(folder):
    folder.order(1, kind=Kind.QUOTE)
    (folder.path / "catalogue" / "current").unlink()
    app = ShopApp(folder, OrdersPage)
    async with app.run_test(size=SIZE) as pilot:
        await app.settle(pilot)
        assert "KIM-7F" in screen_text(app)


async def test_before_the_first_catalogue_the_list_says_where_it_will_come_from(tmp_path, opened):
    folder = opened(tmp_path, synced=False)
    rmtree(ReplicaFiles(folder.path).folder)
    app = ShopApp(folder, OrderPage)
    async with app.run_test(size=SIZE) as pilot:
        shown = await press(app, pilot, *"heart")
        assert "The catalogue comes with the first sync." in shown
        assert "Nothing found" not in shown
