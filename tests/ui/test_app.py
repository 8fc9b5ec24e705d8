import asyncio

import pytest

from tests.support.patience import HANG_GUARD
from tests.support.ui import FakeSyncing
from wizterm.app import WizTerm
from wizterm.config import Config
from wizterm.screens.help import HelpSheet
from wizterm.screens.order import OrderPage
from wizterm.screens.orders import OrdersPage
from wizterm.screens.queue import QueuePage
from wizterm.screens.settings import SettingsPage
from wizterm.screens.sign_in import SignInScreen


class OpenDoor:
    """Somebody is signed in already, or nobody where there is no folder."""

    def __init__(self, folder):
        self._folder = folder
        self.locked = []

    def standing_open(self):
        return self._folder

    def last_known(self):
        return None

    def lock(self, folder):
        self.locked.append(folder)


def made(folder, loaded=lambda: None, *, signed_in=True):
    folder.machine.close()
    door = OpenDoor(folder.path if signed_in else None)
    return WizTerm(
        open_door=lambda: door,
        config=Config(),
        clock=folder.clock,
        new_id=iter("abcdefgh").__next__,
        start_syncing=lambda machine, tell: FakeSyncing(),
        loaded=loaded,
    )


async def test_the_start_is_over_where_somebody_has_to_sign_in(folder):
    told = []
    app = made(folder, loaded=lambda: told.append(app.screen), signed_in=False)
    async with app.run_test() as pilot:
        await until(app, pilot, lambda: told)
        assert [type(screen) for screen in told] == [SignInScreen]


async def test_the_start_is_over_once_the_line_is_up(folder):
    told = []
    app = made(folder, loaded=lambda: told.append((app.screen, app.syncing)))
    try:
        async with app.run_test() as pilot:
            await until_open(app, pilot)
            ((screen, syncing),) = told
            assert isinstance(screen, OrderPage)
            assert isinstance(syncing, FakeSyncing)
    finally:
        app.close()


async def test_what_was_learnt_of_the_keyboard_holds_from_the_start(folder):
    folder.bench.preferences.set_keyboard({"à": "0"})
    app = made(folder)
    try:
        async with app.run_test() as pilot:
            await until_open(app, pilot)
            assert app.keyboard.table == {"à": "0"}
    finally:
        app.close()


async def until_open(app, pilot):
    """The folder is opened by a thread, which then opens the page, and another then makes the line."""
    await until(app, pilot, lambda: isinstance(app.screen, OrderPage) and isinstance(app.syncing, FakeSyncing))


async def until(app, pilot, holds):
    async with asyncio.timeout(HANG_GUARD):
        while not holds():
            await app.workers.wait_for_complete()
            await pilot.pause()


@pytest.fixture
async def shop(folder):
    app = made(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        await until_open(app, pilot)
        yield app, pilot
        await pilot.pause()
    app.close()


@pytest.mark.parametrize(
    ("key", "page"),
    [
        ("f7", OrdersPage),
        ("ctrl+l", OrdersPage),
        ("ctrl+t", QueuePage),
        ("ctrl+s", SettingsPage),
        ("f1", HelpSheet),
        ("ctrl+g", HelpSheet),
    ],
)
async def test_every_page_opens_while_one_types_a_search_and_escape_comes_back(shop, key, page):
    app, pilot = shop
    await pilot.press("h", key)
    assert isinstance(app.screen, page)
    await pilot.press("escape")
    assert isinstance(app.screen, OrderPage)


async def test_a_page_is_not_opened_twice_and_its_key_is_not_offered_there(shop):
    app, pilot = shop
    await pilot.press("f7", "ctrl+t", "f7")
    assert [type(screen) for screen in app.screen_stack[1:]] == [OrderPage, OrdersPage, QueuePage]
    assert "f7" not in app.screen.active_bindings


async def test_sync_now_is_asked_of_the_line(shop):
    app, pilot = shop
    await pilot.press("ctrl+r")
    assert app.syncing.asked == ["now"]


async def test_the_theme_that_was_chosen_is_there_at_the_next_start(folder):
    folder.bench.preferences.set_theme("wizterm-light")
    app = made(folder)
    async with app.run_test() as pilot:
        await until_open(app, pilot)
        assert app.theme == "wizterm-light"
    app.close()


async def test_signing_out_closes_the_program_and_then_locks_the_folder(folder):
    app = made(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        await until_open(app, pilot)
        await pilot.press("f11", "y")
        await pilot.pause()
        assert app._door.locked == []
    app.close()
    assert app.syncing.asked[-1] == "stop"
    assert app._door.locked == [folder.path]


async def test_leaving_without_signing_out_locks_nothing(shop):
    app, _ = shop
    app.close()
    assert app._door.locked == []


async def test_what_needs_a_network_is_marked_in_the_palette_with_the_reason(shop):
    app, _ = shop
    offered = {command.title: command.help for command in app.get_system_commands(app.screen)}
    assert offered["⊘ Take a payment   Alt+P"] == "Payments are online only, and not set up by your company."
    assert offered["⊘ Stock now   Alt+S"].startswith("Live stock is online only: starting.")


async def test_the_palette_tells_each_commands_key(shop):
    app, _ = shop
    offered = [command.title for command in app.get_system_commands(app.screen)]
    assert {"Create order   F10", "Undo   Ctrl+Z", "Settings   Ctrl+S"} <= set(offered)
    assert "All   Ctrl+P" not in offered


@pytest.mark.parametrize("before", ["m", "f4"])
async def test_ctrl_c_says_how_to_quit_and_nothing_else(shop, before):
    app, pilot = shop
    await pilot.press(before, "ctrl+c")
    assert [notice.message for notice in app._notifications] == ["Ctrl+X quits; carts and the queue stay as they are."]
    assert app.is_running


@pytest.mark.parametrize("sheet", ["f3", "f10"])
async def test_over_a_sheet_ctrl_c_says_what_comes_before_quitting(shop, sheet):
    app, pilot = shop
    await pilot.press(sheet, "ctrl+c")
    assert [notice.message for notice in app._notifications] == [
        "Esc leaves this, then Ctrl+X quits; carts and the queue stay as they are."
    ]
