"""The queue: what waits to be sent, what the company has, and what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.reactive import var

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.clock import Clock
from wizterm.domain.document import DocumentId, State
from wizterm.domain.records import DocumentSummary
from wizterm.screens.document import DocumentPage
from wizterm.screens.paper_actions import PaperActions
from wizterm.services.outgoing import QueueView, Tab
from wizterm.services.outlook import Outlook
from wizterm.services.papers import Paper
from wizterm.services.states import kind_words, summary_words
from wizterm.widgets.openable_rows import OpenableRows
from wizterm.widgets.pane import Pane, shop_of
from wizterm.widgets.paper_card import PaperCard
from wizterm.widgets.queue_tabs import EMPTY, QueueTabs
from wizterm.widgets.rows import Column, Row, Rows
from wizterm.widgets.state_line import MINUTE, age_of, row_style, total

_FOR_PAPERS = (commands.QUEUE_REVISE, commands.QUEUE_COPY, commands.QUEUE_CANCEL)


class QueuePage(PaperActions):
    DEFAULT_CSS = """
    QueuePage {
        & > #panes { height: 1fr; layout: horizontal; }
        & #panes > Pane { width: 1fr; height: 1fr; }
        & Rows { height: 1fr; }
        & PaperCard { width: 42; height: 1fr; }
        &.-narrow {
            & > #panes { layout: vertical; }
            & PaperCard { width: 1fr; height: 9; }
        }
    }
    """

    TITLE_WORDS = "Queue"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    HELP = """
What was submitted is frozen and safe on this machine. It is sent automatically, in order, whenever there is a network;
nothing here has to be done for that.

Left and right go through the lists. `h` keeps a waiting document back, and lets it go again; `r` tries at once.

What was refused comes into the cart again with `v`: mended and submitted, it takes the old one's place. `c` copies an
order or a quote into a new cart, `x` takes it back or cancels it.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(commands.RETRY, commands.HOLD, *_FOR_PAPERS),
        *bind(commands.NEXT_TAB, commands.PREVIOUS_TAB, priority=True),
    ]
    """Left and right come before the list's own, which would hide them from footer and help."""

    tab: var[Tab | None] = var(None)
    """The list that is shown; None until one is."""
    paper: var[Paper | None] = var(None)

    @dataclass
    class Viewed(Message):
        view: QueueView

    @dataclass
    class PaperRead(Message):
        paper: Paper

    @dataclass
    class Held(Message):
        held: bool

    class MayCall(Message):
        """Nothing forbids a call to the company."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, DocumentSummary] = {}

    def body(self) -> ComposeResult:
        yield QueueTabs()
        with Container(id="panes"):
            with Pane(id="list"):
                yield OpenableRows(
                    Column("Number", 14),
                    Column("Kind", 12),
                    Column("Customer", 12, grow=True),
                    Column("Total", 6, align="right"),
                    Column("Age", 6, align="right"),
                    empty="Nothing in this list.",
                )
            yield PaperCard(shop_of(self).machine.clock).data_bind(QueuePage.paper, QueuePage.outlook)

    @property
    def paper_at_hand(self) -> DocumentSummary | None:
        row = self.query_one(Rows).current
        return self._shown.get(row.key) if row is not None else None

    @property
    def turned(self) -> dict[str, str]:
        """Only what waits can be held, and only what is held released."""
        summary = self.paper_at_hand
        hold = ""
        if summary is not None and summary.state is State.QUEUED:
            hold = "Release" if summary.held else "Hold"
        return {**super().turned, commands.HOLD.id: hold}

    def look_again(self) -> None:
        self._look()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Rows))
        self.set_interval(MINUTE, self._look)
        self._look()

    def watch_outlook(self, before: Outlook, after: Outlook) -> None:
        if self.is_mounted and before.counts != after.counts:
            self._look()

    @on(Viewed)
    def show(self, message: Viewed) -> None:
        message.stop()
        view = message.view
        clock = shop_of(self).machine.clock
        self.tab = view.tab
        self._shown = {str(summary.document): summary for summary in view.summaries}
        self.query_one(QueueTabs).view = view
        self.query_one("#list").border_title = view.tab.words
        self.query_one(Rows).replace([_row(each, clock) for each in view.summaries], more=False, keep_cursor=True)
        self._read_current()
        self.refresh_bindings()

    @on(Rows.Highlighted)
    def read_highlighted(self, message: Rows.Highlighted) -> None:
        message.stop()
        self._read_current()
        self.refresh_bindings()

    @on(PaperRead)
    def show_paper(self, message: PaperRead) -> None:
        message.stop()
        self.paper = message.paper
        self.let_see()

    @on(Held)
    def say_held(self, message: Held) -> None:
        message.stop()
        self.say(
            "Held: it stays here until you release it." if message.held else "Released: it is sent with the others."
        )
        shop_of(self).syncing.submitted()
        self._look()

    @on(MayCall)
    def try_now(self, message: MayCall) -> None:
        message.stop()
        shop_of(self).syncing.now()
        self.say("Trying to send now.")

    @on(Rows.Chosen)
    def open_chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        if current := self._current:
            self.app.push_screen(DocumentPage(current))

    def action_retry(self) -> None:
        self.ask(lambda bench: bench.preferences.check_calls(), lambda _: self.MayCall())

    def action_hold(self) -> None:
        """Hold or release the document under the cursor."""
        if current := self._current:
            self.ask(lambda bench: bench.outgoing.hold_or_release(current), self.Held)

    def action_next_tab(self) -> None:
        self._go(1)

    def action_previous_tab(self) -> None:
        self._go(-1)

    @property
    def _current(self) -> DocumentId | None:
        return summary.document if (summary := self.paper_at_hand) is not None else None

    def _go(self, step: int) -> None:
        if self.tab is not None:
            self.tab = self.tab.beside(step)
            self._look()

    def _look(self) -> None:
        tab = self.tab
        self.look("queue", lambda bench: bench.outgoing.view(tab), self.Viewed)

    def _read_current(self) -> None:
        current = self._current
        if current is None:
            self.paper = None
            self.query_one(PaperCard).nothing = EMPTY[self.tab or Tab.WAITING]
            self.let_see()
        else:
            self.look("paper", lambda bench: bench.papers.paper(current), self.PaperRead)


def _row(summary: DocumentSummary, clock: Clock) -> Row:
    sign = f"{summary_words(summary).sign} " if summary.held or summary.listed else ""
    return Row(
        str(summary.document),
        (
            summary.number,
            kind_words(summary.kind),
            f"{sign}{summary.customer_name}",
            total(summary),
            age_of(summary, clock),
        ),
        style=row_style(summary),
    )
