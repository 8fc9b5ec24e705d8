"""The house theme, and the colours with a meaning. No other file names a colour."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

HOUSE = Theme(
    name="wizterm",
    dark=True,
    primary="#5fb3b3",
    secondary="#8fa1b3",
    accent="#5fb3b3",
    foreground="#d8dee9",
    background="#14181d",
    surface="#14181d",
    panel="#1f262e",
    success="#99c794",
    warning="#e8b567",
    error="#ec5f67",
    variables={
        "boost": "#242d36",
        "border": "#3a4550",
        "border-blurred": "#2b343d",
        "footer-background": "#1f262e",
        "footer-key-foreground": "#5fb3b3",
        "input-selection-background": "#5fb3b3 35%",
        "scrollbar": "#2b343d",
        "scrollbar-background": "#14181d",
    },
)
"""One accent on slate: calm in a dim stock room, readable at a bright booth."""

PAPER = Theme(
    name="wizterm-light",
    dark=False,
    primary="#1f6f78",
    secondary="#51606d",
    accent="#1f6f78",
    foreground="#22282e",
    background="#f7f5f0",
    surface="#f7f5f0",
    panel="#ebe7de",
    success="#3c7a3a",
    warning="#9a6200",
    error="#b3282d",
    variables={
        "boost": "#e2ddd1",
        "border": "#b9b2a3",
        "border-blurred": "#d3cdbf",
        "footer-key-foreground": "#1f6f78",
    },
)
"""The same for sunlight."""

THEMES = (HOUSE, PAPER)


def names() -> list[str]:
    """Every theme that can be chosen: ours first."""
    return [*(theme.name for theme in THEMES), *sorted(BUILTIN_THEMES)]
