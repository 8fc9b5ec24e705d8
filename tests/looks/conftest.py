from contextlib import closing
from pathlib import Path

import pytest
from textual.app import App

from tests.support.office import Watched, busy, morning
from tests.support.ui import Folder, ShopApp, busy_week, press


@pytest.fixture(autouse=True)
def notices_stay(monkeypatch):
    """What is said in the corner goes by itself after seconds, which a busy machine can take for the next key."""
    monkeypatch.setattr(App, "NOTIFICATION_TIMEOUT", 3600)


@pytest.fixture
def folder(tmp_path):
    with closing(Folder(tmp_path)) as folder:
        yield folder


@pytest.fixture
def week(folder):
    return busy_week(folder)


@pytest.fixture
def looks_as_ever(folder, snap_compare):
    """Whether a screen, after some keys, is the picture that was accepted."""

    def compare(screen, *keys, size=(120, 40)):
        folder.machine.folder = Path("/home/kim/.local/share/wizterm/devices/orders.northwind.example/KIM")
        app = ShopApp(folder, screen)

        async def look(pilot):
            await press(app, pilot, *keys)

        return snap_compare(app, terminal_size=size, run_before=look)

    return compare


@pytest.fixture
def office_looks_as_ever(tmp_path, snap_compare):
    """Whether the office's screen, after some keys, is the picture that was accepted."""
    with morning(tmp_path) as shop:
        app = Watched(busy(shop))

        def compare(*keys, size=(120, 40)):
            async def look(pilot):
                await press(app, pilot, *keys)

            return snap_compare(app, terminal_size=size, run_before=look)

        yield compare
        app.close()
