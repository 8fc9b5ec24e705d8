"""A text that can change without a stir around it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class SteadyText(Static):
    """Where it stays as high as it is, only it is painted: `Static.update` has the whole screen laid out again."""

    def show(self, content: Content) -> None:
        """Nothing happens where it says so already."""
        before = self.content
        if not isinstance(before, Content):
            self.update(content)
        elif not before.is_same(content):
            self.update(content, layout=self._grows(before, content))

    def _grows(self, before: Content, after: Content) -> bool:
        """Whether it needs another height; what is not shown is measured when it comes into view."""
        rules, width = self.styles.get_rules(), self.content_size.width
        if not width or not self.styles.auto_dimensions:
            return False
        return before.get_height(rules, width) != after.get_height(rules, width)
