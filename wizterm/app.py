"""The terminal app: it puts the parts together and goes from screen to screen. It decides nothing.

The first frame needs Textual alone; services, screens and the network are loaded beside it, by a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen

from wizterm import commands
from wizterm.bindings import bind
from wizterm.config import Config
from wizterm.domain.clock import Clock
from wizterm.domain.ids import NewId
from wizterm.late import load
from wizterm.messages import OutlookChanged, SignedOut
from wizterm.screens.opening import OpeningScreen
from wizterm.services.online_only import why_not
from wizterm.services.outlook import Outlook
from wizterm.services.syncing import NotYet, Syncing
from wizterm.terminal.scan_router import ScanningApp
from wizterm.terminal.scan_settings import GateSettings
from wizterm.theme import THEMES
from wizterm.widgets.key_names import key_name

if TYPE_CHECKING:
    from wizterm.desk import Desk
    from wizterm.services.door import Door
    from wizterm.services.identity import Identity
    from wizterm.services.machine import Machine

StartSyncing = Callable[["Machine", Callable[[Outlook], object]], Syncing]
"""Starts the threads that talk to the company; they tell every new outlook."""

PAGES: Final = {
    "help": "wizterm.screens.help:HelpSheet",
    "orders": "wizterm.screens.orders:OrdersPage",
    "queue": "wizterm.screens.queue:QueuePage",
    "settings": "wizterm.screens.settings:SettingsPage",
    "sign_out": "wizterm.screens.sign_out:SignOutSheet",
}
"""What each command opens on top of the order page."""


class WizTerm(ScanningApp[None]):
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
        desk: Desk
        identity: Identity
        theme: str
        keyboard: dict[str, str]
        page: Screen[None]

    @dataclass
    class NobodyIn(Message):
        """Somebody must sign in first."""

        sign_in: Screen[Path]

    @dataclass
    class LineUp(Message):
        """The threads that talk to the company run."""

        syncing: Syncing

    def __init__(
        self,
        *,
        open_door: Callable[[], Door],
        config: Config,
        clock: Clock,
        new_id: NewId,
        start_syncing: StartSyncing,
        scanner: GateSettings | None = None,
        loaded: Callable[[], object] = lambda: None,
    ) -> None:
        """`loaded` is told when what a start brings is there: at the sign-in, and when the line is up."""
        super().__init__(scanner=scanner)
        self._open_door = open_door
        self._config = config
        self.picture_protocol = config.pictures.protocol
        self._clock = clock
        self._new_id = new_id
        self._start_syncing = start_syncing
        self._loaded = loaded
        self._door: Door | None = None
        self._open = False
        self._locking = False
        """Whether somebody has signed out: the folder is locked once nothing talks any more."""
        self._keys_wanted = asyncio.Event()
        self.syncing = NotYet()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = config.device.theme
        self.set_keymap(config.keys)

    def get_default_screen(self) -> Screen[None]:
        return OpeningScreen(id="_default")

    def on_mount(self) -> None:
        self.call_after_refresh(self._see_who_is_in)

    async def ready_for_keys(self) -> None:
        """What is typed while the program opens is for the first screen that can take it."""
        await self._keys_wanted.wait()

    @work(thread=True, exit_on_error=True)
    def _see_who_is_in(self) -> None:
        door = self._door = self._open_door()
        folder = door.standing_open()
        if folder is None:
            screen = load("wizterm.screens.sign_in:SignInScreen")
            self.post_message(self.NobodyIn(screen(door, last=door.last_known(), address=self._config.device.server)))
        else:
            self._enter(folder)

    @work(thread=True, exit_on_error=True)
    def _let_in(self, folder: Path) -> None:
        self._enter(folder)

    @work(thread=True, exit_on_error=True)
    def _begin_to_talk(self, machine: Machine) -> None:
        syncing = self._start_syncing(machine, self._tell_outlook)
        machine.close_bench()
        self.post_message(self.LineUp(syncing))

    def _enter(self, folder: Path) -> None:
        machine: Machine = load("wizterm.services.machine:Machine")(
            folder,
            clock=self._clock,
            new_id=self._new_id,
            policy=self._config.device.policy,
            scans=self._config.scanner.rules,
            papers=self._config.paper.rules,
        )
        desk: Desk = load("wizterm.desk:Desk")(
            interrupter=lambda: machine.bench.interrupt, on_thread_end=machine.close_bench
        )
        page: Screen[None] = load("wizterm.screens.order:OrderPage")(
            load("wizterm.screens.scan_desk:ScanHabits")(
                self._config.scanner.bell,
                self._config.scanner.scan_mode,
                self._config.scanner.look_up,
                self._config.scanner.repeat_ms / 1000,
            )
        )
        chosen = machine.bench.preferences
        entered = self.Entered(machine, desk, machine.identity, chosen.theme, chosen.keyboard, page)
        machine.close_bench()
        self.post_message(entered)

    @on(NobodyIn)
    async def ask_who_it_is(self, message: NobodyIn) -> None:
        await self.push_screen(message.sign_in, self._signed_in)
        self._keys_wanted.set()
        self._loaded()

    def _signed_in(self, folder: Path | None) -> None:
        if folder is None:
            self.exit()
        else:
            self._let_in(folder)

    @on(Entered)
    async def open_for_work(self, message: Entered) -> None:
        self.machine, self.desk, self.identity = message.machine, message.desk, message.identity
        if message.theme in self.available_themes:
            self.theme = message.theme
        self.keyboard.table = message.keyboard
        self._open = True
        await self.push_screen(message.page)
        self._keys_wanted.set()
        if self._config.scanner.input:
            self.read_scanner(self._config.scanner.input)
        self._begin_to_talk(message.machine)

    @on(LineUp)
    def take_the_line(self, message: LineUp) -> None:
        self.syncing = message.syncing
        self._loaded()

    @on(OutlookChanged)
    def look_out(self, message: OutlookChanged) -> None:
        self.outlook = message.outlook

    def _tell_outlook(self, outlook: Outlook) -> None:
        """From any thread."""
        self.post_message(OutlookChanged(outlook))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: whatever else can be done here and now, under the name the footer and the help give it."""
        seen = {commands.PALETTE.id}
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.description and binding.id and binding.id not in seen:
                seen.add(binding.id)
                action, node = binding.action, active.node
                reason = why_not(binding.id, self.outlook)
                title = f"{binding.description}   {key_name(binding.key)}"
                yield SystemCommand(
                    f"⊘ {title}" if reason else title,
                    reason or binding.tooltip,
                    lambda action=action, node=node: self.run_worker(self.run_action(action, node)),
                )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is open already is not offered again."""
        if action in PAGES and any(screen.id == action for screen in self.screen_stack):
            return False
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        self._show("help")

    def action_orders(self) -> None:
        self._show("orders")

    def action_queue(self) -> None:
        self._show("queue")

    def action_settings(self) -> None:
        self._show("settings")

    def action_sign_out(self) -> None:
        self._show("sign_out")

    @on(SignedOut)
    def sign_out(self) -> None:
        self._locking = True
        self.exit()

    def action_sync(self) -> None:
        self.syncing.now()

    def action_leave(self) -> None:
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C, which ends other programs, and here copies what is marked: say which key does."""
        key = key_name(self._config.keys.get(commands.QUIT.id, commands.QUIT.keys).split(",")[0].strip())
        first = "Esc leaves this, then " if self.screen.is_modal else ""
        self.notify(f"{first}{key} quits; carts and the queue stay as they are.", markup=False)

    @property
    def folder(self) -> Path | None:
        """The rep's, or where it will be; None where not even that is known."""
        if self._open:
            return self.machine.folder
        return self._door.root if self._door else None

    def close(self) -> None:
        """End what runs beside the screen; everything that was said is on the disk already."""
        if self._open:
            self.syncing.stop()
            self.desk.close()
            self.machine.close()
            if self._locking and self._door:
                self._door.lock(self.machine.folder)

    def _show(self, name: str) -> None:
        if self._open:
            page: Screen[None] = load(PAGES[name])()
            page.id = name
            self.push_screen(page)
