"""What every pane can do: ask for something to be done, or look something up, and be told by a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from textual.content import Content
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget

from wizterm.desk import Desk
from wizterm.services.identity import Identity
from wizterm.services.machine import Machine
from wizterm.services.outlook import Outlook
from wizterm.services.syncing import Syncing
from wizterm.services.workbench import Workbench

T = TypeVar("T")


class Shop(Protocol):
    """What the app offers its panes and screens."""

    desk: Desk
    machine: Machine
    syncing: Syncing
    identity: Identity
    outlook: Outlook
    picture_protocol: str
    """half-cells, sixel or kitty."""


class Asking(MessagePump):
    """For panes and screens: questions go to the desk, answers come back as messages to the one who asked."""

    def ask(self, work: Callable[[Workbench], T], answer: Callable[[T], Message]) -> None:
        """Have something done; nothing that was asked is dropped or overtaken."""
        shop = shop_of(self)
        shop.desk.ask(lambda: work(shop.machine.bench), answer, self)

    def look(self, slot: str, work: Callable[[Workbench], T], answer: Callable[[T], Message]) -> None:
        """Look something up; a newer look in the same slot takes its place."""
        shop = shop_of(self)
        shop.desk.look(slot, lambda: work(shop.machine.bench), answer, self)


class Pane(Asking, Widget):
    """A framed part of a screen that owns its keys, its messages and its looks."""

    DEFAULT_CSS = """
    Pane {
        border: round $border-blurred;
        border-title-color: $foreground 70%;
        border-subtitle-color: $foreground 60%;
        padding: 0 1;
        &:focus-within { border: round $accent; border-title-color: $accent; }
    }
    """

    HELP = ""
    """Markdown on what this pane is for; the help screen adds the keys that work in it."""

    _framed: tuple[str, str] = ("", "")

    def frame(self, title: str, subtitle: str = "") -> None:
        """Words in the frame, as text; setting them paints the whole pane, so it is done where they are others."""
        if self._framed != (title, subtitle):
            self._framed = (title, subtitle)
            self.border_title, self.border_subtitle = Content(title), Content(subtitle)


def shop_of(node: MessagePump) -> Shop:
    """The app, as its panes and screens may use it."""
    return cast("Shop", node.app)
