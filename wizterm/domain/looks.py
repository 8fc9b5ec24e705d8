"""How alike two pictures are, by shape and colour: it finds the same picture again, however large, packed or framed."""

from __future__ import annotations

from dataclasses import dataclass

BITS = 128
"""Of a shape: whether each field of a small grid is brighter than the next, across and down."""
COLOURS = 48
"""Red, green and blue of four by four fields."""
FURTHEST = 96
"""The mean difference of colours from which nothing is alike any more; of 255."""
SHAPE_COUNTS = 0.6


@dataclass(frozen=True, slots=True)
class Look:
    shape: int
    colours: bytes

    def __str__(self) -> str:
        return f"{self.shape:0{BITS // 4}x}{self.colours.hex()}"


def look_of(text: str) -> Look:
    """The look that was written; raises `ValueError` where it is none."""
    if len(text) != BITS // 4 + 2 * COLOURS:
        raise ValueError("a look has another length")
    return Look(int(text[: BITS // 4], 16), bytes.fromhex(text[BITS // 4 :]))


def likeness(one: Look, other: Look) -> int:
    """In percent. Pictures that have nothing to do with each other differ in half of their bits."""
    shape = max(0.0, 1 - 2 * (one.shape ^ other.shape).bit_count() / BITS)
    apart = sum(abs(a - b) for a, b in zip(one.colours, other.colours, strict=True)) / COLOURS
    colour = max(0.0, 1 - apart / FURTHEST)
    return round(100 * (SHAPE_COUNTS * shape + (1 - SHAPE_COUNTS) * colour))
