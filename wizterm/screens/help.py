"""F1: what the pane at hand is for, the keys that work now, and every command there is."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from wizterm import commands
from wizterm.commands import Command
from wizterm.places import PLACES
from wizterm.screens.page import Sheet
from wizterm.widgets.key_names import key_name

KEYS, TITLE = 14, 18
"""Columns for the keys and for the title; the sentence has the rest."""
MOST_KEYS = 3
_MARKED = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*")


@dataclass(frozen=True, slots=True)
class Entry:
    keys: tuple[str, ...]
    title: str
    sentence: str


ByPlace = Mapping[str, Sequence[Entry]]


class HelpSheet(Sheet[None]):
    DEFAULT_CSS = """
    HelpSheet {
        & > #sheet { width: 104; height: auto; max-height: 92%; padding: 0 2; scrollbar-size-vertical: 1; }
    }
    """
    WIDEST, SHARE, AROUND = 104, 96, 8
    """Columns of the sheet, their most in percent of the screen's, and those that are frame, scrollbar and room."""

    _width = 0
    """In columns, of the words as they were written last."""

    def __init__(self, every: Sequence[Command] = commands.ALL, places: Mapping[str, str] = PLACES) -> None:
        """All commands of the app at hand, and what people call their places."""
        super().__init__()
        self._every = every
        self._places = places

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="sheet") as sheet:
            sheet.border_title = "Help"
            sheet.border_subtitle = "Arrows scroll · Esc back"
            yield Static()

    def on_mount(self) -> None:
        self.query_one("#sheet").focus()
        below = self.app.screen_stack[-2]
        self._words = _help_of(below)
        self._here = keys_here(below, self._places)
        self._write()

    def on_resize(self) -> None:
        self._write()

    def _write(self) -> None:
        """The width is reckoned and not measured: what is measured has been painted, and empty."""
        width = min(self.WIDEST, self.app.size.width * self.SHARE // 100) - self.AROUND
        if width == self._width:
            return
        self._width = width
        parts = [markdown(self._words)] if self._words else []
        parts.append(_section("Keys that work now", self._here, width))
        every = _by_place(self._every, self._places)
        parts.append(_section("All commands, with the keys they come with", every, width))
        self.query_one(Static).update(Content("\n\n").join(parts))


def keys_here(screen: Screen[object], places: Mapping[str, str]) -> ByPlace:
    """What works now, nearest to the focus first; a command once, with all its keys."""
    by_place: dict[str, dict[str, Entry]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.description and (binding.id or binding.show):
            place = places.get((binding.id or "").partition(".")[0], "Here")
            entries = by_place.setdefault(place, {})
            name = binding.id or binding.action
            keys = entries[name].keys if name in entries else ()
            entries[name] = Entry((*keys, binding.key), binding.description, binding.tooltip)
    return {place: list(entries.values()) for place, entries in by_place.items()}


def _by_place(every: Sequence[Command], places: Mapping[str, str]) -> ByPlace:
    return {title: [_entry(command) for command in every if command.place == place] for place, title in places.items()}


def _entry(command: Command) -> Entry:
    return Entry(tuple(command.keys.split(",")), command.title, command.help)


def markdown(text: str) -> Content:
    """Paragraphs, `code` and **strong** of a HELP text."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
    return Content("\n\n").join(_marked(paragraph) for paragraph in paragraphs)


def _marked(paragraph: str) -> Content:
    parts: list[Content] = []
    at = 0
    for found in _MARKED.finditer(paragraph):
        parts.append(Content(paragraph[at : found.start()]))
        parts.append(Content.styled(found[1], "$accent") if found[1] else Content.styled(found[2], "bold"))
        at = found.end()
    return Content("").join([*parts, Content(paragraph[at:])])


def _help_of(screen: Screen[object]) -> str:
    """Of the focused widget, or of the nearest around it that has one."""
    nodes = [*screen.focused.ancestors_with_self] if screen.focused else [screen]
    return next((str(node.HELP) for node in nodes if getattr(node, "HELP", None)), "")


def _section(title: str, by_place: ByPlace, width: int) -> Content:
    lines = [Content.styled(title, "$accent bold")]
    for place, entries in by_place.items():
        lines += [Content(), Content.styled(place, "bold")]
        lines += [line for entry in entries for line in _lines(entry, width)]
    return Content("\n").join(lines)


def _lines(entry: Entry, width: int) -> list[Content]:
    room = max(20, width - KEYS - TITLE)
    keys = "  ".join(map(key_name, entry.keys[:MOST_KEYS]))
    first, *rest = textwrap.wrap(entry.sentence, room) or [""]
    head = Content.assemble(
        Content.styled(f"{keys:<{KEYS}}", "$accent"),
        f"{entry.title:<{TITLE}}",
        Content.styled(first, "$foreground 65%"),
    )
    return [head, *(Content.styled(" " * (KEYS + TITLE) + more, "$foreground 65%") for more in rest)]
