"""Putting the terminal together: the clock, ids and network that only a real machine has are handed in here."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizterm import locations
from wizterm.app import StartSyncing, WizTerm
from wizterm.config import Config, Scanner
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.domain.text import plain
from wizterm.late import load
from wizterm.terminal.collector import begin_after_the_start
from wizterm.terminal.scan_settings import GateSettings, gate_settings, over_ssh

if TYPE_CHECKING:
    from wizterm.services.door import Door
    from wizterm.services.machine import Machine
    from wizterm.services.outlook import Outlook
    from wizterm.services.syncing import Syncing
    from wizterm.sync.client import HttpClient


def make_app(config: Config, folder: Path | None) -> WizTerm:
    """The app over this folder, or over the one of whoever signed in last."""
    clock = SystemClock()

    def open_door() -> Door:
        door: Door = load("wizterm.services.door:Door")(
            locations.devices_folder(), connect=talk_to, clock=clock, new_id=uuid7, folder=folder
        )
        return door

    return WizTerm(
        open_door=open_door,
        config=config,
        clock=clock,
        new_id=uuid7,
        start_syncing=lines_every(config),
        scanner=scanner_of(config.scanner, os.environ),
        loaded=begin_after_the_start,
    )


def scanner_of(scanner: Scanner, environment: Mapping[str, str]) -> GateSettings:
    """How this machine tells scans from typing. Raises `ScannerError`."""
    return gate_settings(
        prefix=scanner.prefix,
        suffixes=scanner.suffixes,
        timing=scanner.timing,
        patterns=scanner.patterns.split(),
        separators=scanner.separators,
        remote=over_ssh(environment),
    )


def run(app: WizTerm) -> int:
    """Run it, end what runs beside the screen, and say what ended it unasked. Gives the exit status."""
    try:
        app.run()
    except Exception as error:  # noqa: BLE001 - the edge of the main thread: what Textual lets through
        app.fault = app.fault or error
    finally:
        app.close()
    if app.fault is None:
        return app.return_code or 0
    last_words = load("wizterm.services.fault_report:last_words")
    folder = app.folder or locations.devices_folder()
    sys.stderr.write(plain(last_words(app.fault, folder, datetime.now(UTC))) + "\n")
    return 1


MEGABYTE = 1024 * 1024


def report_faults(folder: Path) -> None:
    """Leave a report there of what the threads survive; on the screen it would be a sentence at most."""
    logger = logging.getLogger("wizterm")
    if not logger.handlers:
        logger.addHandler(load("wizterm.services.fault_report:FaultReports")(folder, lambda: datetime.now(UTC)))


def talk_to(address: str) -> HttpClient:
    """A client of the server at this address, for one thread."""
    client: HttpClient = load("wizterm.sync.client:HttpClient")(address)
    return client


def lines_every(config: Config, connect: Callable[[str], HttpClient] = talk_to) -> StartSyncing:
    """Starts a machine's line to its own server, pulling as often as the configuration says."""

    def start(machine: Machine, tell: Callable[[Outlook], object]) -> Syncing:
        report_faults(machine.folder)
        if machine.read_only:
            return machine.look_on(tell)
        load("wizterm.services.document_log:write_to_folder")(machine.folder)
        address = machine.identity.address
        line = machine.start_line(
            connect=lambda: connect(address),
            route=load("wizterm.sync.route:way_to")(address),
            pull_every=config.device.incremental_minutes * 60.0,
            tell=tell,
            picture_bytes=config.device.pictures_megabytes * MEGABYTE,
        )
        machine.fetch_catalogue = line.now
        return line

    return start
