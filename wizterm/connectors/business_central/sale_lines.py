"""The lines of an order or quote: what was agreed of each, and in comments what a line has no field for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from decimal import Decimal

from wizterm.connectors.base import Outgoing
from wizterm.connectors.business_central.amounts import terms
from wizterm.connectors.business_central.answers import Row
from wizterm.connectors.business_central.calls import Calls
from wizterm.connectors.business_central.goods import Goods
from wizterm.domain.money import currency
from wizterm.domain.text import plain
from wizterm.protocol.bodies import Fee, OrderBody, OrderLine

LONGEST = 100
"""Characters of a description."""
ITEM, COMMENT = "Item", "Comment"


def sale_lines(calls: Calls, document: Outgoing, body: OrderBody) -> Iterator[Row]:
    """Raises a `Fault`; `Unknown` where Business Central lacks an item."""
    codes = {*(line.sku for line in body.lines), *(fee.code for fee in body.fees)}
    goods = Goods(calls, codes, document.items)
    minor = currency(body.currency).unit
    for place, line in enumerate(body.lines):
        item = goods.item(line.sku, f"lines[{place}].sku", line.name)
        yield _line(item, line.quantity, line.unit_price, line.net - line.cart_discount, minor)
        yield from comments(_words(line))
    for place, fee in enumerate(body.fees):
        item = goods.item(fee.code, f"fees[{place}].code", fee.name)
        yield _fee(item, fee, minor)


def comments(texts: Iterable[str]) -> Iterator[Row]:
    """As many lines as it takes."""
    for text in texts:
        for part in textwrap.wrap(plain(text), LONGEST):
            yield {"lineType": COMMENT, "description": part}


def agreed(body: OrderBody) -> Decimal:
    """What the lines come to: without tax, or with it where prices include it."""
    goods = sum((line.net - line.cart_discount for line in body.lines), Decimal(0))
    return goods + sum((fee.amount for fee in body.fees), Decimal(0))


def _fee(item: Row, fee: Fee, minor: Decimal) -> Row:
    """What is given back is a quantity below zero: a price cannot be."""
    return _line(item, Decimal(-1 if fee.amount < 0 else 1), abs(fee.amount), fee.amount, minor)


def _line(item: Row, quantity: Decimal, price: Decimal, amount: Decimal, minor: Decimal) -> Row:
    """In the order in which the one fills in the other there: a quantity a price, a price a discount."""
    said = terms(quantity, price, amount, minor)
    values: Row = {"lineType": ITEM, "lineObjectNumber": item["number"]}
    if unit := item.get("baseUnitOfMeasureCode"):
        values["unitOfMeasureCode"] = unit
    return values | {"quantity": said.quantity, "unitPrice": said.price, "discountAmount": said.discount}


def _words(line: OrderLine) -> Iterator[str]:
    yield from line.note.splitlines()
    for option in line.options:
        yield f"{option.modifier}: {option.option}"
    if line.deliver_on:
        yield f"Wanted on: {line.deliver_on.isoformat()}"
    if line.lot and (marks := [each for each in (line.lot.batch, line.lot.serial) if each]):
        yield f"Lot: {' '.join(marks)}"
