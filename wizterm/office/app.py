"""The office's app: it goes from page to page over the server's services. It decides nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Final

from textual import events
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from wizterm.bindings import bind
from wizterm.desk import Desk
from wizterm.domain.quantity import counted
from wizterm.office import commands
from wizterm.office.approvals import ApprovalsPage
from wizterm.office.customers import CustomersPage
from wizterm.office.decisions import DecisionsPage
from wizterm.office.deliveries import DeliveriesPage
from wizterm.office.documents import DocumentsPage
from wizterm.office.mappings import MappingsPage
from wizterm.office.more import MorePage
from wizterm.office.overview import OverviewPage
from wizterm.office.page import OfficePage
from wizterm.office.people import DevicesPage, RepsPage
from wizterm.office.price_lists import PriceListsPage
from wizterm.office.sign_in import SignInScreen
from wizterm.office.sign_ins import SignInsPage
from wizterm.office.users import UsersPage
from wizterm.screens.help import HelpSheet
from wizterm.server.deciding import Actor, Role
from wizterm.server.office import Door, Office, Visit
from wizterm.terminal.app import SteadyApp
from wizterm.theme import THEMES

LOOK_FOR_PARENT = 2.0
"""Seconds; in a browser the app is a child of the web server, and goes when that is gone."""
LOOK_FOR_IDLENESS = 5.0
HERE: Final = "on this machine"


class OfficeApp(SteadyApp[None]):
    CSS_PATH = Path(__file__).parents[1] / "wizterm.tcss"
    TITLE = "WizTerm office"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(commands.HELP, commands.PALETTE),
        *bind(commands.LEAVE, priority=True),
    ]

    def __init__(self, door: Door, *, company: str, who: Actor | None, idle: timedelta | None = None) -> None:
        """Without `who` it asks for name and password, ends when its parent is gone, and signs out who is `idle`."""
        super().__init__()
        self.door = door
        self.clock = door.clock
        self.company = company
        self.desk = Desk()
        self.role = Role.ADMIN
        self._asks = who is None
        self._idle = idle
        self._touched = door.clock.now()
        self._started_by = os.getppid()
        self.office: Office
        if who is not None:
            self.office = door.let_in(who)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    @property
    def who(self) -> str:
        """As the head says it."""
        return f"{self.office.actor.name} ({self.role})" if self._asks else HERE

    def on_mount(self) -> None:
        if self._asks:
            self.set_interval(LOOK_FOR_PARENT, self._leave_with_parent)
            self.set_interval(LOOK_FOR_IDLENESS, self.sign_out_who_is_idle)
            self.push_screen(SignInScreen(), self._signed_in)
        else:
            self.push_screen(OverviewPage())

    async def on_event(self, event: events.Event) -> None:
        """Whatever is entered says that somebody is there."""
        if isinstance(event, events.InputEvent):
            self._touched = self.clock.now()
        await super().on_event(event)

    def _signed_in(self, visit: Visit | None) -> None:
        if visit is None:
            self.exit()
        else:
            self.office, self.role = visit.office, visit.role
            self._touched = self.clock.now()
            self.push_screen(OverviewPage())

    def sign_out(self, why: str) -> None:
        """Show nothing more, and ask who is there."""
        if isinstance(self.screen, SignInScreen):
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(SignInScreen(why), self._signed_in)

    def sign_out_who_is_idle(self) -> None:
        if self._idle is not None and self.clock.now() - self._touched >= self._idle:
            minutes = counted(self._idle // timedelta(minutes=1), "minute")
            self.sign_out(f"Signed out: no key was pressed for {minutes}.")

    def _leave_with_parent(self) -> None:
        if os.getppid() != self._started_by:
            self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: whatever can be done here and now, under the name the footer and the help give it."""
        seen: set[str] = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            known = {*seen, commands.PALETTE.id}
            if active.enabled and binding.description and binding.id and binding.id not in known:
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
    "decisions": DecisionsPage,
    "more": MorePage,
    "customers": CustomersPage,
    "approvals": ApprovalsPage,
    "price_lists": PriceListsPage,
    "mappings": MappingsPage,
    "sign_ins": SignInsPage,
    "users": UsersPage,
}
"""By the action that opens it."""
