"""Categories as a tree, and collections: choosing one narrows the catalogue to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.browsing import BETWEEN_LEVELS, Browse
from wizterm.domain.customer import Customer
from wizterm.screens.page import Sheet
from wizterm.services.browsing import Shelf
from wizterm.widgets.rows import Column, Row, Rows

ALL, COLLECTIONS = "all", "collections"
CATEGORY, COLLECTION = "category:", "collection:"


class ShelvesSheet(Sheet[Browse]):
    """Gives what is to be shown, or None after Esc."""

    DEFAULT_CSS = """
    ShelvesSheet {
        & > #sheet { width: 70; height: 80%; }
        & Rows { height: 1fr; }
    }
    """

    HELP = """
The arrows open and close; Enter shows what stands on a shelf, with everything below it. Beside each is how many
products this customer may buy there.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("shelves"))

    @dataclass
    class Found(Message):
        categories: tuple[Shelf, ...]
        collections: tuple[Shelf, ...]

    def __init__(self, browse: Browse, customer: Customer | None, list_id: str) -> None:
        super().__init__()
        self._browse = browse
        self._customer = customer
        self._list = list_id
        self._shelves = self.Found((), ())
        self._open = {"", COLLECTIONS, *_above(browse.category)}

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Categories and collections"
            sheet.border_subtitle = "Enter shows · ← → close and open · Esc back"
            yield Rows(Column("", 20, grow=True), Column("Products", 8, align="right"))

    def on_mount(self) -> None:
        self.query_one(Rows).focus()
        customer, list_id = self._customer, self._list
        self.look("shelves", lambda bench: bench.browsing.shelves(customer, list_id), lambda found: self.Found(*found))

    @on(Found)
    def show_found(self, message: Found) -> None:
        message.stop()
        self._shelves = message
        self._show()
        self._rows.move_to(_key(self._browse))

    @on(Rows.Chosen)
    def choose_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        row = self._rows.current
        if row is None or row.key == COLLECTIONS:
            self.action_open()
            return
        category = row.key.removeprefix(CATEGORY) if row.key.startswith(CATEGORY) else ""
        collection = row.key.removeprefix(COLLECTION) if row.key.startswith(COLLECTION) else ""
        self.dismiss(replace(self._browse, category=category, collection=collection))

    def action_open(self) -> None:
        if (row := self._rows.current) is not None:
            self._open.add(_name(row.key))
            self._show()

    def action_close(self) -> None:
        """Close what is open; go up from what is not."""
        row = self._rows.current
        if row is None:
            return
        name = _name(row.key)
        if name in self._open:
            self._open.discard(name)
            self._show()
        elif row.key.startswith(COLLECTION):
            self._rows.move_to(COLLECTIONS)
        else:
            self._rows.move_to(CATEGORY + name.rpartition(BETWEEN_LEVELS)[0])

    @property
    def _rows(self) -> Rows:
        return self.query_one(Rows)

    def _show(self) -> None:
        rows = [Row(ALL, ("Everything", ""))]
        rows += [self._category(shelf) for shelf in self._shelves.categories if self._visible(shelf)]
        if self._shelves.collections:
            rows.append(Row(COLLECTIONS, (f"{self._sign(COLLECTIONS)} Collections", "")))
            rows += self._collections() if COLLECTIONS in self._open else []
        self._rows.replace(rows, more=False, keep_cursor=True)

    def _collections(self) -> list[Row]:
        return [
            Row(COLLECTION + shelf.path, (f"    {shelf.path}", f"{shelf.products:,}"))
            for shelf in self._shelves.collections
        ]

    def _category(self, shelf: Shelf) -> Row:
        above, _, name = shelf.path.rpartition(BETWEEN_LEVELS)
        depth = above.count(BETWEEN_LEVELS) + 1 if above else 0
        inner = any(other.path.startswith(shelf.path + BETWEEN_LEVELS) for other in self._shelves.categories)
        sign = self._sign(shelf.path) if inner else " "
        return Row(CATEGORY + shelf.path, (f"{'  ' * depth}{sign} {name}", f"{shelf.products:,}"))

    def _visible(self, shelf: Shelf) -> bool:
        return self._open.issuperset(_above(shelf.path))

    def _sign(self, name: str) -> str:
        return "▾" if name in self._open else "▸"


def _above(path: str) -> list[str]:
    """The paths that must be open for this one to be seen."""
    parts = path.split(BETWEEN_LEVELS)
    return [BETWEEN_LEVELS.join(parts[:depth]) for depth in range(1, len(parts))]


def _key(browse: Browse) -> str:
    if browse.collection:
        return COLLECTION + browse.collection
    return CATEGORY + browse.category if browse.category else ALL


def _name(key: str) -> str:
    return key.removeprefix(CATEGORY).removeprefix(COLLECTION)
