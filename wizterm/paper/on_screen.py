"""A symbol in a terminal: two modules a cell, dark on light, for another scanner to read from the screen."""

from __future__ import annotations

from itertools import zip_longest

from wizterm.paper.symbols import NoSymbolError, Symbol, bars, square

_BARS_HIGH = 12
"""Modules: six rows of cells are enough for a hand that is not quite still."""
_CELLS = {("0", "0"): "█", ("1", "0"): "▄", ("0", "1"): "▀", ("1", "1"): " "}
"""Light modules are painted, dark ones are the background of a dark terminal, by what is above and below."""


def code_on_screen(text: str, *, columns: int) -> str:
    """Bars where they fit the columns, else a QR code, its quiet zone around it: show it light on black.

    Raises `NoSymbolError` for a text that neither can hold.
    """
    try:
        symbol = bars(text)
    except NoSymbolError:
        symbol = square(text)
    return half_blocks(symbol if symbol.width <= columns else square(text))


def half_blocks(symbol: Symbol) -> str:
    rows = symbol.rows if symbol.is_square else symbol.rows * _BARS_HIGH
    blank = "0" * symbol.width
    above = [blank] * (symbol.quiet if symbol.is_square else 2)
    side = "0" * symbol.quiet
    whole = [*above, *(f"{side}{row}{side}" for row in rows), *above]
    pairs = zip_longest(whole[::2], whole[1::2], fillvalue=blank)
    return "\n".join("".join(_CELLS[pair] for pair in zip(*rows, strict=True)) for rows in pairs)
