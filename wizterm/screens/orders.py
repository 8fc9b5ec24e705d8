"""Orders and quotes, with what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.records import DocumentSummary
from wizterm.screens.document import DocumentPage
from wizterm.screens.file_prompt import FilePrompt
from wizterm.screens.paper_actions import PaperActions
from wizterm.services.outlook import Outlook
from wizterm.services.paper_files import export_to
from wizterm.services.paper_filter import EVERYTHING, PaperFilter
from wizterm.services.papers import PAGE, PaperPage
from wizterm.widgets.list_keys import ListKeys
from wizterm.widgets.pane import Pane, shop_of
from wizterm.widgets.paper_rows import PLAIN, columns_for, paper_row
from wizterm.widgets.rows import Column, Rows
from wizterm.widgets.search_field import SearchField
from wizterm.widgets.state_line import MINUTE

NONE_YET = "No order yet. F10 on the order screen turns a cart into one."
NO_MATCH = "Nothing matches. Esc empties the search, F2 and F3 show other states and kinds."


class OrdersPage(PaperActions, ListKeys):
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

Tab goes into the list, where the letters work: `r` orders the same again, `v` mends what was refused, `o` makes an
order of a quote, `x` cancels, `e` writes a file. `s` and `k` (F2 and F3 while you type) choose states and kinds.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(commands.OPEN, priority=True),
        *bind(*commands.of("paper"), *commands.of("orders")),
    ]
    """Enter comes before the list's own, which would hide it from footer and help."""

    @dataclass
    class Found(Message):
        page: PaperPage
        first: bool

    within: var[PaperFilter] = var(EVERYTHING)

    def body(self) -> ComposeResult:
        with Pane() as pane:
            pane.border_title = self.TITLE_WORDS
            yield SearchField("Any part of number, customer or ERP number", longest=100)
            yield Rows(*PLAIN, empty=NONE_YET)

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, DocumentSummary] = {}
        """By the key of their row, in the list's order."""

    def on_mount(self) -> None:
        self.set_focus(self.query_one(SearchField))
        self.set_interval(MINUTE, self._look_again)
        self._look()

    def on_resize(self) -> None:
        """Where there is more room, more is shown."""
        clock, columns = shop_of(self).machine.clock, self._columns
        self.query_one(Rows).set_columns(
            columns, [paper_row(summary, clock, columns) for summary in self._shown.values()]
        )

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
        if (page.text, page.within) != (self.query_one(SearchField).value, self.within):
            return
        clock = shop_of(self).machine.clock
        found = [paper_row(summary, clock, self._columns) for summary in page.summaries]
        if message.first:
            self._shown.clear()
            rows.say_when_empty(NO_MATCH if page.text or page.within != EVERYTHING else NONE_YET)
            rows.replace(found, more=page.more, keep_cursor=True)
        else:
            rows.extend(found, more=page.more)
        self._shown |= {str(summary.document): summary for summary in page.summaries}
        self.refresh_bindings()
        self.let_see()

    @on(Rows.Highlighted)
    def offer_what_can_be_done(self, message: Rows.Highlighted) -> None:
        """What can be done with one order cannot with the next."""
        message.stop()
        self.refresh_bindings()

    @on(Rows.Chosen)
    def open_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """Show the order under the cursor."""
        row = self.query_one(Rows).current
        if row is not None:
            self.app.push_screen(DocumentPage(self._shown[row.key].document))

    def action_state(self) -> None:
        self._filter(self.within.next_state())

    def action_kind(self) -> None:
        self._filter(self.within.next_kind())

    def action_export(self) -> None:
        """Ask for the name of the file; its ending says the form."""
        shop = shop_of(self)
        name = shop.machine.papers_folder / f"orders-{shop.machine.clock.today()}.csv"
        text, within = self.query_one(SearchField).value, self.within
        prompt = FilePrompt(
            "Write this list to a file",
            lambda bench, to: export_to(bench.papers, to, text, within),
            suggested=name,
            hint="A file that is not there yet. Its name ends in .csv or .json.",
        )
        self.app.push_screen(prompt, self.say_written)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While one types, letters are letters; an empty list has nothing to open."""
        if action in _LETTERS and not self.query_one(Rows).has_focus:
            return False
        if action == commands.OPEN.action and self.is_mounted:
            return self.paper_at_hand is not None
        return super().check_action(action, parameters)

    @property
    def paper_at_hand(self) -> DocumentSummary | None:
        row = self.query_one(Rows).current
        return self._shown.get(row.key) if row is not None else None

    @property
    def _columns(self) -> tuple[Column, ...]:
        return columns_for(self.size.width)

    def look_again(self) -> None:
        self._look_again()

    def action_back(self) -> None:
        """Empty the search first; then go back."""
        search = self.query_one(SearchField)
        if search.value:
            search.value = ""
        else:
            super().action_back()

    def _filter(self, within: PaperFilter) -> None:
        self.within = within
        self.query_one(Pane).border_subtitle = "" if within == EVERYTHING else str(within)
        self._look()

    def _look_again(self) -> None:
        """All that is shown, so that the list does not shrink under the cursor."""
        self._look(most=max(PAGE, len(self._shown)))

    def _look(self, after: DocumentSummary | None = None, most: int = PAGE) -> None:
        text, within = self.query_one(SearchField).value, self.within
        self.look(
            "orders",
            lambda bench: bench.papers.page(text, after, most, within),
            lambda page: self.Found(page, first=after is None),
        )


_LETTERS = frozenset(command.action for command in (*commands.of("paper"), commands.EXPORT))
