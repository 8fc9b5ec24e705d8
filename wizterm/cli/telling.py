"""Groups of commands: their help says each command's whole sentence, and without a command they list."""

from __future__ import annotations

from typing import Any

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


class ListingGroup(TellingGroup):
    """Without a command it does what its `list` does."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.invoke_without_command, self.no_args_is_help = True, False

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`reps --json` is `reps list --json`."""
        if "--json" in args and not set(args) & set(self.list_commands(ctx)):
            place = args.index("--json")
            args = [*args[:place], "list", *args[place:]]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        answer = super().invoke(ctx)
        listing = self.get_command(ctx, "list")
        if ctx.invoked_subcommand is not None or listing is None:
            return answer
        with listing.make_context("list", [], parent=ctx) as context:
            return listing.invoke(context)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text("Without a command: list.")
        super().format_epilog(ctx, formatter)
