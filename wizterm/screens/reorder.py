"""The same again: which lines, and what they cost now beside what they cost then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.money import Currency, currency
from wizterm.domain.quantity import show
from wizterm.domain.records import DocumentSummary
from wizterm.screens.page import Sheet
from wizterm.services.again import Difference
from wizterm.widgets.rows import Column, Row, Rows


class ReorderSheet(Sheet[frozenset[int]]):
    """Gives the numbers of the chosen lines; None after Esc."""

    DEFAULT_CSS = """
    ReorderSheet {
        & > #sheet { width: 96; height: 80%; }
        & Rows { height: 1fr; }
    }
    """

    HELP = """
All lines are chosen at first; Space takes one off or on. Enter puts what is chosen into a new cart, at today's prices
and without the old discounts. What is not sold to the customer any more is marked and not chosen.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("reorder"), priority=True)

    @dataclass
    class Compared(Message):
        lines: tuple[Difference, ...]

    def __init__(self, summary: DocumentSummary) -> None:
        super().__init__()
        self._summary = summary
        self._lines: tuple[Difference, ...] = ()
        self._chosen: set[int] = set()

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(f"Order {self._summary.number} again")
            sheet.border_subtitle = "Space on or off · Enter into a new cart · Esc back"
            yield Rows(
                Column("", 1),
                Column("SKU", 14),
                Column("Name", 12, grow=True, both_ends=True),
                Column("Qty", 3, align="right"),
                Column("Then", 5, align="right"),
                Column("Now", 5, align="right"),
                Column("", 4, align="right"),
                empty="Comparing with today's prices.",
            )

    def on_mount(self) -> None:
        self.query_one(Rows).focus()
        document = self._summary.document
        self.look("differences", lambda bench: bench.again.differences(document), self.Compared)

    @on(Compared)
    def show_differences(self, message: Compared) -> None:
        message.stop()
        self._lines = message.lines
        self._chosen = {line.line for line in message.lines if line.now is not None}
        self._show()

    def action_pick(self) -> None:
        """Take the line under the cursor off, or on again."""
        row = self.query_one(Rows).current
        if row is not None:
            self._chosen ^= {int(row.key)}
            self._show()

    def action_order(self) -> None:
        if self._lines:
            self.dismiss(frozenset(self._chosen))

    def _show(self) -> None:
        in_ = currency(self._summary.currency)
        rows = [_row(line, in_, chosen=line.line in self._chosen) for line in self._lines]
        self.query_one(Rows).replace(rows, more=False, keep_cursor=True)


def _row(line: Difference, in_: Currency, *, chosen: bool) -> Row:
    now = "not sold" if line.now is None else in_.show_price(line.now)
    change = "" if line.now is None or line.now == line.then else in_.show_price(line.now - line.then)
    if change and not change.startswith("−"):
        change = f"+{change}"
    return Row(
        str(line.line),
        ("✓" if chosen else "", line.sku, line.name, show(line.count), in_.show_price(line.then), now, change),
        style="quiet" if not chosen else "warning" if change else "",
    )
