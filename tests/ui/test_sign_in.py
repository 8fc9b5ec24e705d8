import threading

import pytest

from tests.support.ui import KIM, ShopApp, press, screen_text
from wizterm.screens.sign_in import SignInScreen
from wizterm.services.door import Door, SignInError


class FakeDoor:
    """Lets in whoever says 'sesame'."""

    def __init__(self, folder):
        self.folder = folder
        self.asked = []
        self.open = threading.Event()
        self.open.set()

    def freshness(self):
        return "last synced 4 min ago"

    def sign_in(self, address, rep, password):
        self.asked.append((address, rep, password))
        self.open.wait(10)
        if password != "sesame":
            raise SignInError("That is not the password that signed in here last.")
        return self.folder


@pytest.fixture
def door(folder):
    return FakeDoor(folder.path)


async def test_the_right_password_gives_the_folder_to_work_in(folder, door):
    app = ShopApp(folder, lambda: SignInScreen(door))
    async with app.run_test() as pilot:
        await press(app, pilot, *"https://o.example", "enter", *"KIM", "enter", *"sesame", "enter")
    assert door.asked == [("https://o.example", "KIM", "sesame")]
    assert app.given == [folder.path]


async def test_it_says_that_the_server_is_being_asked_and_asks_once(folder, door):
    door.open.clear()
    app = ShopApp(folder, lambda: SignInScreen(door, last=KIM))
    async with app.run_test() as pilot:
        await pilot.press(*"sesame", "enter", "enter", "f10")
        assert "Asking the server …" in screen_text(app)
        door.open.set()
        await app.settle(pilot)
    assert len(door.asked) == 1


async def test_a_refusal_is_a_sentence_in_place_and_the_form_stays(folder, door):
    app = ShopApp(folder, lambda: SignInScreen(door, last=KIM))
    async with app.run_test() as pilot:
        said = await press(app, pilot, *"wrong", "enter")
        assert "▲ That is not the password that signed in here last." in said
        assert app.given == []
        await press(app, pilot, *["backspace"] * 5, *"sesame", "enter")
    assert app.given == [folder.path]


async def test_what_a_server_says_is_shown_as_text_whatever_it_contains(folder, door):
    def sign_in(*_):
        raise SignInError("[bold]no[/bold] \x1b[2J entry")

    door.sign_in = sign_in
    app = ShopApp(folder, lambda: SignInScreen(door, last=KIM))
    async with app.run_test() as pilot:
        assert "[bold]no[/bold] ␛[2J entry" in await press(app, pilot, *"x", "enter")


async def test_empty_fields_are_explained_and_the_server_is_not_asked(folder, door):
    app = ShopApp(folder, lambda: SignInScreen(door))
    async with app.run_test(size=(120, 40)) as pilot:
        said = await press(app, pilot, "f10")
        assert "The server's address is missing" in said
        assert "Your name is missing" in said
        assert "The password is missing." in said
        assert app.focused.id == "address"
    assert door.asked == []


async def test_a_machine_that_knows_its_rep_asks_for_the_password_only(folder, door):
    app = ShopApp(folder, lambda: SignInScreen(door, last=KIM))
    async with app.run_test() as pilot:
        await app.settle(pilot)
        assert "Kim Berg · Northwind Gifts" in screen_text(app)
        assert "network or not; last synced 4 min ago." in screen_text(app)
        assert app.focused.id == "password"


async def test_escape_gives_no_folder(folder, door):
    app = ShopApp(folder, lambda: SignInScreen(door))
    async with app.run_test() as pilot:
        await press(app, pilot, "escape")
    assert app.given == [None]


async def test_a_fault_of_the_program_is_a_sentence_too(folder, door):
    def sign_in(*_):
        raise KeyError("lost")

    door.sign_in = sign_in
    app = ShopApp(folder, lambda: SignInScreen(door, last=KIM))
    async with app.run_test() as pilot:
        assert "Something went wrong inside WizTerm (KeyError)" in await press(app, pilot, *"x", "enter")


def test_the_door_says_how_old_the_data_behind_it_is(folder):
    def door(path):
        return Door(path.parent, connect=lambda _: None, clock=folder.clock, new_id=str, folder=path)

    assert door(folder.path).freshness() == "last synced 4 min ago"
    assert door(folder.path / "nowhere").freshness() == "never synced"
