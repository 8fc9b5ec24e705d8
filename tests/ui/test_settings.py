import re
from dataclasses import replace

import pytest

from tests.support.ui import ShopApp, press, screen_text
from wizterm.screens.settings import SettingsPage
from wizterm.services.outlook import Progress

ROWS = ("sync", "incremental", "media", "offline", "theme", "scanner", "keys")


def down_to(row):
    return ["down"] * ROWS.index(row)


@pytest.fixture
async def page(folder):
    app = ShopApp(folder, SettingsPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        yield app, pilot


async def test_every_row_says_how_it_stands(page):
    app, _ = page
    said = screen_text(app)
    assert "complete 4 min ago" in said
    assert "● on" in said
    assert "○ off" in said
    assert "installation 7F: numbers begin KIM-7F" in said


async def test_sync_data_fetches_everything(page):
    app, pilot = page
    await press(app, pilot, "enter")
    assert app.syncing.asked == ["everything"]


async def test_media_sync_fetches_pictures(page):
    app, pilot = page
    await press(app, pilot, *down_to("media"), "space")
    assert app.syncing.asked == ["media"]


async def test_incremental_sync_is_switched_and_the_line_is_told(page):
    app, pilot = page
    await press(app, pilot, *down_to("incremental"), "enter")
    assert not app.folder.bench.preferences.incremental
    assert app.syncing.asked == ["switched"]


async def test_offline_mode_is_switched_on_and_off(page):
    app, pilot = page
    assert len(re.findall(r"● on$", screen_text(app), re.MULTILINE)) == 1
    assert len(re.findall(r"● on$", await press(app, pilot, *down_to("offline"), "enter"), re.MULTILINE)) == 2
    assert app.folder.bench.preferences.offline
    await press(app, pilot, "enter")
    assert not app.folder.bench.preferences.offline


async def test_nothing_is_fetched_in_offline_mode_and_it_says_why(page):
    app, pilot = page
    await press(app, pilot, *down_to("offline"), "enter")
    app.syncing.asked.clear()
    await press(app, pilot, "up", "up", "up", "enter")
    assert app.syncing.asked == []
    assert "Offline Mode is on" in app.said[-1]


async def test_offline_mode_needs_one_complete_sync_and_says_so(tmp_path, opened):
    folder = opened(tmp_path, synced=False)
    app = ShopApp(folder, SettingsPage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        said = await press(app, pilot, *down_to("offline"), "enter")
        assert "never done" in said
        assert "needs one complete sync first" in app.said[-1]
        assert app.syncing.asked == []
    assert not folder.bench.preferences.offline


async def test_the_theme_changes_at_once_and_is_remembered(page):
    app, pilot = page
    assert "light" in (await press(app, pilot, *down_to("theme"), "enter")).split()
    assert app.theme == "wizterm-light"
    assert app.folder.bench.preferences.theme == "wizterm-light"


async def test_keys_open_the_help(page):
    app, pilot = page
    assert "All commands" in await press(app, pilot, *down_to("keys"), "enter")


async def test_progress_is_shown_in_place_and_moves_nothing(page):
    app, pilot = page
    before = screen_text(app).splitlines()
    app.outlook = replace(
        app.outlook, progress=Progress("Fetching the catalogue", 12_000_000, 40_000_000, 42, bytes=True)
    )
    await app.settle(pilot)
    after = screen_text(app).splitlines()
    changed = [line for was, line in zip(before, after, strict=True) if was != line]
    assert len(changed) == 1
    assert "Fetching the catalogue" in changed[0]
    assert "30%  12.0 of 40.0 MB · 42 s left" in changed[0]


async def test_the_last_sync_is_read_again_when_a_sync_ends(page):
    app, pilot = page
    app.folder.clock.advance(3600)
    app.folder.complete_sync()
    app.outlook = replace(app.outlook, synced_at=app.folder.clock.now())
    await app.settle(pilot)
    assert "complete just now" in screen_text(app)
