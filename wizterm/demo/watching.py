"""The demo with a terminal: the app, signed in and synced, with a cable that can be pulled."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import click
from requests import Response
from textual.binding import BindingType

from wizterm import commands
from wizterm.app import WizTerm
from wizterm.bindings import bind
from wizterm.config import Config
from wizterm.demo import mailbag
from wizterm.demo.cable import Cable
from wizterm.demo.stage import PASSWORD, Stage, StuckError
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.launch import lines_every, run, scanner_of
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.services.door import Door
from wizterm.services.machine import Machine
from wizterm.services.outlook import Outlook
from wizterm.services.syncing import Syncing
from wizterm.sync.client import HttpClient
from wizterm.terminal.collector import begin_after_the_start
from wizterm.terminal.silence import unheard_typing

PATIENCE = 60.0


class DemoApp(WizTerm):
    """The app with one more key: it pulls the cable and puts it back."""

    BINDINGS: ClassVar[list[BindingType]] = bind(commands.CABLE, priority=True)

    cable: Cable

    def action_cable(self) -> None:
        if self.cable.plugged:
            self.cable.pull()
            self.notify(
                "The network cable is pulled. Take orders: they are safe here.", severity="warning", markup=False
            )
        else:
            self.cable.put_back()
            self.notify("The network cable is back. What waits goes out by itself.", markup=False)
        self.syncing.now()


class CabledClient(HttpClient):
    """A client whose machine notices at once that its cable is pulled, as an operating system does."""

    def __init__(self, address: str, cable: Cable) -> None:
        super().__init__(address)
        self._cable = cable

    def _call(self, *words: Any, **more: Any) -> Response:
        if not self._cable.plugged:
            raise UnreachableError("There is no network: the cable is pulled.", Unreachable.NO_ROUTE)
        return super()._call(*words, **more)


def watch(folder: Path) -> int:
    """Set the stage in this folder, open the app, and leave nothing running. Gives the exit status."""
    click.echo("Setting up a sample company on this machine.")
    stage = Stage(folder, click.echo, mailing=mailbag.settings(folder))
    with closing(stage), ExitStack() as until_the_end:
        with unheard_typing():
            stage.build()
            stage.open()
            host = urlsplit(stage.address)
            cable = until_the_end.enter_context(closing(Cable(host.hostname or "", host.port or 0)))
            device = folder / "device"
            click.echo("Signing in and bringing the catalogue to the rep's machine …")
            sync_first(device, cable.address)
        return run(_app(device, cable))


def _app(device: Path, cable: Cable) -> DemoApp:
    clock = SystemClock()
    config = Config()
    lines = lines_every(config, lambda address: CabledClient(address, cable))

    def start(machine: Machine, tell: Callable[[Outlook], object]) -> Syncing:
        """Pictures come at once: the first product page is to have one."""
        syncing = lines(machine, tell)
        syncing.media()
        return syncing

    app = DemoApp(
        open_door=lambda: Door(device, connect=HttpClient, clock=clock, new_id=uuid7, folder=device),
        config=config,
        clock=clock,
        new_id=uuid7,
        start_syncing=start,
        scanner=scanner_of(config.scanner, os.environ),
        loaded=begin_after_the_start,
    )
    app.cable = cable
    return app


def sync_first(device: Path, address: str) -> None:
    """Sign in and bring the catalogue down, so that the app opens ready for work."""
    clock = SystemClock()
    Door(device, connect=HttpClient, clock=clock, new_id=uuid7, folder=device).sign_in(address, "KIM", PASSWORD)
    machine = Machine(device, clock=clock, new_id=uuid7)
    line = lines_every(Config())(machine, lambda _: None)
    end = time.monotonic() + PATIENCE
    try:
        while not machine.bench.preferences.synced_once:
            if time.monotonic() > end:
                raise StuckError(f"The first sync did not come to its end in {PATIENCE:.0f} s.")
            time.sleep(0.05)
    finally:  # also for a signal: threads that still write would hold up taking the folder away
        line.stop()
        machine.close()
