"""A page that is opened from More, and goes back to it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.listing import ListFrame
from wizterm.office.page import OfficePage, house_of
from wizterm.server.deciding import Role
from wizterm.server.overview import Overview


class BelowMore(OfficePage):
    TAKES: ClassVar[Role] = Role.VIEWER
    """The role that changing something here takes; whoever has less sees it under the list."""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.BACK)

    def on_mount(self) -> None:
        self.obey_role()

    def show_overview(self, overview: Overview) -> None:  # noqa: ARG002 - the role comes with it
        self.obey_role()

    def obey_role(self) -> None:
        """Say what the person's role does not cover."""
        for frame in self.query(ListFrame):
            frame.border_subtitle = self.why_not

    @property
    def why_not(self) -> str:
        """Empty where the role covers it."""
        role = house_of(self).role
        return "" if role.covers(self.TAKES) else f"Changes take the role {self.TAKES}, and yours is {role}."

    def action_back(self) -> None:
        house_of(self).go("more")
