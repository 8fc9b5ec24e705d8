"""The terminal app: it puts the parts together and goes from screen to screen. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen

from wizterm import commands
from wizterm.bindings import bind
from wizterm.config import Config
from wizterm.desk import Desk
from wizterm.domain.clock import Clock
from wizterm.domain.ids import NewId
from wizterm.messages import OutlookChanged
from wizterm.screens.help import HelpSheet
from wizterm.screens.order import OrderPage
from wizterm.screens.orders import OrdersPage
from wizterm.screens.queue import QueuePage
from wizterm.screens.settings import SettingsPage
from wizterm.screens.sign_in import SignInScreen
from wizterm.services.door import Door
from wizterm.services.identity import Identity
from wizterm.services.machine import Machine
from wizterm.services.outlook import Outlook
from wizterm.services.syncing import Syncing
from wizterm.terminal.app import SteadyApp
from wizterm.theme import THEMES

StartSyncing = Callable[[Machine, Callable[[Outlook], object]], Syncing]
"""Starts the threads that talk to the company; they tell every new outlook."""


class WizTerm(SteadyApp[None]):
    CSS_PATH = Path(__file__).with_name("wizterm.tcss")
    TITLE = "WizTerm"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*(command for command in commands.of("app") if command is not commands.QUIT)),
        *bind(commands.QUIT, priority=True),
    ]

    outlook: var[Outlook] = var(Outlook())

    machine: Machine
    desk: Desk
    syncing: Syncing
    identity: Identity

    @dataclass
    class Entered(Message):
        """Somebody is signed in, and the folder is open."""

        machine: Machine
        identity: Identity
        syncing: Syncing
        theme: str

    class NobodyIn(Message):
        """Somebody must sign in first."""

        def __init__(self, last: Identity | None) -> None:
            super().__init__()
            self.last = last

    def __init__(self, *, door: Door, config: Config, clock: Clock, new_id: NewId, start_syncing: StartSyncing) -> None:
        super().__init__()
        self._door = door
        self._config = config
        self._clock = clock
        self._new_id = new_id
        self._start_syncing = start_syncing
        self._open = False
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = config.device.theme
        self.set_keymap(config.keys)

    def on_mount(self) -> None:
        self._see_who_is_in()

    @work(thread=True, exit_on_error=True)
    def _see_who_is_in(self) -> None:
        folder = self._door.standing_open()
        if folder is None:
            self.post_message(self.NobodyIn(self._door.last_known()))
        else:
            self._enter(folder)

    @work(thread=True, exit_on_error=True)
    def _let_in(self, folder: Path) -> None:
        self._enter(folder)

    def _enter(self, folder: Path) -> None:
        machine = Machine(folder, clock=self._clock, new_id=self._new_id)
        identity = machine.identity
        syncing = self._start_syncing(machine, self._tell_outlook)
        theme = machine.bench.preferences.theme
        machine.close_bench()
        self.post_message(self.Entered(machine, identity, syncing, theme))

    @on(NobodyIn)
    def ask_who_it_is(self, message: NobodyIn) -> None:
        self.push_screen(
            SignInScreen(self._door, last=message.last, address=self._config.device.server), self._signed_in
        )

    def _signed_in(self, folder: Path | None) -> None:
        if folder is None:
            self.exit()
        else:
            self._let_in(folder)

    @on(Entered)
    def open_for_work(self, message: Entered) -> None:
        self.machine, self.identity, self.syncing = message.machine, message.identity, message.syncing
        if message.theme in self.available_themes:
            self.theme = message.theme
        self.desk = Desk(interrupter=lambda: self.machine.bench.interrupt, on_thread_end=self.machine.close_bench)
        self._open = True
        self.push_screen(OrderPage())

    @on(OutlookChanged)
    def look_out(self, message: OutlookChanged) -> None:
        self.outlook = message.outlook

    def _tell_outlook(self, outlook: Outlook) -> None:
        """From any thread."""
        self.post_message(OutlookChanged(outlook))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: whatever can be done here and now, under the name the footer and the help give it."""
        seen: set[str] = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.description and binding.id and binding.id not in seen:
                seen.add(binding.id)
                action, node = binding.action, active.node
                yield SystemCommand(
                    binding.description,
                    binding.tooltip,
                    lambda action=action, node=node: self.run_worker(self.run_action(action, node)),
                )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is open already is not offered again."""
        kind = _OPENED_BY.get(action)
        if kind is not None and any(isinstance(screen, kind) for screen in self.screen_stack):
            return False
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        self._show(HelpSheet)

    def action_orders(self) -> None:
        self._show(OrdersPage)

    def action_queue(self) -> None:
        self._show(QueuePage)

    def action_settings(self) -> None:
        self._show(SettingsPage)

    def action_sync(self) -> None:
        if self._open:
            self.syncing.now()

    def action_leave(self) -> None:
        self.exit()

    @property
    def folder(self) -> Path:
        """The rep's, or where it will be before anybody is in."""
        return self.machine.folder if self._open else self._door.root

    def close(self) -> None:
        """End what runs beside the screen; everything that was said is on the disk already."""
        if self._open:
            self.syncing.stop()
            self.desk.close()
            self.machine.close()

    def _show(self, kind: type[Screen[None]]) -> None:
        if self._open:
            self.push_screen(kind())


_OPENED_BY: dict[str, type[Screen[None]]] = {
    "help": HelpSheet,
    "orders": OrdersPage,
    "queue": QueuePage,
    "settings": SettingsPage,
}
