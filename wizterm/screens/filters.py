"""What the list can be narrowed by, with how many products each choice leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.browsing import Browse
from wizterm.domain.customer import Customer
from wizterm.screens.page import Sheet
from wizterm.services.browsing import Offered
from wizterm.widgets.list_keys import ListKeys
from wizterm.widgets.rows import Column, Row, Rows
from wizterm.widgets.search_field import SearchField


class FiltersSheet(Sheet[Browse], ListKeys):
    """Gives what was chosen, also after Esc: the list behind it is narrowed by it."""

    DEFAULT_CSS = """
    FiltersSheet {
        & > #sheet { width: 70; height: 80%; }
        & Rows { height: 1fr; }
    }
    """

    HELP = """
Enter ticks a line; two values of one kind widen the list (red or blue), two kinds narrow it (red, and in stock).
Type the beginning of a word to find a line. All of it works without a network.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(commands.TICK),
        *bind(commands.UNTICK, priority=True),
    ]

    @dataclass
    class Found(Message):
        browse: Browse
        offered: tuple[Offered, ...]

    def __init__(self, browse: Browse, customer: Customer | None, words: str, list_id: str) -> None:
        super().__init__()
        self._browse = browse
        self._customer = customer
        self._words = words
        self._list = list_id
        self._offered: dict[str, Offered] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Filters"
            sheet.border_subtitle = "Enter ticks · Delete unticks all · Esc shows the list"
            yield SearchField("Beginning of a value, such as red or glass", longest=100)
            yield Rows(
                Column("", 1),
                Column("Only", 20, grow=True),
                Column("Leaves", 8, align="right"),
                empty="Nothing to choose here. Try fewer letters.",
            )

    def on_mount(self) -> None:
        self._rows.can_focus = False
        self.query_one(SearchField).focus()
        self._look_up()

    def action_back(self) -> None:
        self.dismiss(self._browse)

    def action_tick(self) -> None:
        row = self._rows.current
        if row is not None and row.key in self._offered:
            self._browse = self._browse.toggled(self._offered[row.key].choice)
            self._look_up()

    def action_untick_all(self) -> None:
        for facet in self._browse.facets:
            self._browse = self._browse.without(facet)
        self._look_up()

    @on(Rows.Chosen)
    def tick_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_tick()

    @on(Input.Changed)
    def narrow(self, message: Input.Changed) -> None:
        message.stop()
        self._show()

    @on(Found)
    def show_found(self, message: Found) -> None:
        message.stop()
        if message.browse == self._browse:
            self._offered = {f"{each.choice.facet}={each.choice.value}": each for each in message.offered}
            self._show()

    @property
    def _rows(self) -> Rows:
        return self.query_one(Rows)

    def _look_up(self) -> None:
        browse, customer, words, list_id = self._browse, self._customer, self._words, self._list
        self.look(
            "filters",
            lambda bench: bench.browsing.offered(browse, customer, words, list_id),
            lambda offered: self.Found(browse, offered),
        )

    def _show(self) -> None:
        typed = self.query_one(SearchField).value.casefold().split()
        rows = [
            Row(key, ("✓" if each.made else "", each.label, f"{each.leaves:,}"))
            for key, each in self._offered.items()
            if _begun(each.label, typed)
        ]
        self._rows.replace(rows, more=False, keep_cursor=True)


def _begun(label: str, typed: list[str]) -> bool:
    words = label.casefold().split()
    return all(any(word.startswith(each) for word in words) for each in typed)
