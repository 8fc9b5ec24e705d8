"""The footer: the keys of the step at hand, six at 80 columns, eight at 120."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

FEW, MANY = 6, 8
WIDE = 110


class KeyLine(Widget):
    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $panel; color: $foreground 80%; padding: 0 1; }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        shown = [
            active.binding
            for active in self.screen.active_bindings.values()
            if active.binding.show and active.enabled and active.binding.description
        ]
        first_keys = {binding.action: binding for binding in reversed(shown)}
        near_first = [binding for binding in shown if first_keys[binding.action] is binding]
        most = MANY if self.app.size.width >= WIDE else FEW
        return Content("  ").join(
            Content.assemble((self.app.get_key_display(binding), "$accent bold"), f" {binding.description}")
            for binding in near_first[:most]
        )
