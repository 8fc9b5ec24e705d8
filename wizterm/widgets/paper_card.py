"""What became of a document: its state, what keeps it here or what was said of it, and its history."""

from __future__ import annotations

import textwrap
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from wizterm.domain.clock import Clock, age
from wizterm.domain.records import Event
from wizterm.domain.text import plain
from wizterm.services.outlook import Outlook
from wizterm.services.papers import Paper, why_it_waits
from wizterm.services.states import state_words, summary_words
from wizterm.widgets.state_line import MINUTE, coloured

AGE = 14
"""Columns for an event's age."""


class PaperCard(VerticalScroll):
    DEFAULT_CSS = """
    PaperCard {
        border: round $border-blurred;
        border-title-color: $foreground 70%;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        &:focus { border: round $accent; border-title-color: $accent; }
    }
    """

    HELP = """
What became of a document, the newest last. Arrows scroll where it is longer than the frame.
"""

    paper: var[Paper | None] = var(None)
    outlook: var[Outlook] = var(Outlook())
    nothing: var[str] = var("")
    """What is said where there is no document to show."""

    def __init__(self, clock: Clock, **options: Any) -> None:
        super().__init__(**options)
        self._clock = clock
        self.border_title = "What became of it"

    def compose(self) -> ComposeResult:
        yield Static()

    def on_mount(self) -> None:
        self.set_interval(MINUTE, self._show)

    def on_resize(self) -> None:
        self._show()

    def watch_paper(self) -> None:
        self._show()

    def watch_outlook(self) -> None:
        self._show()

    def watch_nothing(self) -> None:
        self._show()

    def _show(self) -> None:
        if self.is_mounted:
            width = self.scrollable_content_region.width
            words = Content(self.nothing)
            if self.paper is not None:
                words = _card(self.paper, self.outlook, self._clock, width)
            self.query_one(Static).update(words)


def _card(paper: Paper, outlook: Outlook, clock: Clock, width: int) -> Content:
    summary = paper.summary
    parts = [Content.assemble(Content.styled(summary.number, "bold"), "  ", _state(paper))]
    if said := why_it_waits(paper, outlook, clock.now()) or summary.words:
        parts.append(Content(plain(said)))
    if summary.words and said != summary.words:
        parts.append(Content(plain(f"Last time: {summary.words}")))
    if paper.standing.field:
        parts.append(Content(plain(f"At fault: {paper.standing.field}")))
    if paper.standing.attempts:
        parts.append(Content(f"Tried {paper.standing.attempts}×"))
    return Content("\n").join([*parts, Content(), *_history(paper.history, clock, width)])


def _state(paper: Paper) -> Content:
    state = coloured(summary_words(paper.summary))
    return Content.assemble(state, plain(f"  {paper.summary.external}") if paper.summary.external else "")


def _history(history: tuple[Event, ...], clock: Clock, width: int) -> list[Content]:
    """A line an event, the age right-aligned before it; words under their state, or alone where that is no news."""
    lines: list[Content] = []
    state = None
    for event in history:
        said = age(clock.now() - event.at)
        ago = said if said == "just now" else f"{said} ago"
        words = textwrap.wrap(plain(event.words), max(width - AGE - 2, 20))
        is_news = event.state != state or not words
        first = _of(event) if is_news else Content.styled(words.pop(0), "$foreground 70%")
        lines.append(Content.assemble(Content.styled(f"{ago:>{AGE}}", "$foreground 60%"), "  ", first))
        lines += [Content.styled(f"{'':{AGE + 2}}{line}", "$foreground 70%") for line in words]
        state = event.state
    return lines


def _of(event: Event) -> Content:
    return coloured(state_words(event.state))
