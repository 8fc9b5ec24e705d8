"""Which role somebody of the office is to have."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from wizterm.bindings import bind
from wizterm.domain.text import plain
from wizterm.office import commands
from wizterm.office.password_sheets import ROLES
from wizterm.screens.page import Sheet
from wizterm.server.deciding import Role
from wizterm.widgets.rows import Column, Row, Rows


class ChooseRole(Sheet[Role]):
    """Gives the role under the cursor, which begins at the one they have; or None after Esc."""

    DEFAULT_CSS = "ChooseRole Rows { height: 4; }"
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.OPEN)

    def __init__(self, name: str, role: Role) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(plain(f"{self._name}: which role?"))
            sheet.border_subtitle = "↑ ↓ which · Enter gives it · Esc leaves it"
            yield Rows(Column("Role", 8), Column("What they may do", 30, grow=True))

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        told = ((role, words.partition(": ")[2]) for role, words in ROLES.items())
        rows.replace([Row(role, (role, may), style="") for role, may in told], more=False, keep_cursor=False)
        rows.focus()
        rows.move_to(self._role)

    @on(Rows.Chosen)
    def choose_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        if (row := self.query_one(Rows).current) is not None:
            self.dismiss(Role(row.key))
