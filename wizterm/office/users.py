"""Who may sign in to this screen, and as what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.below_more import BelowMore
from wizterm.office.choose_role import ChooseRole
from wizterm.office.listing import ListPage
from wizterm.office.page import house_of
from wizterm.office.password_sheets import NewPassword, NewUser
from wizterm.office.words import age_of
from wizterm.screens.confirm import Confirm
from wizterm.server.deciding import Role
from wizterm.server.office import Office
from wizterm.server.office_users import SHORTEST_PASSWORD, OfficeUserLine
from wizterm.widgets.rows import Column, Row


class UsersPage(ListPage[OfficeUserLine], BelowMore):
    COMMAND = commands.USERS
    TAKES = Role.ADMIN
    COLUMNS = (Column("Name", 20, grow=True), Column("Role", 8), Column("Signed in last", 16, align="right"))
    EMPTY = "Nobody can sign in yet: a sets somebody up. On the server's host this screen needs no password."
    HELP = """
Who may sign in to this screen, in a browser or with `wizterm office --sign-in`, and what they may do there. Whoever
works on the server's own host needs no name here.

`a` sets somebody up. `r` gives another role, which holds at once on screens that are open too. `p` gives a new
password and `x` removes somebody: both end the screens they have open.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(
        commands.ADD_USER, commands.ROLE, commands.USER_PASSWORD, commands.REMOVE_USER, commands.LEAVE
    )

    def find(self, office: Office) -> Sequence[OfficeUserLine]:
        return office.users.all()

    def row_of(self, item: OfficeUserLine) -> Row:
        seen = age_of(item.signed_in_at, house_of(self).clock) or "never"
        return Row(item.name, (item.name, item.role, seen), style="")

    def action_add(self) -> None:
        self.app.push_screen(NewUser(least=SHORTEST_PASSWORD), self._tell)

    def action_role(self) -> None:
        """Ask which one; the one they have is no change."""
        if (user := self.current) is None:
            return

        def give(role: Role | None) -> None:
            if role is not None and role != user.role:
                self._have(lambda office: office.users.give_role(user.name, role), f"{user.name} is {role} now.")

        self.app.push_screen(ChooseRole(user.name, user.role), give)

    def action_password(self) -> None:
        if (user := self.current) is None:
            return
        name = user.name
        ask = NewPassword(
            f"A new password for {name}",
            lambda office, password: office.users.give_password(name, password),
            done=f"{name} has a new password: whatever they had open asks for it.",
            least=SHORTEST_PASSWORD,
        )
        self.app.push_screen(ask, self._tell)

    def action_remove(self) -> None:
        """Ask first: it ends what they are doing."""
        if (user := self.current) is None:
            return
        words = (
            "They sign in no more, and every screen they have open ends at once.\nWhat they decided stays on record."
        )
        ask = Confirm(f"Remove {user.name} ({user.role})?", words=words, yes="remove", no="leave them")
        self.app.push_screen(ask, lambda sure: self._remove(user) if sure else None)

    def _remove(self, user: OfficeUserLine) -> None:
        self._have(lambda office: office.users.remove(user.name), f"{user.name} can sign in no more.")

    def _have(self, work: Callable[[Office], OfficeUserLine], words: str) -> None:
        self.ask(work, lambda _: self.Done(words))

    def _tell(self, words: str | None) -> None:
        if words is not None:
            self.post_message(self.Done(words))
