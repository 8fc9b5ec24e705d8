"""The pane that says how things stand with the company."""

from tests.support.ui import opened, screen_text
from wizterm.screens.order import OrderPage
from wizterm.widgets.status_line import REST
from wizterm.widgets.sync_pane import SyncPane


async def test_the_pane_grows_older_with_the_status_line_though_nothing_happens(folder, monkeypatch):
    timers = []
    monkeypatch.setattr(SyncPane, "set_interval", lambda _, after, then: timers.append((after, then)))
    async with opened(folder, OrderPage) as (app, pilot):
        assert screen_text(app).count("synced just now") == 2
        ((after, look),) = timers
        assert after == REST
        folder.clock.advance(240)
        look()
        await app.settle(pilot)
        assert "confirmed 0 · synced 4 min ago" in screen_text(app)
