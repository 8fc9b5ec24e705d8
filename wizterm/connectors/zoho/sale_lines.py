"""The lines of a sales order or estimate: what was agreed of each, and what is said beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wizterm.connectors.base import UNKNOWN_ITEM, Outgoing
from wizterm.connectors.faults import Unknown
from wizterm.connectors.zoho.amounts import NoRateError, rated
from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.errand import Errand
from wizterm.domain.money import currency
from wizterm.domain.text import plain
from wizterm.protocol.bodies import OrderBody, OrderLine


def sale_lines(errand: Errand, body: OrderBody) -> Iterator[Row]:
    """Raises a `Fault`; `Unknown` where Zoho lacks an item or cannot say an amount."""
    minor = currency(body.currency).unit
    for place, line in enumerate(body.lines):
        field = f"lines[{place}]"
        item = {"item_id": _item(errand, line.sku, f"{field}.sku", line.name)}
        note = {"description": text} if (text := "\n".join(_note(line))) else {}
        for quantity, rate in _rated(line, minor, min(minor, errand.ground.step), field):
            yield item | {"quantity": quantity, "rate": rate} | note
    for place, fee in enumerate(body.fees):
        item = {"item_id": _item(errand, fee.code, f"fees[{place}].code", fee.name)}
        yield item | {"quantity": Decimal(1), "rate": fee.amount}


def named(document: Outgoing) -> set[str]:
    """The codes of the document's items and fees, as Zoho has them."""
    body = document.body
    if not isinstance(body, OrderBody):
        return set()
    codes = {*(line.sku for line in body.lines), *(fee.code for fee in body.fees)}
    return {document.items.get(code, code) for code in codes}


def agreed(body: OrderBody) -> Decimal:
    """What all lines come to there, before taxes that are added."""
    lines = (line.net - line.cart_discount for line in body.lines)
    return sum(lines, Decimal(0)) + sum((fee.amount for fee in body.fees), Decimal(0))


def _item(errand: Errand, code: str, field: str, said: str) -> str:
    theirs = errand.document.items.get(code, code)
    item = errand.goods.id_of(errand.calls, theirs)
    if item is None:
        words = f"Zoho has no item with the SKU {plain(theirs)} ({plain(said)}): map it, or mend it there."
        raise Unknown(words, field, UNKNOWN_ITEM)
    return item


def _rated(line: OrderLine, minor: Decimal, step: Decimal, field: str) -> list[tuple[Decimal, Decimal]]:
    if line.quantity <= 0:
        words = f"Zoho's sales orders take no goods back ({plain(line.sku)}): make a credit note there."
        raise Unknown(words, f"{field}.quantity", "")
    try:
        return rated(line.quantity, line.net - line.cart_discount, minor, step)
    except NoRateError as error:
        words = f"No rates of Zoho's come to the agreed amount of {plain(line.sku)}: order whole pieces."
        raise Unknown(words, f"{field}.quantity", "") from error


def _note(line: OrderLine) -> Iterator[str]:
    yield from map(plain, line.note.splitlines())
    for option in line.options:
        yield f"{plain(option.modifier)}: {plain(option.option)}"
    if line.net - line.cart_discount != line.gross:
        yield f"Before discounts: {line.unit_price.normalize():f}"
    if line.deliver_on:
        yield f"Wanted on: {line.deliver_on.isoformat()}"
    if line.lot and (marks := [each for each in (line.lot.batch, line.lot.serial) if each]):
        yield f"Lot: {plain(' '.join(marks))}"
