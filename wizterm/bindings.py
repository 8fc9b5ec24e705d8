"""Commands as Textual sees them."""

from __future__ import annotations

import unicodedata

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, KEY_TO_UNICODE_NAME, Keys

from wizterm.commands import Command

_NAMED = {key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values()) | set(KEY_TO_UNICODE_NAME)
_MODIFIERS = {"ctrl", "shift", "alt", "super", "hyper", "meta"}


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


def unknown_keys(keymap: dict[str, str]) -> list[str]:
    """Sentences on keys of a keymap that no keyboard sends."""
    return [
        f"{name}: there is no key {key.strip()!r}; expected one such as f6, ctrl+j, delete or a letter."
        for name, keys in keymap.items()
        for key in keys.split(",")
        if not _is_key(key.strip())
    ]


def _is_key(name: str) -> bool:
    *modifiers, key = name.split("+")
    return name in _NAMED or (set(modifiers) <= _MODIFIERS and (key in _NAMED or len(key) == 1 or _is_character(key)))


def _is_character(name: str) -> bool:
    try:
        return bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False
