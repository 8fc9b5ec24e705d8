"""Speed beside a peer, measured in the same run.

`python -m benchmarks [NAME …]` prints each figure as it comes; `--write` puts them into docs/benchmarks.md too.
"""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks import (
    bytes_per_key,
    changing,
    drain,
    intake,
    long_order,
    scanning,
    serving,
    start,
    submit,
    syncing,
    type_ahead,
)
from benchmarks.company import ground
from benchmarks.figures import HEADS, Figure
from benchmarks.machine import described

BENCHMARKS = {
    "start": start.measure,
    "submit": submit.measure,
    "type-ahead": type_ahead.measure,
    "sync": syncing.measure,
    "changing": changing.measure,
    "bytes": bytes_per_key.measure,
    "intake": intake.measure,
    "serving": serving.measure,
    "drain": drain.measure,
    "scan": scanning.measure,
    "long-order": long_order.measure,
}
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
MARKS = ("<!-- figures -->", "<!-- end of figures -->")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)))
@click.option("--quick/--full", default=True, help="Full takes more rounds, and a million products.", show_default=True)
@click.option("--write", is_flag=True, help="Put the figures into docs/benchmarks.md.")
def main(*, names: tuple[str, ...], quick: bool, write: bool) -> None:
    """Measure all, or those with these NAMES."""
    machine = described()
    click.echo(machine)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="wizterm-bench-") as folder, ground(Path(folder), full=not quick) as made:
        for name in names or BENCHMARKS:
            begun = time.monotonic()
            for figure in BENCHMARKS[name](made):
                click.echo(" | ".join(figure.cells))
                figures.append(figure)
            click.echo(f"{name} took {time.monotonic() - begun:.0f} s", err=True)
    if write:
        _write(machine, figures, "--quick" if quick else "--full")


def _write(machine: str, figures: list[Figure], how: str) -> None:
    """Between the marks of the page; what stands around them is written by hand."""
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    rows = [f"| {' | '.join(cells)} |" for cells in (HEADS, ["---"] * len(HEADS), *(f.cells for f in figures))]
    text = f"{MARKS[0]}\n\n`python -m benchmarks {how}`, {day}, on {machine}.\n\n" + "\n".join(rows) + "\n\n"
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    PAGE.write_text(before + text + MARKS[1] + after, encoding="utf-8")


main()
