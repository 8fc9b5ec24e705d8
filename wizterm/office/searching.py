"""A list that is searched as one types, with the field above it; Esc empties the field."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from wizterm.office.listing import ListPage
from wizterm.widgets.list_keys import ListKeys
from wizterm.widgets.rows import Rows
from wizterm.widgets.search_field import SearchField

T = TypeVar("T")


class SearchPage(ListKeys, ListPage[T]):
    FIRST: ClassVar[type[Widget]] = SearchField
    HINT: ClassVar[str] = ""
    """What can be typed."""
    NO_MATCH: ClassVar[str] = ""
    """What an empty answer means where something was looked for."""

    def above(self) -> ComposeResult:
        yield SearchField(self.HINT, longest=100)

    def words(self, *, also: str = "") -> str:
        """What is typed; an empty list answers to that, or to what it is narrowed to `also`."""
        words = self.query_one(SearchField).value.strip()
        self.query_one(Rows).say_when_empty(self.NO_MATCH if words or also else self.EMPTY)
        return words

    def empty_search(self) -> bool:
        """Whether there was anything in it."""
        field = self.query_one(SearchField)
        typed, field.value = bool(field.value), ""
        return typed

    @on(Input.Changed)
    def find_as_typed(self, message: Input.Changed) -> None:
        message.stop()
        self.look_again()
