"""Make again what the program itself can say: `python -m docs.make` writes the generated pages and the pictures."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import click

from docs.office_pictures import take_browser, take_terminal
from docs.pages import PAGES
from docs.pictures import take

HERE = Path(__file__).parent


@click.command()
@click.option("--pictures/--no-pictures", default=True, help="Take the pictures too; they need a minute.")
def main(*, pictures: bool) -> None:
    """Make again what the program itself can say: keys, settings, options, and pictures of its screens."""
    for name, made in PAGES.items():
        (HERE / name).write_text(made(), encoding="utf-8", newline="\n")
    if pictures:
        _take_pictures(HERE / "pictures")


def _take_pictures(to: Path) -> None:
    to.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wizterm-docs-") as folder:
        for name, picture in asyncio.run(take(Path(folder))).items():
            (to / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")
        for name, picture in take_terminal(Path(folder)).items():
            (to / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")
        for name, shot in take_browser(Path(folder)).items():
            (to / f"{name}.png").write_bytes(shot)


if __name__ == "__main__":
    main()
