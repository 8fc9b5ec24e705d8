"""The head of every screen: who, whether it is safe, and how old the data is."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from wizterm.domain.clock import Clock
from wizterm.domain.text import plain
from wizterm.services.identity import Identity
from wizterm.services.outlook import Mood, Outlook

SIGNS = {
    Mood.ONLINE: ("●", "$text-success"),
    Mood.OFFLINE: ("○", "$text-warning"),
    Mood.ATTENTION: ("▲", "$text-error"),
}
REST = 20  # seconds between looks at the clock: ages change by the minute, and a redraw costs bytes over SSH


class StatusLine(Widget):
    DEFAULT_CSS = """
    StatusLine { height: 1; dock: top; background: $panel; padding: 0 1; }
    """

    outlook: reactive[Outlook] = reactive(Outlook())
    identity: reactive[Identity | None] = reactive(None)
    note: reactive[str] = reactive("")
    """What stands at the right: the customer, or the name of the page."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def on_mount(self) -> None:
        self.set_interval(REST, self.refresh)

    def render(self) -> Content:
        sign, colour = SIGNS[self.outlook.mood]
        words = f"{sign} {self.outlook.words.lower()}"
        state = Content.assemble(
            Content.styled(words, colour), f" · {self.outlook.freshness(self._clock)} · {self.outlook.safe()}"
        )
        wide = self.content_size.width >= 100
        left = Content.assemble(_who(self.identity), "   ", state) if wide else state
        room = self.content_size.width - left.cell_length - 2
        right = Content(plain(self.note)).truncate(max(room, 0), ellipsis=True)
        return Content.assemble(
            left, " " * max(2, self.content_size.width - left.cell_length - right.cell_length), right
        )


def _who(identity: Identity | None) -> Content:
    name = Content.styled("WizTerm", "$accent bold")
    if identity is None:
        return name
    return Content.assemble(
        name, f"  {plain(identity.rep_name)} · {plain(identity.rep)}-{plain(identity.installation)}"
    )
