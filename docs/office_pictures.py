"""Pictures of the office's screen: in a terminal, and in a browser where there is one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docs.pictures import compact
from tests.support import browser as browsers
from tests.support.office import OFFICE_PASSWORD, Morning, Watched, busy, morning
from tests.support.office_server import TAP, ScreenInBrowser, office_server
from tests.support.ui import press

COMPANY = "Northwind Gifts"
SIZE = (100, 30)
SHOWN = {"office": ("f2",), "office-deliveries": ("f4",), "office-document": ("f4", "enter")}
"""Which keys lead there."""
SEEN_FROM = timedelta(minutes=66)
"""The morning begins so long before its pictures are taken."""


def take_terminal(folder: Path) -> dict[str, str]:
    """SVG by name."""
    with morning(folder / "terminal") as shop:
        busy(shop)
        return {name: asyncio.run(_picture(shop, keys)) for name, keys in SHOWN.items()}


def take_browser(folder: Path) -> dict[str, bytes]:
    """PNG by name; nothing where there is no browser."""
    if browsers.WHY_NOT:
        return {}
    with morning(folder / "office", begun=datetime.now(UTC) - SEEN_FROM) as shop:
        busy(shop).office.users.add("Ada", OFFICE_PASSWORD)
    with office_server(folder / "office", company=COMPANY) as address, browsers.browser(folder) as browser:
        browser.before_each_page(TAP)
        browser.open(address)
        screen = ScreenInBrowser(browser)
        screen.wait_for("Password")
        browser.type(*"Ada", "enter", *OFFICE_PASSWORD, "enter")
        screen.wait_for("Deliveries to the ERP", "KIM-10-0006")
        return {"office-browser": browser.picture()}


async def _picture(shop: Morning, keys: tuple[str, ...]) -> str:
    app = Watched(shop)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await press(app, pilot, *keys)
            return compact(app.export_screenshot(title="WizTerm office"))
    finally:
        app.close()
