"""Learning what a keyboard makes of a scanner's signs, and mending every scan by it."""

from contextlib import asynccontextmanager

import pytest

from tests.support.price_data import tables
from tests.support.ui import ShopApp, fire, press
from tests.unit.barcodes.test_calibration import typed_on
from wizterm.domain.barcodes.calibration import CODES
from wizterm.screens.calibration import CalibrationSheet
from wizterm.screens.order import OrderPage
from wizterm.screens.settings import SettingsPage


@pytest.fixture
def folder(opened, tmp_path):
    return opened(tmp_path, tables=tables())


@asynccontextmanager
async def opened_on(folder, screen):
    app = ShopApp(folder, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        yield app, pilot


async def scan(app, _, text):
    return await fire(app, text)


async def test_three_codes_of_the_sheet_teach_the_layout_and_scans_are_mended(folder):
    async with opened_on(folder, SettingsPage) as (app, pilot):
        await press(app, pilot, "down", "down", "down", "down", "down", "enter")
        assert isinstance(app.screen, CalibrationSheet)
        for code in CODES:
            shown = await scan(app, pilot, typed_on("fr", code))
        assert "signs mended" in shown
        assert app.said[-1].endswith("will be mended in every scan.")
        table = folder.bench.preferences.keyboard
        assert table["à"] == "0"
    async with opened_on(folder, OrderPage) as (app, pilot):
        app.keyboard.table = table
        await scan(app, pilot, typed_on("fr", "MUG-R"))
        assert [line.sku for line in folder.bench.entry.current().cart.lines] == ["MUG-R"]


async def test_a_code_that_is_typed_into_the_field_counts_as_well(folder):
    async with opened_on(folder, CalibrationSheet) as (app, pilot):
        for code in CODES:
            await press(app, pilot, *typed_on("it", code), "enter")
        assert folder.bench.preferences.keyboard["'"] == "-"


async def test_a_code_that_came_torn_is_asked_for_again_and_the_others_are_kept(folder):
    async with opened_on(folder, CalibrationSheet) as (app, pilot):
        await scan(app, pilot, CODES[0])
        shown = await scan(app, pilot, CODES[1][:-3])
        assert app.said[-1] == "Code 2 arrived with 23 signs of 26: scan it again."
        assert "Code 2 of 3" in shown
        await scan(app, pilot, CODES[1])
        await scan(app, pilot, CODES[2])
        assert app.said[-1].startswith("Keyboard and scanner agree")


async def test_leaving_keeps_what_was_learnt_before(folder):
    app = ShopApp(folder, CalibrationSheet)
    app.keyboard.table = {"à": "0"}
    async with app.run_test() as pilot:
        await app.settle(pilot)
        assert app.keyboard.table == {}
        await press(app, pilot, "escape")
        assert app.keyboard.table == {"à": "0"}


async def test_what_was_learnt_can_be_forgotten(folder):
    folder.bench.preferences.set_keyboard({"à": "0"})
    async with opened_on(folder, CalibrationSheet) as (app, pilot):
        await press(app, pilot, "f8")
        assert folder.bench.preferences.keyboard == {}
