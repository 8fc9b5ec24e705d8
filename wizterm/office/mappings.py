"""What the ERP calls items and customers that it did not know by our names."""

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
from wizterm.server.mappings import Mapped
from wizterm.server.office import Office
from wizterm.widgets.rows import Column, Row


class MappingsPage(ListPage[Mapped], BelowMore):
    COMMAND = commands.MAPPINGS
    TAKES = Role.CLERK
    COLUMNS = (Column("Kind", 8), Column("Ours", 20, grow=True), Column("The ERP's", 16, grow=True))
    EMPTY = "Nothing is mapped: the ERP knows all by our names. `m` on a delivery maps what it does not know."
    HELP = """
Items, fees and customers that the ERP calls otherwise than we do. `m` on a refused delivery (`F4`) puts one here, and
every document after it goes out under that name.

`x` removes one: both call it alike from then on. What has been sent stays as it is.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.UNMAP, commands.LEAVE)

    def find(self, office: Office) -> Sequence[Mapped]:
        return office.mappings.all()

    def row_of(self, item: Mapped) -> Row:
        return Row(f"{item.kind}/{item.ours}", (str(item.kind), _called(item), item.theirs), style="")

    def action_unmap(self) -> None:
        """Ask first: documents that follow go out under our own name."""
        if (mapped := self.current) is None:
            return
        words = f"The ERP calls it {mapped.theirs}.\nFrom then on it is sent as we call it."
        ask = Confirm(f"Remove the mapping of {_called(mapped)}?", words=words, yes="remove", no="leave it")
        self.app.push_screen(ask, lambda sure: self._unmap(mapped) if sure else None)

    def _unmap(self, mapped: Mapped) -> None:
        said = self.Done(f"{_called(mapped)} is mapped no more.")
        self.ask(lambda office: office.mappings.remove(mapped.kind, mapped.ours), lambda _: said)


def _called(mapped: Mapped) -> str:
    """As people know it."""
    return mapped.name or mapped.ours
