"""`wizterm demo`: everything at once on this machine, with a sample company."""

from __future__ import annotations

import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from wizterm.demo.ledger import Sabotage


@click.command()
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), help="Work in this folder and leave it there."
)
@click.option(
    "--sabotage",
    "tampering",
    type=click.Choice(["lose", "double", "change"]),
    help="Tamper with the ledger at the end of the story: it must be found out.",
)
@click.option("--story", is_flag=True, help="Tell the story even where there is a terminal.")
def demo(*, keep: Path | None, tampering: Sabotage | None, story: bool) -> None:
    """Watch the whole loop: a real server, a rep's terminal, and a cable to pull (F12 or Ctrl+K).

    Without a terminal it plays a story by itself, kills the device half way through, and counts what arrived.
    """
    from wizterm.services.words import plain_reason
    from wizterm.terminal.usable import usable_terminal

    _end_in_good_order()
    with ExitStack() as stack:
        try:
            folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wizterm-demo-")))
            if story or tampering or usable_terminal() is not None:
                sys.exit(_tell(folder, tampering))
            from wizterm.demo.watching import watch

            sys.exit(watch(folder))
        except BrokenPipeError:  # whoever read the story has gone
            raise
        except OSError as error:
            raise click.ClickException(
                f"The demo cannot be set up: {error}. It needs a folder it may write to, and a free port."
            ) from error
        except Exception as error:
            if (reason := plain_reason(error)) is None:
                raise
            raise click.ClickException(reason) from error


def _end_in_good_order() -> None:
    """A signal ends the demo as Ctrl+C does, so that its server and its folder go with it."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has only the first
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, lambda number, _: sys.exit(128 + number))


def _tell(folder: Path, tampering: Sabotage | None) -> int:
    from wizterm.demo.story import tell

    verdict = tell(folder, click.echo, tampering)
    for words, numbers in (("lost", verdict.lost), ("duplicated", verdict.doubled), ("changed", verdict.changed)):
        for number in numbers:
            click.echo(f"{number} was {words}")
    click.echo(str(verdict))
    return 0 if verdict.good else 1
