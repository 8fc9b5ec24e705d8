"""A text that can change without a stir around it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class SteadyText(Static):
    """Where it stays as high as it is, only it is painted: `Static.update` has the whole screen laid out again."""

    _width = 0
    """In cells, when it was last seen: what is hidden has none."""

    def show(self, content: Content) -> None:
        """Nothing happens where it says so already."""
        before = self.content
        if not isinstance(before, Content):
            self.update(content)
        elif not before.is_same(content):
            self.update(content, layout=self._grows(before, content))

    def on_resize(self) -> None:
        self._width = self.content_size.width or self._width

    def _grows(self, before: Content, after: Content) -> bool:
        """Whether it needs another height; hidden too, since what comes into view again is not measured anew."""
        rules, width = self.styles.get_rules(), self._width
        if not width or not self.styles.auto_dimensions:
            return False
        return before.get_height(rules, width) != after.get_height(rules, width)
