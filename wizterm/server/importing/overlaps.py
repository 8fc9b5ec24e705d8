"""Prices that hold at once for the same thing: allowed, for the later one counts, and worth a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.upserting import chunks

AT_ONCE = 500
Span = tuple[str, str]
"""First and last day; empty where there is none."""


def overlaps(table: str, *owner: str) -> Iterator[str]:
    """A sentence for each quantity of a product that two prices of one owner hold for."""
    for key, spans in sorted(_spans(table, owner).items()):
        *whose, quantity = key
        for earlier, later in clashing(spans):
            first = f"the one from {earlier[0]} on" if earlier[0] else "the one without a first day"
            which = f"{' '.join(whose)} from {quantity}"
            yield f"Two prices at once: {which}: the price from {later[0]} on goes before {first}"


def clashing(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Those that begin before the one before them has ended."""
    for earlier, later in pairwise(sorted(spans)):
        if not earlier[1] or later[0] <= earlier[1]:
            yield earlier, later


def _spans(table: str, owner: tuple[str, ...]) -> dict[tuple[str, ...], list[Span]]:
    """By owner, product and quantity: only a price with a first day can stand beside another."""
    found: defaultdict[tuple[str, ...], list[Span]] = defaultdict(list)
    model, begins = MIRROR[table], column(table, "valid_from")
    fields = [column(table, name) for name in (*owner, "min_quantity", "valid_from", "valid_to")]
    wanted = model.select(*fields).where(~model.deleted)
    for *key, begin, end in rows(wanted.where(begins != "")):
        found[tuple(key)].append((begin, end))
    skus = sorted({key[owner.index("sku")] for key in found})
    for some in chunks(skus, AT_ONCE):
        for *key, begin, end in rows(wanted.where((begins == "") & column(table, "sku").in_(some))):
            if tuple(key) in found:
                found[tuple(key)].append((begin, end))
    return found
