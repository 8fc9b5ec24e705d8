"""The command line. Each command is imported when it is called, so that none pays for another's libraries."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from wizterm import __version__
from wizterm.cli.telling import TellingGroup
from wizterm.late import load

COMMANDS = {
    "demo": "wizterm.cli.demo:demo",
    "sync": "wizterm.cli.sync:sync",
    "queue": "wizterm.cli.queue:queue",
    "price": "wizterm.cli.price:price",
    "find": "wizterm.cli.find:find",
    "doctor": "wizterm.cli.doctor:doctor",
    "orders": "wizterm.cli.orders:orders",
    "serve": "wizterm.cli.server:serve",
    "work": "wizterm.cli.server:work",
    "admin": "wizterm.cli.admin:admin",
    "office": "wizterm.cli.office:office",
    "scan": "wizterm.cli.scan:scan",
    "labels": "wizterm.cli.labels:labels",
}
"""Where each command is, as module:name, in the order the help lists them."""


class LateGroup(TellingGroup):
    """A group that knows its commands by name and imports one when it is wanted."""

    def invoke(self, ctx: click.Context) -> Any:
        """What the system refuses, such as a full disk behind the output, ends a command with its sentence."""
        try:
            return super().invoke(ctx)
        except UnicodeEncodeError as error:
            raise click.ClickException(_not_utf8(error)) from error
        except BrokenPipeError:  # whoever read has gone: click ends quietly
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}. Mend that and try again.") from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is set by click
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        command: click.Command = load(place)
        return command


def _not_utf8(error: UnicodeEncodeError) -> str:
    """A terminal of another encoding: what it typed stands in the arguments as half signs, and it cannot show all."""
    if error.encoding == "utf-8":
        return f"{error.object[:60]!a} is no text in UTF-8: set the terminal to UTF-8 and type it again."
    return f"The output cannot be written in {error.encoding}: set the terminal to UTF-8, or PYTHONUTF8=1."


@click.group(cls=LateGroup, invoke_without_command=True)
@click.option(
    "--device",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that holds this rep's orders and catalogue.",
)
@click.option("--server", help="Address of the sync server, such as https://orders.company.example.")
@click.option("--scanner", help="Read this scanner past the terminal, such as /dev/input/event7 (Linux).")
@click.version_option(__version__, prog_name="wizterm")
@click.pass_context
def main(context: click.Context, device: Path | None, server: str | None, scanner: str | None) -> None:
    """Take orders offline, send them when there is a network, lose none.

    Without a command it opens the terminal.
    """
    if context.invoked_subcommand is None:
        from wizterm.cli.terminal import open_terminal

        sys.exit(open_terminal(device, server, scanner))
