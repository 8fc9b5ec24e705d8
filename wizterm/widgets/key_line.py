"""The footer: the keys of the step at hand, as many as have room."""

from __future__ import annotations

from dataclasses import replace

from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.widget import Widget

from wizterm import commands
from wizterm.widgets.key_names import short_key_name

ALWAYS = (commands.CABLE.id, commands.HELP.id, commands.PALETTE.id)
"""What stands at the right, in this order, wherever it works."""
NARROW = 100
"""Columns; in fewer the demo's cable gives its place to what can be done here."""
NEXT = commands.CREATE.id
"""The step towards the end of an order never loses its place to other keys."""


class KeyLine(Widget):
    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $panel; color: $foreground 80%; padding: 0 1; }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        shown = {binding.id or binding.action: binding for binding in self._shown_bindings()}
        here = [binding for name, binding in shown.items() if name not in ALWAYS]
        right = self._right(shown, _row(here).cell_length)
        left = _row(_that_fit(here, self._width - right.cell_length - 2))
        return Content.assemble(left, " " * (self._width - left.cell_length - right.cell_length), right)

    @property
    def _width(self) -> int:
        return self.content_size.width

    def _right(self, shown: dict[str, Binding], wanted: int) -> Content:
        """What always stands there, without the cable where a narrow line has no room for it."""
        right = _row([shown[name] for name in ALWAYS if name in shown])
        if self._width >= NARROW or wanted + 2 + right.cell_length <= self._width:
            return right
        return _row([shown[name] for name in ALWAYS if name in shown and name != commands.CABLE.id])

    def _shown_bindings(self) -> list[Binding]:
        """What can be done now, the focused pane's first and leaving last, each once."""
        found: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and (words := self._words(active)):
                found.setdefault(binding.id or binding.action, replace(binding, description=words))
        return sorted(found.values(), key=lambda binding: binding.action == commands.QUIT.action)

    def _words(self, active: ActiveBinding) -> str:
        """Whose key does not always do the same says in `turned` what it does now; empty where that is nothing."""
        name, said = active.binding.id, active.binding.description
        for whose in (active.node, self.screen):
            said = getattr(whose, "turned", {}).get(name, said)
        return said


def _that_fit(bindings: list[Binding], room: int) -> list[Binding]:
    """The first ones that have room, with the next step among them."""
    kept = list(bindings)
    while kept and _row(kept).cell_length > room:
        kept.remove(next((binding for binding in reversed(kept) if binding.id != NEXT), kept[-1]))
    return kept


def _row(bindings: list[Binding]) -> Content:
    return Content("  ").join(
        Content.assemble((short_key_name(binding.key.split(",")[0]), "$accent bold"), f" {binding.description}")
        for binding in bindings
    )
