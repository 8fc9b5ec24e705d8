"""F1: what the pane at hand is for, the keys that work now, and every command there is."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from wizterm import commands
from wizterm.screens.page import Sheet

KEYS, TITLE = 20, 16
"""Columns for the keys and for the title; the sentence has the rest."""
_MARKED = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*")


@dataclass(frozen=True, slots=True)
class Entry:
    keys: str
    title: str
    sentence: str


class HelpSheet(Sheet[None]):
    DEFAULT_CSS = """
    HelpSheet {
        & > #sheet { width: 104; height: auto; max-height: 92%; padding: 0 2; scrollbar-size-vertical: 1; }
    }
    """

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="sheet") as sheet:
            sheet.border_title = "Help"
            sheet.border_subtitle = "Arrows scroll · Esc back"
            yield Static()

    def on_mount(self) -> None:
        self.query_one("#sheet").focus()
        below = self.app.screen_stack[-2]
        self._words = _help_of(below)
        self._here = self._keys_of(below)

    def on_resize(self) -> None:
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        width = self.query_one("#sheet").content_size.width - 1
        parts = [markdown(self._words)] if self._words else []
        for place, entries in self._here.items():
            parts.append(_section(f"{place}: keys that work now", entries, width))
        parts.append(_section("All commands, with the keys they come with", self._all(), width))
        self.query_one(Static).update(Content("\n\n").join(parts))

    def _keys_of(self, screen: Screen[object]) -> dict[str, list[Entry]]:
        """By place, nearest to the focus first; a command once, with all its keys."""
        found: dict[tuple[str, str], tuple[list[str], str]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.description and (binding.id or binding.show):
                place = commands.PLACES.get((binding.id or "").partition(".")[0], "Here")
                keys, _ = found.setdefault((place, binding.description), ([], binding.tooltip))
                keys.append(self.app.get_key_display(binding))
        by_place: dict[str, list[Entry]] = {}
        for (place, title), (keys, sentence) in found.items():
            by_place.setdefault(place, []).append(Entry(" or ".join(keys[:2]), title, sentence))
        return by_place

    def _all(self) -> list[Entry]:
        return [
            Entry(" or ".join(map(self._shown, command.keys.split(",")[:2])), command.title, command.help)
            for command in commands.ALL
        ]

    def _shown(self, key: str) -> str:
        return self.app.get_key_display(Binding(key, ""))


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


def _section(title: str, entries: Iterable[Entry], width: int) -> Content:
    lines = [Content.styled(title, "$accent bold")]
    for entry in entries:
        lines += _lines(entry, width)
    return Content("\n").join(lines)


def _lines(entry: Entry, width: int) -> list[Content]:
    room = max(20, width - KEYS - TITLE)
    first, *rest = textwrap.wrap(entry.sentence, room) or [""]
    head = Content.assemble(
        Content.styled(f"{entry.keys:<{KEYS}}", "bold"),
        f"{entry.title:<{TITLE}}",
        Content.styled(first, "$foreground 65%"),
    )
    return [head, *(Content.styled(" " * (KEYS + TITLE) + more, "$foreground 65%") for more in rest)]
