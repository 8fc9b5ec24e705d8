"""Which reps are signed in, on which device; one can be ended without shutting anybody out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.below_more import BelowMore
from wizterm.office.listing import ListPage
from wizterm.screens.confirm import Confirm
from wizterm.server.deciding import Role
from wizterm.server.office import Office
from wizterm.server.session_list import SessionLine
from wizterm.widgets.rows import Column, Row


class SignInsPage(ListPage[SessionLine], BelowMore):
    COMMAND = commands.SIGN_INS
    TAKES = Role.ADMIN
    COLUMNS = (
        Column("Rep", 10),
        Column("Device", 6),
        Column("Name", 16, grow=True),
        Column("Ends, if not used", 20, align="right"),
    )
    EMPTY = "No rep is signed in."
    HELP = """
Which reps are signed in, and on which device. A sign-in goes on by itself for as long as the device calls.

`x` ends one: the device asks for the password before it sends or fetches again, and keeps what it has. To keep a
machine or a rep out for good, shut them out under `F5` or `F6`.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.END, commands.LEAVE)

    def find(self, office: Office) -> Sequence[SessionLine]:
        return office.sessions.all()

    def row_of(self, item: SessionLine) -> Row:
        ends = f"{item.expires_at:%Y-%m-%d %H:%M} UTC"
        return Row(item.id, (item.rep, item.device, item.device_name, ends), style="")

    def action_end(self) -> None:
        """Ask first: the rep has to type the password again."""
        if (session := self.current) is None:
            return
        words = (
            f"{session.device_name}, device {session.device}.\nThe device keeps what it has, and asks for the password."
        )
        ask = Confirm(f"End the sign-in of {session.rep}?", words=words, yes="end it", no="leave it")
        self.app.push_screen(ask, lambda sure: self._end(session) if sure else None)

    def _end(self, session: SessionLine) -> None:
        said = self.Done(f"{session.rep} is signed out on {session.device}, and can sign in again.")
        self.ask(lambda office: office.sessions.revoke(session.id), lambda _: said)
