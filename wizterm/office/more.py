"""What is needed less often, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.commands import Command
from wizterm.office import commands
from wizterm.office.listing import ListPage
from wizterm.office.page import house_of
from wizterm.server.office import Office
from wizterm.widgets.rows import Column, Row


class MorePage(ListPage[Command]):
    COMMAND = commands.MORE
    COLUMNS = (Column("Key", 3), Column("Page", 12), Column("", 30, grow=True))
    HELP = """
What the office needs less often. Press its letter, or Enter on its row.

Backup and restore, imports and pictures are commands alone: `wizterm admin --help` names them.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.OPEN, *commands.BELOW_MORE, commands.LEAVE)

    def find(self, office: Office) -> Sequence[Command]:  # noqa: ARG002 - the same for everybody
        return commands.BELOW_MORE

    def row_of(self, item: Command) -> Row:
        return Row(item.action, (item.keys, item.title, item.help), style="")

    def action_open(self) -> None:
        if (chosen := self.current) is not None:
            house_of(self).go(chosen.action)

    def action_customers(self) -> None:
        house_of(self).go("customers")

    def action_approvals(self) -> None:
        house_of(self).go("approvals")

    def action_price_lists(self) -> None:
        house_of(self).go("price_lists")

    def action_mappings(self) -> None:
        house_of(self).go("mappings")

    def action_sign_ins(self) -> None:
        house_of(self).go("sign_ins")

    def action_users(self) -> None:
        house_of(self).go("users")
