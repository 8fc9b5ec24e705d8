"""Which price lists show each product, kept in the product's row.

Where that changes, the product, its stock and what describes it take the transaction's number: devices that see it for
the first time are sent all of it, and those that no longer may are told it is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from wizterm.server.importing.context import DESCRIPTIONS, Context
from wizterm.server.scope import tokens
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.upserting import chunks

AT_ONCE = 1_000


def show(context: Context) -> None:
    """Set it right for every product this import touched."""
    lists = _live_lists()
    skus = context.touched
    if context.changed["price_lists"] or context.removed["price_lists"]:
        skus = {row[0] for row in rows(MIRROR["products"].select(column("products", "sku")))}
    for chunk in chunks(sorted(skus), AT_ONCE):
        _show_some(context, chunk, lists)


def _show_some(context: Context, skus: Sequence[str], lists: dict[str, tuple[str, bool]]) -> None:
    priced = _priced(skus)
    moved: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sku, base, currency, deleted, before, once in _products(skus):
        shown = {price_list for price_list in priced[sku] if price_list in lists}
        shown |= {id_ for id_, (theirs, falls_back) in lists.items() if falls_back and base and theirs == currency}
        now = "" if deleted else tokens(shown)
        if now != before:
            ever = "".join(f" {word} " for word in sorted({*once.split(), *now.split()}))
            moved[now, ever].append(sku)
    for (now, ever), some in moved.items():
        _write(context, some, now, ever)


def _write(context: Context, skus: list[str], now: str, ever: str) -> None:
    number = context.writing.number
    sku = column("products", "sku")
    MIRROR["products"].update(
        {column("products", "lists"): now, column("products", "once_listed"): ever, MIRROR["products"].seq: number}
    ).where(sku.in_(skus)).execute()
    for table in ("stock", "units", "codes", *DESCRIPTIONS):
        MIRROR[table].update({MIRROR[table].seq: number}).where(column(table, "sku").in_(skus)).execute()
    context.writing.catalogue_changed()


def _live_lists() -> dict[str, tuple[str, bool]]:
    """Currency, and whether it falls back to base prices, by list."""
    wanted = [column("price_lists", name) for name in ("id", "currency", "falls_back")]
    live = MIRROR["price_lists"].select(*wanted).where(~MIRROR["price_lists"].deleted)
    return {id_: (currency, bool(falls_back)) for id_, currency, falls_back in rows(live)}


def _priced(skus: Sequence[str]) -> defaultdict[str, set[str]]:
    sku, price_list = column("prices", "sku"), column("prices", "price_list")
    found: defaultdict[str, set[str]] = defaultdict(set)
    live = sku.in_(list(skus)) & ~MIRROR["prices"].deleted
    for one, name in rows(MIRROR["prices"].select(sku, price_list).where(live).distinct()):
        found[one].add(name)
    return found


def _products(skus: Sequence[str]) -> list[tuple[Any, ...]]:
    names = ("sku", "base_price", "base_currency", "deleted", "lists", "once_listed")
    fields = [column("products", name) for name in names]
    return rows(MIRROR["products"].select(*fields).where(fields[0].in_(list(skus))))
