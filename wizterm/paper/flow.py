"""What is longer than a page: it goes on to the next one, which repeats its head and says which page it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wizterm.paper.pages import Anchor, Page, Shape, Words, wrapped

MARGIN = 15.0
LEADING = 1.25
"""Of a line's height, in the face's."""
FOOT = 8.0


class Flow:
    def __init__(self, size: tuple[float, float], head: Callable[[Flow], None]) -> None:
        """`head` writes the running head of every page but the first."""
        self._size = size
        self._head = head
        self._pages: list[list[Shape]] = [[]]
        self.y = MARGIN
        self.repeated: Callable[[Flow], None] | None = None
        """What stands under the running head as long as it is set, such as the head of a table."""

    @property
    def left(self) -> float:
        return MARGIN

    @property
    def right(self) -> float:
        return self._size[0] - MARGIN

    @property
    def bottom(self) -> float:
        return self._size[1] - MARGIN - FOOT

    def needs(self, height: float) -> None:
        """Begin a page where less than this is left on the one at hand."""
        if self.y + height > self.bottom:
            self._pages.append([])
            self.y = MARGIN
            self._head(self)
            if self.repeated is not None:
                self.repeated(self)

    def draw(self, shapes: Iterable[Shape]) -> None:
        self._pages[-1] += shapes

    def words(self, x: float, text: str, points: float, *, bold: bool = False, anchor: Anchor = "start") -> None:
        """A line that stands where the flow is."""
        if text:
            self.draw((Words(x, self.y, text, points, bold, anchor),))

    def paragraph(self, text: str, points: float, *, x: float | None = None, width: float | None = None) -> None:
        """Lines as they were broken by whoever wrote them, and where the width ends."""
        start = self.left if x is None else x
        for part in text.splitlines():
            for line in wrapped(part, points, width or self.right - start) or [""]:
                self.needs(points * LEADING * 0.353)
                self.down(points)
                self.words(start, line, points)

    def down(self, points: float) -> None:
        """To the next line of text of this size."""
        self.y += points * LEADING * 0.353

    def pages(self, foot: str) -> list[Page]:
        """All of them, each with the foot and its number."""
        count = len(self._pages)
        low = self._size[1] - MARGIN
        return [
            Page(
                *self._size,
                (
                    *shapes,
                    Words(self.left, low, foot, 8),
                    Words(self.right, low, f"Page {place} of {count}", 8, anchor="end"),
                ),
            )
            for place, shapes in enumerate(self._pages, start=1)
        ]
