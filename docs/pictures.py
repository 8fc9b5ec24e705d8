"""Pictures of the real app, over a real server process and a device in sync with the sample company."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from textual.pilot import Pilot

from wizterm import commands
from wizterm.app import WizTerm
from wizterm.config import Config
from wizterm.config import Device as DeviceSettings
from wizterm.demo.cable import Cable
from wizterm.demo.rep import Device
from wizterm.demo.stage import Stage
from wizterm.demo.watching import CabledClient
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.launch import lines_every
from wizterm.services.door import Door
from wizterm.services.machine import Machine

WIDE, NARROW, PAGE = (120, 40), (80, 24), (100, 30)
CUSTOMER = 3
"""Place in the customers' list of whom the cart is for."""
CART = {"22423": "16", "85123A": "24", "47566": "10", "20725": "30", "22197": "12"}
SEARCH = "lunch bag"
LOOKS = 500
"""How often a sign is looked for before giving up, 20 ms apart."""
FONTS = "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"


async def take(folder: Path) -> dict[str, str]:
    """Every picture as SVG, by name."""
    stage = Stage(folder)
    stage.build()
    stage.open()
    host = urlsplit(stage.address)
    cable = Cable(host.hostname or "", host.port or 0)
    try:
        device = folder / "device"
        with redirect_stdout(StringIO()):
            _work(device, cable)
        return {
            "sign-in": await _sign_in(folder / "nobody"),
            **await _order(device, cable),
            **await _pages(device, cable),
        }
    finally:
        cable.close()
        stage.close()


def _work(folder: Path, cable: Cable) -> None:
    """A morning: orders that were confirmed, then the network goes, two more orders and a cart that is open."""
    rep = Device(folder, cable.address, folder.parent / "journal.jsonl")
    rep.answer("sync")
    for place in ("0", "1", "2"):
        rep.answer("order", place)
    rep.answer("quote", "4")
    rep.answer("deliver")
    cable.pull()
    rep.answer("order", "5")
    rep.answer("customer")
    rep.answer("stop")
    machine = Machine(folder, clock=SystemClock(), new_id=uuid7)
    entry = machine.bench.entry
    entry.begin(machine.bench.customers.find("")[CUSTOMER].id)
    for sku, count in CART.items():
        entry.add(sku)
        entry.count(entry.current().cart.lines[-1].id, count)
    machine.close()


async def _sign_in(folder: Path) -> str:
    async with _open(folder, None, PAGE) as pilot:
        await _sees(pilot, "Password")
        return _picture(pilot)


async def _order(device: Path, cable: Cable) -> dict[str, str]:
    pictures = {}
    for name, size in (("order", WIDE), ("order-80x24", NARROW)):
        async with _open(device, cable, size) as pilot:
            await _sees(pilot, " found ")
            await pilot.press(*SEARCH)
            await _sees(pilot, "Lunch bag", " found ")
            pictures[name] = _picture(pilot)
    return pictures


async def _pages(device: Path, cable: Cable) -> dict[str, str]:
    pictures = {}
    for name, command, sign in (
        ("create-order", commands.CREATE, "q quote"),
        ("orders", commands.ORDERS, "KIM-"),
        ("queue", commands.QUEUE, "KIM-"),
        ("settings", commands.SETTINGS, "Offline Mode"),
    ):
        async with _open(device, cable, PAGE) as pilot:
            await _sees(pilot, " found ")
            await pilot.press(command.keys.partition(",")[0])
            await _sees(pilot, sign)
            pictures[name] = _picture(pilot)
    return pictures


@asynccontextmanager
async def _open(folder: Path, cable: Cable | None, size: tuple[int, int]) -> AsyncIterator[Pilot[None]]:
    config = Config(device=DeviceSettings(server="https://orders.northwind.example"))
    clock = SystemClock()

    def connect(address: str) -> CabledClient:
        if cable is None:
            raise AssertionError("nobody is signed in, so nobody asks")
        return CabledClient(address, cable)

    app = WizTerm(
        open_door=lambda: Door(folder, connect=connect, clock=clock, new_id=uuid7, folder=folder),
        config=config,
        clock=clock,
        new_id=uuid7,
        start_syncing=lines_every(config, connect),
    )
    try:
        async with app.run_test(size=size) as pilot:
            yield pilot
    finally:
        app.close()


async def _sees(pilot: Pilot[None], *signs: str) -> None:
    """Wait until all signs are on the screen."""
    for _ in range(LOOKS):
        await pilot.pause(0.02)
        shown = _text(pilot)
        if all(sign in shown for sign in signs) and "starting" not in shown:
            await pilot.pause(0.1)
            return
    raise AssertionError(f"expected {signs} on the screen, got:\n{_text(pilot)}")


def _text(pilot: Pilot[None]) -> str:
    app = pilot.app
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def _picture(pilot: Pilot[None]) -> str:
    return compact(pilot.app.export_screenshot(title="WizTerm"))


def compact(svg: str) -> str:
    """The picture without fonts from elsewhere, invisible text and the noise of its maker."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;]+;", f"font-family: {FONTS};", svg)
    svg = re.sub(r"<text[^>]*>(?:&#160;|\s)*</text>", "", svg)
    svg = re.sub(r"terminal-\d+", "t", svg)
    svg = re.sub(r"(127\.0\.0\.1):\d+", r"\1:8460", svg)
    svg = re.sub(r'="(-?\d+\.\d)\d+"', r'="\1"', svg)
    return re.sub(r">\s+<", "><", re.sub(r"[ \t]*\n\s*", "\n", svg)).strip() + "\n"
