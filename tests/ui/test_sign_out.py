from tests.support.ui import ShopApp, press, screen_text
from wizterm.screens.settings import SettingsPage
from wizterm.screens.sign_out import SignOutSheet


async def opened(app, pilot):
    await app.settle(pilot)
    return screen_text(app)


async def test_it_asks_first_and_n_stays(folder):
    app = ShopApp(folder, SignOutSheet)
    async with app.run_test(size=(120, 40)) as pilot:
        assert "asks for your password" in await opened(app, pilot)
        await press(app, pilot, "n")
        assert app.signed_out == 0


async def test_with_nothing_left_behind_y_signs_out(folder):
    app = ShopApp(folder, SignOutSheet)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        await press(app, pilot, "y")
        assert app.signed_out == 1


async def test_with_unsent_work_it_stays_and_says_how_to_go_on(folder):
    folder.order(1)
    app = ShopApp(folder, SignOutSheet)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        await press(app, pilot, "y")
        assert app.signed_out == 0
        assert "1 document has not been sent" in app.said[-1]
        assert "wizterm queue export" in app.said[-1]


async def test_the_settings_row_asks_too(folder):
    app = ShopApp(folder, SettingsPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        assert "Sign out?" in await press(app, pilot, *["up"], "enter")
