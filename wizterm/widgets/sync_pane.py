"""What waits, what was sent, what needs attention; and the progress of a sync."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import var

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.clock import Clock
from wizterm.domain.text import plain
from wizterm.services.outlook import Outlook
from wizterm.widgets.pane import Pane
from wizterm.widgets.progress import progress_line
from wizterm.widgets.status_line import REST
from wizterm.widgets.steady_text import SteadyText


class SyncPane(Pane, can_focus=True):
    DEFAULT_CSS = """
    SyncPane > SteadyText { height: 1fr; }
    """

    HELP = """
Orders are sent automatically when there is a network; until then they are safe on this machine. Enter opens the
queue. Ctrl+R sends and fetches at once.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("sync"))

    outlook: var[Outlook] = var(Outlook())

    class QueueWanted(Message):
        """The rep wants to see the queue."""

    def __init__(self, clock: Clock, **options: Any) -> None:
        super().__init__(**options)
        self._clock = clock

    def compose(self) -> ComposeResult:
        yield SteadyText()

    def on_mount(self) -> None:
        self.frame("Sync ─ F5")
        self.watch_outlook()
        self.set_interval(REST, self.watch_outlook)

    def watch_outlook(self) -> None:
        if self.is_mounted:
            self.query_one(SteadyText).show(_words(self.outlook, self._clock))

    def action_open_queue(self) -> None:
        self.post_message(self.QueueWanted())

    def on_click(self) -> None:
        self.action_open_queue()


def _words(outlook: Outlook, clock: Clock) -> Content:
    if outlook.progress is not None:
        return progress_line(outlook.progress)
    counts = Content(f"waiting {outlook.waiting} · sent {outlook.sent} · confirmed {outlook.confirmed}")
    if outlook.attention:
        trouble = f" · ▲ needs attention {outlook.attention}: {plain(outlook.trouble)} → Enter"
        return Content.assemble(counts, Content.styled(trouble, "$text-error"))
    return Content.assemble(
        counts, f" · {outlook.freshness(clock)}", f" · {plain(outlook.detail)}" if outlook.detail else ""
    )
