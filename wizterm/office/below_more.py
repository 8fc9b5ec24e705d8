"""A page that is opened from More, and goes back to it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.page import OfficePage, house_of


class BelowMore(OfficePage):
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.BACK)

    def action_back(self) -> None:
        house_of(self).go("more")
