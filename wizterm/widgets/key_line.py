"""The footer: the keys of the step at hand, six at 80 columns, eight at 120."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from wizterm import commands
from wizterm.widgets.key_names import key_name

FEW, MANY = 6, 8
WIDE = 110
ALWAYS = frozenset({commands.CABLE.id, commands.HELP.id, commands.PALETTE.id})


class KeyLine(Widget):
    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $panel; color: $foreground 80%; padding: 0 1; }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        shown = self._shown_bindings()
        always = [binding for binding in shown if binding.id in ALWAYS]
        here = [binding for binding in shown if binding.id not in ALWAYS]
        most = MANY if self.app.size.width >= WIDE else FEW
        left, right = _row(here[: most - len(always)]), _row(always)
        gap = max(2, self.content_size.width - left.cell_length - right.cell_length)
        return Content.assemble(left, " " * gap, right)

    def _shown_bindings(self) -> list[Binding]:
        """What can be done now, the focused pane's first, each once."""
        found: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled and active.binding.description:
                found.setdefault(active.binding.id or active.binding.action, active.binding)
        return list(found.values())


def _row(bindings: list[Binding]) -> Content:
    return Content("  ").join(
        Content.assemble((key_name(binding.key.split(",")[0]), "$accent bold"), f" {binding.description}")
        for binding in bindings
    )
