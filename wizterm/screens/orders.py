"""Orders and quotes, with what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.clock import Clock
from wizterm.domain.records import DocumentSummary
from wizterm.screens.document import DocumentPage
from wizterm.screens.page import Page
from wizterm.services.outlook import Outlook
from wizterm.services.papers import PAGE, PaperPage
from wizterm.services.states import kind_words
from wizterm.widgets.list_keys import ListKeys
from wizterm.widgets.pane import Pane, shop_of
from wizterm.widgets.rows import Column, Row, Rows
from wizterm.widgets.search_field import SearchField
from wizterm.widgets.state_line import MINUTE, age_of, row_style, said_state, total

NOTHING = "Nothing here. F10 on the order screen turns a cart into an order; Esc empties the search."


class OrdersPage(Page, ListKeys):
    DEFAULT_CSS = """
    OrdersPage {
        & > Pane { height: 1fr; }
        & Rows { height: 1fr; }
    }
    """

    TITLE_WORDS = "Orders and quotes"
    HELP = """
Every order and quote made on this machine, the newest first. Type any part of its number, of the customer's name or
of the company's own number.

`○` waits here, safe · `✓` the company has it · `●` the company has booked it · `▲` needs you
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(commands.OPEN)

    @dataclass
    class Found(Message):
        page: PaperPage
        first: bool

    def body(self) -> ComposeResult:
        with Pane() as pane:
            pane.border_title = self.TITLE_WORDS
            yield SearchField("Any part of number, customer or ERP number", longest=100)
            yield Rows(
                Column("Number", 12),
                Column("Kind", 5),
                Column("Customer", 12, grow=True),
                Column("State", 17, grow=True),
                Column("Total", 9, align="right"),
                Column("Age", 8, align="right"),
                empty=NOTHING,
            )

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, DocumentSummary] = {}
        """By the key of their row, in the list's order."""

    def on_mount(self) -> None:
        self.query_one(Rows).can_focus = False
        self.set_focus(self.query_one(SearchField))
        self.set_interval(MINUTE, self._look_again)
        self._look()

    def watch_outlook(self, before: Outlook, after: Outlook) -> None:
        """What became of a document shows at once."""
        if self.is_mounted and before.counts != after.counts:
            self._look_again()

    @on(Input.Changed)
    def find_as_typed(self, message: Input.Changed) -> None:
        message.stop()
        self._look()

    @on(Rows.MoreWanted)
    def fetch_more(self, message: Rows.MoreWanted) -> None:
        message.stop()
        self._look(after=next(reversed(self._shown.values()), None))

    @on(Found)
    def show(self, message: Found) -> None:
        message.stop()
        page, rows = message.page, self.query_one(Rows)
        if page.text != self.query_one(SearchField).value:
            return
        clock = shop_of(self).machine.clock
        found = [_row(summary, clock) for summary in page.summaries]
        if message.first:
            self._shown.clear()
            rows.replace(found, more=page.more, keep_cursor=True)
        else:
            rows.extend(found, more=page.more)
        self._shown |= {str(summary.document): summary for summary in page.summaries}

    @on(Rows.Chosen)
    def open_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """Show the order under the cursor."""
        row = self.query_one(Rows).current
        if row is not None:
            self.app.push_screen(DocumentPage(self._shown[row.key].document))

    def action_back(self) -> None:
        """Empty the search first; then go back."""
        search = self.query_one(SearchField)
        if search.value:
            search.value = ""
        else:
            super().action_back()

    def _look_again(self) -> None:
        """All that is shown, so that the list does not shrink under the cursor."""
        self._look(most=max(PAGE, len(self._shown)))

    def _look(self, after: DocumentSummary | None = None, most: int = PAGE) -> None:
        text = self.query_one(SearchField).value
        self.look(
            "orders",
            lambda bench: bench.papers.page(text, after, most),
            lambda page: self.Found(page, first=after is None),
        )


def _row(summary: DocumentSummary, clock: Clock) -> Row:
    return Row(
        str(summary.document),
        (
            summary.number,
            kind_words(summary.kind),
            summary.customer_name,
            said_state(summary),
            total(summary),
            age_of(summary, clock),
        ),
        style=row_style(summary),
    )
