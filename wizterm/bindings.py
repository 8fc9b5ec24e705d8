"""Commands as Textual sees them."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from wizterm.commands import Command


def bind(*commands: Command, priority: bool = False) -> list[BindingType]:
    """Bindings for `BINDINGS`; each carries its command's id, so that a keymap can move it."""
    return [
        Binding(
            command.keys,
            command.action,
            command.title,
            show=command.show,
            tooltip=command.help,
            id=command.id,
            priority=priority,
        )
        for command in commands
    ]
