"""A page that comes to the screen once, with all that it tells, and takes keys from the moment it is asked for."""

from __future__ import annotations

from wizterm.screens.page import Page

PATIENCE = 0.2
"""Seconds after which an empty page is better than the one before."""


class OpensWhole(Page):
    """Call `let_see` when what was read is in its place."""

    unseen = True

    def on_mount(self) -> None:
        self.set_timer(PATIENCE, self.let_see)
