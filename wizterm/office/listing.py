"""A page that is one list with a cursor: it keeps what it shows by key, and the cursor where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from wizterm.office.page import OfficePage
from wizterm.server.office import Office
from wizterm.widgets.rows import Column, Row, Rows

T = TypeVar("T")


class Listed(Message, Generic[T]):
    """What the list shows from now on."""

    def __init__(self, found: Sequence[T]) -> None:
        super().__init__()
        self.found = found


class ListFrame(Widget):
    DEFAULT_CSS = """
    ListFrame {
        border: round $border-blurred; border-title-color: $foreground 70%; border-subtitle-color: $foreground 60%;
        padding: 0 1; height: 1fr;
        &:focus-within { border: round $accent; border-title-color: $accent; }
        & Rows { height: 1fr; }
    }
    """


class ListPage(OfficePage, Generic[T]):
    COLUMNS: tuple[Column, ...] = ()
    EMPTY = ""
    """What an empty list means."""
    FIRST: ClassVar[type[Widget]] = Rows
    """What has the focus at first."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, T] = {}

    def on_mount(self) -> None:
        self.set_focus(self.query_one(self.FIRST))

    def row_of(self, item: T) -> Row:
        raise NotImplementedError

    def find(self, office: Office) -> Sequence[T]:
        """What the list shows; in the desk's thread."""
        raise NotImplementedError

    def above(self) -> ComposeResult:
        """What stands over the list."""
        yield from ()

    def rows_widget(self) -> Rows:
        return Rows(*self.COLUMNS, empty=self.EMPTY)

    def body(self) -> ComposeResult:
        with ListFrame() as frame:
            frame.border_title = self.COMMAND.title
            yield from self.above()
            yield self.rows_widget()

    def look_again(self) -> None:
        self.look("list", self.looking(), Listed)

    def looking(self) -> Callable[[Office], Sequence[T]]:
        """The look-up as the page stands now; it runs in the desk's thread."""
        return self.find

    def on_listed(self, message: Listed[T]) -> None:
        message.stop()
        rows = {row.key: (row, item) for item in message.found for row in [self.row_of(item)]}
        self._shown = {key: item for key, (_, item) in rows.items()}
        self.query_one(Rows).replace([row for row, _ in rows.values()], more=False, keep_cursor=True)

    @on(Rows.Chosen)
    def open_chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """Show the row under the cursor whole, where it has more to show."""

    @property
    def current(self) -> T | None:
        """What the cursor is on."""
        row = self.query_one(Rows).current
        return self._shown.get(row.key) if row is not None else None
