"""The office's app: it goes from page to page over the server's services. It decides nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Final

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from wizterm.bindings import bind
from wizterm.desk import Desk
from wizterm.domain.clock import Clock
from wizterm.office import commands
from wizterm.office.deliveries import DeliveriesPage
from wizterm.office.documents import DocumentsPage
from wizterm.office.overview import OverviewPage
from wizterm.office.page import OfficePage
from wizterm.office.people import DevicesPage, RepsPage
from wizterm.office.sign_in import SignInScreen
from wizterm.screens.help import HelpSheet
from wizterm.server.office import Office
from wizterm.terminal.app import SteadyApp
from wizterm.theme import THEMES

LOOK_FOR_PARENT = 2.0
"""Seconds; in a browser the app is a child of the web server, and goes when that is gone."""
SIGN_IN_SECONDS = 120.0
"""Whoever has not signed in by then is let go: an open screen is a process."""
HERE: Final = "on this machine"


class OfficeApp(SteadyApp[None]):
    CSS_PATH = Path(__file__).parents[1] / "wizterm.tcss"
    TITLE = "WizTerm office"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(commands.HELP, commands.PALETTE),
        *bind(commands.LEAVE, priority=True),
    ]

    def __init__(self, office: Office, *, clock: Clock, company: str, sign_in: bool) -> None:
        """`sign_in` asks for name and password first, and ends the app when its parent is gone."""
        super().__init__()
        self.office = office
        self.clock = clock
        self.company = company
        self.who = HERE
        self.desk = Desk()
        self._sign_in = sign_in
        self._started_by = os.getppid()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def on_mount(self) -> None:
        if self._sign_in:
            self.set_interval(LOOK_FOR_PARENT, self._leave_with_parent)
            self.set_timer(SIGN_IN_SECONDS, self._leave_unless_signed_in)
            self.push_screen(SignInScreen(), self._signed_in)
        else:
            self.push_screen(OverviewPage())

    def _signed_in(self, name: str | None) -> None:
        if name is None:
            self.exit()
        else:
            self.who = name
            self.push_screen(OverviewPage())

    def _leave_with_parent(self) -> None:
        if os.getppid() != self._started_by:
            self.exit()

    def _leave_unless_signed_in(self) -> None:
        if self.who == HERE:
            self.exit()

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

    def go(self, name: str) -> None:
        """Show the page that this action names, in place of the one at hand and of what lies on it."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.switch_screen(PAGES[name]())

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpSheet):
            self.push_screen(HelpSheet(commands.ALL, commands.PLACES))

    def action_leave(self) -> None:
        self.exit()

    def close(self) -> None:
        """End what runs beside the screen; all that was asked for is done."""
        self.desk.close()


PAGES: Final[dict[str, type[OfficePage]]] = {
    "overview": OverviewPage,
    "documents": DocumentsPage,
    "deliveries": DeliveriesPage,
    "devices": DevicesPage,
    "reps": RepsPage,
}
"""By the action that opens it."""
