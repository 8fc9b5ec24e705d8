"""A framed card of numbers: what they count at the left, how many at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

STYLES = {"": "$foreground", "warning": "$text-warning", "error": "$text-error"}


@dataclass(frozen=True, slots=True)
class Figure:
    title: str
    value: str
    style: Literal["", "warning", "error"] = ""


class FigureCard(Widget):
    DEFAULT_CSS = """
    FigureCard {
        border: round $border-blurred; border-title-color: $foreground 70%; padding: 0 1; height: 1fr; width: 1fr;
    }
    """

    figures: reactive[tuple[Figure, ...]] = reactive(())

    def __init__(self, title: str, id: str, classes: str = "") -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.border_title = title

    def render(self) -> Content:
        width = self.content_size.width
        return Content("\n").join(_line(figure, width) for figure in self.figures)


def _line(figure: Figure, width: int) -> Content:
    gap = " " * max(1, width - len(figure.title) - len(figure.value))
    return Content.assemble((figure.title, "$foreground 70%"), gap, (figure.value, STYLES[figure.style]))
