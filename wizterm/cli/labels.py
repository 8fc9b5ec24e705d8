"""`wizterm labels`: barcodes on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.device_folder import device_folder, device_option, faults_in_a_sentence
from wizterm.cli.settings import configured
from wizterm.cli.telling import TellingGroup

if TYPE_CHECKING:
    from wizterm.paper.pages import Page

out_option = click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="The file to write: .pdf, or .svg with a file for each page.",
)


@click.group(cls=TellingGroup)
def labels() -> None:
    """Print barcodes: product labels, commands for the scanner, and how to set it up."""


@labels.command()
@click.argument("skus", nargs=-1, required=True)
@out_option
@click.option("--single", is_flag=True, help="Each label on a page of its own, 70 × 36 mm, for a label printer.")
@click.option("--copies", default=1, show_default=True, type=click.IntRange(1, 1_000), help="Of each label.")
@click.option("--skip", default=0, show_default=True, type=click.IntRange(0, 23), help="Places used up on the sheet.")
@click.option("--price-list", default="", help="Print today's price from this list.")
@device_option
def products(
    skus: tuple[str, ...], *, out: Path, single: bool, copies: int, skip: int, price_list: str, device: Path | None
) -> None:
    """Labels of the products SKUS, 24 on a sheet of A4.

    They are read from the catalogue on this machine. The bars hold the GTIN, or the SKU where there is none.
    """
    with faults_in_a_sentence():
        from wizterm.domain.clock import SystemClock
        from wizterm.paper import labels as paper
        from wizterm.services.labelling import open_labelling

        with open_labelling(device_folder(device), SystemClock()) as labelling:
            made = labelling.labels([sku for sku in skus for _ in range(copies)], price_list)
        _write(out, paper.singles(made) if single else paper.sheets(made, skip=skip), "Product labels")


@labels.command()
@out_option
def commands(out: Path) -> None:
    """The sheet of commands: submit, new cart, scan mode, take back, and the quantities 1 to 12."""
    with faults_in_a_sentence():
        from wizterm.paper.sheets import command_sheet

        _write(out, [command_sheet()], "Commands for the scanner")


@labels.command()
@out_option
def setup(out: Path) -> None:
    """How to set a scanner up, with codes to try it and to learn the keyboard's layout."""
    with faults_in_a_sentence():
        from wizterm.paper.sheets import Wanted, setup_sheets
        from wizterm.terminal.scan_settings import words

        scanner = configured().scanner
        suffix, separator = (next(iter(words(text)), "") for text in (scanner.suffixes, scanner.separators))
        _write(out, setup_sheets(Wanted(scanner.prefix, suffix, separator)), "Setting up the scanner")


def _write(out: Path, pages: Sequence[Page], title: str) -> None:
    for path, content in _files(out, pages, title):
        path.write_bytes(content)
        click.echo(f"{path}")


def _files(out: Path, pages: Sequence[Page], title: str) -> list[tuple[Path, bytes]]:
    if out.suffix.lower() == ".pdf":
        from wizterm.domain.clock import SystemClock
        from wizterm.paper.faces import wide_face
        from wizterm.paper.pdf import pdf

        face = wide_face(configured().paper.font)
        return [(out, pdf(pages, title=title, at=SystemClock().now(), face=face))]
    if out.suffix.lower() == ".svg":
        from wizterm.paper.svg import svg

        names = (
            [out] if len(pages) == 1 else [out.with_stem(f"{out.stem}-{place}") for place in range(1, len(pages) + 1)]
        )
        return [(name, svg(page).encode()) for name, page in zip(names, pages, strict=True)]
    raise click.ClickException(f"{out.name} names no kind of paper: end it in .pdf or .svg.")
