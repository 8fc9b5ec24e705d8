"""`wizterm orders`: what was ordered on this machine, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from wizterm.cli.device_folder import device_folder, device_option, faults_in_a_sentence


@click.group()
@device_option
@click.pass_context
def orders(context: click.Context, device: Path | None) -> None:
    """Orders and quotes that were submitted on this machine."""
    context.obj = device


@orders.command("export")
@device_option
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True, help="CSV or JSON."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.  [default: print it]")
@click.pass_obj
def export(outer: Path | None, device: Path | None, form: str, out: Path | None) -> None:
    """Write them all: as CSV a row for each line, as JSON every document with its state."""
    from wizterm.services.paper_files import exported, keep, open_papers

    with faults_in_a_sentence(), open_papers(device_folder(device or outer)) as papers:
        text = exported(papers, form)
        if out is None:
            click.echo(text, nl=False)
        else:
            click.echo(keep(text, out))
