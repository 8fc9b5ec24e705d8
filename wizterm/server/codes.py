"""Codes that reps found on products: what of them stands in the catalogue, and what speaks against one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wizterm.domain.document import State
from wizterm.protocol import bodies
from wizterm.protocol.bodies import BarcodeBody
from wizterm.protocol.replica import BY_NAME
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.upserting import take_away, upsert
from wizterm.server.store.writing import Writing

KIND: Final = "barcode"
_TABLE = BY_NAME["codes"]
_LENGTHS: Final = (8, 12, 13)
"""Of printed GTINs, besides the 14 digits that every one can be written with."""


def suggestion(kind: str, text: str) -> BarcodeBody | None:
    """What the document suggests, where it is a suggestion."""
    body = bodies.decode(kind, text) if kind == KIND else None
    return body if isinstance(body, BarcodeBody) else None


def waiting() -> Any:
    """The condition that a document is a suggestion that nobody has decided about."""
    return (TakenDocument.kind == KIND) & (TakenDocument.state == str(State.DELIVERED))


def conflict(body: BarcodeBody) -> str:
    """Why the code cannot stand on that product, in a sentence; empty where it can."""
    product = column("products", "sku") == body.sku
    if not MIRROR["products"].select().where(product & ~MIRROR["products"].deleted).exists():
        return f"There is no product {body.sku} in the catalogue."
    other = next((sku for sku in _bearers(body.code) if sku != body.sku), "")
    return f"The code {body.code} is that of {other} already." if other else ""


def place(writing: Writing, body: BarcodeBody) -> None:
    """From now on every device reads the code so."""
    upsert(writing, _TABLE, [(body.code, body.sku, body.unit)])


def forget(writing: Writing, body: BarcodeBody) -> None:
    """Take the code out, where it still means that product."""
    if body.sku in _of_codes(body.code):
        take_away(writing, _TABLE, [body.code])


def _bearers(code: str) -> Iterator[str]:
    """The products that the catalogue knows under this code, in whatever length it is printed."""
    forms = [code]
    if len(code) == 14 and code.isdecimal():
        forms += [code[14 - length :] for length in _LENGTHS if not code[: 14 - length].strip("0")]
    for table in ("products", "units"):
        bears = column(table, "gtin").in_(forms) & ~MIRROR[table].deleted
        yield from (sku for (sku,) in rows(MIRROR[table].select(column(table, "sku")).where(bears)))
    yield from _of_codes(code)


def _of_codes(code: str) -> list[str]:
    model = MIRROR["codes"]
    this = (column("codes", "code") == code) & ~model.deleted
    return [sku for (sku,) in rows(model.select(column("codes", "sku")).where(this))]
