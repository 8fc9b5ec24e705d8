"""What reps have sent: searched as one types, each with what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.reactive import var

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.document import DocumentPage
from wizterm.office.document_row import DOCUMENT_COLUMNS, document_row
from wizterm.office.listing import ListFrame
from wizterm.office.page import house_of
from wizterm.office.searching import SearchPage
from wizterm.office.words import DOCUMENT_WORDS
from wizterm.server.archive import DocumentLine
from wizterm.server.office import Office
from wizterm.widgets.rows import Row

DOUBTED: Final = "doubted"
SUGGESTED: Final = "suggested"
CALLED: Final = {DOUBTED: "⚠ Doubted", SUGGESTED: "? Codes to decide"} | DOCUMENT_WORDS
STATES: Final = ("", *CALLED)


class DocumentsPage(SearchPage[DocumentLine]):
    COMMAND = commands.DOCUMENTS
    COLUMNS = DOCUMENT_COLUMNS
    EMPTY = "No document has come in yet."
    HINT = "Any part of number, customer, ERP number or words"
    NO_MATCH = "No document matches. Esc empties the search, F7 shows other states."
    HELP = """
What reps have sent, the latest change first. Type any part of a number, of the customer's name or of what the ERP said.

Enter opens a document: what was ordered, its history, its deliveries, and the doubts that were noted when it came.

**⚠** marks doubts that nobody has seen yet; `F7` shows those documents alone, and `d` on a document's page says that
you have seen them.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.OPEN, commands.NEXT_STATE, commands.LEAVE)

    state: var[str] = var("")
    """Only those; empty for all."""

    def looking(self) -> Callable[[Office], Sequence[DocumentLine]]:
        state = self.state
        words = self.words(also=state)
        if state == DOUBTED:
            return lambda office: office.archive.newest(words=words, doubted=True)
        if state == SUGGESTED:
            return lambda office: office.archive.newest(words=words, suggested=True)
        return lambda office: office.archive.newest(words=words, state=state)

    def row_of(self, item: DocumentLine) -> Row:
        return document_row(item, house_of(self).clock)

    def action_open(self) -> None:
        if (line := self.current) is not None:
            self.app.push_screen(DocumentPage(line.id))

    def action_state(self) -> None:
        """Go to the next state of the list."""
        self.state = STATES[(STATES.index(self.state) + 1) % len(STATES)]
        words = CALLED.get(self.state, "")
        self.query_one(ListFrame).border_subtitle = f"only: {words}" if words else ""
        self.look_again()

    def key_escape(self) -> None:
        self.empty_search()
