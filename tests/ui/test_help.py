import re

from tests.support.ui import ShopApp, busy_week, press, screen_text
from wizterm import commands
from wizterm.places import PLACES
from wizterm.screens.help import HelpSheet, markdown
from wizterm.screens.new_customer import NewCustomerSheet
from wizterm.screens.orders import OrdersPage
from wizterm.screens.queue import QueuePage


async def help_on(folder, screen, *keys, size=(120, 300)):
    app = ShopApp(folder, screen)
    async with app.run_test(size=size) as pilot:
        await app.settle(pilot)
        return await press(app, pilot, *keys, "f1")


async def test_help_tells_what_the_page_is_for_and_the_keys_that_work_there(folder):
    said = await help_on(folder, QueuePage)
    here = said.partition("All commands")[0]
    assert "What was submitted is frozen and safe on this machine." in here
    assert re.search(r"r +Try now", here)
    assert re.search(r"→ +Next list", here)
    assert "Create order" not in here


async def test_help_is_painted_with_its_words_and_never_empty(folder, monkeypatch):
    app, painted = ShopApp(folder, QueuePage), []
    paint = HelpSheet._compositor_refresh

    def watched(sheet):
        shown = screen_text(app)
        painted.extend(["Keys that work now" in shown] if "Arrows scroll" in shown else [])
        paint(sheet)

    monkeypatch.setattr(HelpSheet, "_compositor_refresh", watched)
    async with app.run_test(size=(120, 60)) as pilot:
        await app.settle(pilot)
        await press(app, pilot, "f1")
    assert painted
    assert all(painted)


async def test_help_is_of_the_part_that_has_the_focus(folder):
    busy_week(folder)
    said = await help_on(folder, QueuePage, "tab")
    assert "What became of a document, the newest last." in said


async def test_help_works_on_a_sheet(folder):
    said = await help_on(folder, NewCustomerSheet)
    assert "Only the company's name is needed." in said
    assert re.search(r"F10  Ctrl\+O +Save", said.partition("All commands")[0])


async def test_every_command_is_in_the_list(folder):
    said = (await help_on(folder, OrdersPage)).partition("All commands")[2]
    assert [command.id for command in commands.ALL if command.title not in said] == []


async def test_every_place_of_a_command_has_a_name():
    assert {command.place for command in commands.ALL} == set(PLACES)


async def test_escape_closes_the_help(folder):
    app = ShopApp(folder, OrdersPage)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        assert "Help" in await press(app, pilot, "f1", "pagedown")
        assert "Any part of number" in await press(app, pilot, "escape")


def test_help_text_is_joined_to_paragraphs_and_its_marks_are_taken_out():
    assert markdown("\nOne\nline `F1`.\n\n**Two**").plain == "One line F1.\n\nTwo"
