"""Groups of commands whose help says each command's whole sentence."""

from __future__ import annotations

import click

WHOLE = 1_000
"""More than a sentence has."""


class TellingGroup(click.Group):
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Sentences go on in the next line instead of ending in dots."""
        names = self.list_commands(ctx)
        found = [(name, command) for name in names if (command := self.get_command(ctx, name)) and not command.hidden]
        if found:
            with formatter.section("Commands"):
                formatter.write_dl([(name, command.get_short_help_str(WHOLE)) for name, command in found])
