"""The lists of the queue in one line, with how many are in each."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from wizterm.services.outgoing import QueueView, Tab

EMPTY: Final = {
    Tab.WAITING: "Nothing waits: whatever was submitted has been sent.",
    Tab.SENDING: "Nothing is on its way just now.",
    Tab.SENT: "Nothing that was sent still waits for the company's answer.",
    Tab.CONFIRMED: "Nothing confirmed yet: the company's answers appear here.",
    Tab.ATTENTION: "Nothing needs you. What the company refuses appears here, with its words.",
}
"""What an empty list means."""


class QueueTabs(Widget):
    DEFAULT_CSS = """
    QueueTabs { height: 1; padding: 0 2; color: $foreground 70%; }
    """

    view: reactive[QueueView | None] = reactive(None)

    def render(self) -> Content:
        if self.view is None:
            return Content()
        return Content("   ").join(_tab(tab, self.view) for tab in Tab)


def _tab(tab: Tab, view: QueueView) -> Content:
    count = view.counts[tab]
    if tab is view.tab:
        return Content.styled(f"[{tab.words} {count}]", "$accent bold")
    return Content.styled(f"{tab.words} {count}", "$text-error" if tab is Tab.ATTENTION and count else "")
