"""`wizterm find`: which products are on a picture, without a screen and without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.device_folder import device_folder, device_option, faults_in_a_sentence, looked_on
from wizterm.cli.printing import as_json, print_list
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.services.picture_search import Alike


@click.command(epilog="Example: wizterm find --picture mug.jpg --limit 3")
@device_option
@click.option("--picture", required=True, type=click.Path(dir_okay=False), help="The file: PNG, JPEG, WebP or GIF.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="The most to name.")
@as_json
def find(device: Path | None, *, picture: str, limit: int, as_json: bool) -> None:
    """Name the products whose pictures on this machine are most like a picture, the most alike first.

    Ends with 1 where none is.
    """
    with faults_in_a_sentence():
        found = _like(device_folder(device), picture, limit)
    print_list(found, _line, empty="No product's picture is like that one.", as_json=as_json)
    if not found:
        raise click.exceptions.Exit(1)


def _line(found: Alike) -> str:
    return plain(f"{found.likeness:3} %  {found.sku:<10}  {found.name}")


def _like(folder: Path, picture: str, limit: int) -> tuple[Alike, ...]:
    with looked_on(folder) as bench:
        return bench.by_picture.like(picture, folder, limit)
