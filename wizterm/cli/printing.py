"""How commands answer programs: JSON in place of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from unicodedata import combining, east_asian_width

import click

T = TypeVar("T")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")


def print_json(value: Any) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def print_list(found: Iterable[T], line: Callable[[T], str], *, empty: str, as_json: bool) -> None:
    """A line for each, or a sentence where there is none; as JSON an empty list says enough."""
    found = list(found)
    if as_json:
        print_json(found)
        return
    for each in found:
        click.echo(line(each).rstrip())
    if not found:
        click.echo(empty)


def print_table(found: Iterable[T], cells: Callable[[T], tuple[str, ...]], *, empty: str, as_json: bool) -> None:
    """The same with every column as wide as its widest cell."""
    found = list(found)
    table = [cells(each) for each in found]
    widths = [max(map(_columns, column)) for column in zip(*table, strict=True)]
    lines = iter("  ".join(map(_filled, row, widths)) for row in table)
    print_list(found, lambda _: next(lines), empty=empty, as_json=as_json)


def print_done(value: Any, words: str, *, as_json: bool) -> None:
    """What became of it: as a value for programs, as a sentence for people."""
    if as_json:
        print_json(value)
    else:
        click.echo(words)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """Of a terminal: wide signs take two, those that stand over another none."""
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in {"W", "F"} else 1 for sign in text)
