"""`wizterm admin intake`: documents that come in a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wizterm.cli.connector import connector
from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.posting import posting
from wizterm.cli.printing import as_json, print_json
from wizterm.cli.settings import server_settings
from wizterm.domain.text import plain


@click.command(epilog="Example: wizterm admin intake kim-7f.wizterm")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json
@click.pass_obj
def intake(folder: Path | None, file: Path, *, as_json: bool) -> None:
    """Take the documents in FILE, written by `wizterm queue export` on a rep's machine.

    Each is taken exactly once, also where its device delivers it too, before or after. Ends with status 1 where
    anything was refused.
    """
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.protocol.sealed import MOST_BYTES, SealedFileError
    from wizterm.server.deliveries import NO_MAILS
    from wizterm.server.intake.sealed_files import take_file
    from wizterm.server.intake.taking import Intake

    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file} is larger than any file of this program.")
    settings = server_settings(folder=folder)
    with opened_store(folder) as store:
        try:
            kinds, post = connector(settings).kinds, posting(settings.company)
            taking = Intake(
                store,
                clock=SystemClock(),
                new_id=uuid7,
                erp_kinds=kinds,
                taken=lambda: None,
                mails=post.plan if post else NO_MAILS,
            )
            taken = take_file(store, taking, file.read_bytes(), decided_here(store))
        except SealedFileError as error:
            raise click.ClickException(str(error)) from error
    if as_json:
        print_json({"rep": taken.rep, "device": taken.device, "counts": taken.counts, "refused": taken.refused})
    else:
        counts = taken.counts
        click.echo(f"{plain(taken.rep)}, {plain(taken.device)}: {counts['taken']} taken, {len(taken.refused)} refused.")
        for refusal in taken.refused:
            click.echo(f"  {refusal.id}: {plain(refusal.words)}")
        if counts["later"]:
            click.echo(f"  {counts['later']} wait for something that has not come yet: take the file again later.")
    sys.exit(1 if taken.refused else 0)
