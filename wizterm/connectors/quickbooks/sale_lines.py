"""The lines of an estimate or invoice: what was agreed of each, after all discounts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wizterm.connectors.base import Outgoing
from wizterm.connectors.quickbooks.amounts import Piece, priced
from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.calls import Calls
from wizterm.connectors.quickbooks.goods import Goods
from wizterm.connectors.quickbooks.ground import Ground
from wizterm.domain.money import currency
from wizterm.domain.text import plain
from wizterm.protocol.bodies import OrderBody, OrderLine

LONGEST = 4000
"""Characters of a description."""


def sale_lines(calls: Calls, ground: Ground, document: Outgoing, body: OrderBody) -> Iterator[Row]:
    """Raises a `Fault`; `Unknown` where QuickBooks lacks an item."""
    codes = {*(line.sku for line in body.lines), *(fee.code for fee in body.fees)}
    goods = Goods(calls, codes, document.items)
    money = currency(body.currency)
    for place, line in enumerate(body.lines):
        item = goods.item(line.sku, f"lines[{place}].sku", line.name)
        words = "\n".join(_words(line, money.show_price(line.unit_price)))
        for piece in priced(line.quantity, line.net - line.cart_discount, money.unit):
            yield _line(ground, item, words, piece)
    for place, fee in enumerate(body.fees):
        item = goods.item(fee.code, f"fees[{place}].code", fee.name)
        yield _line(ground, item, plain(fee.name), Piece(Decimal(1), fee.amount, fee.amount))


def agreed(body: OrderBody) -> Decimal:
    """What the lines come to, before taxes."""
    goods = sum((line.net - line.cart_discount for line in body.lines), Decimal(0))
    return goods + sum((fee.amount for fee in body.fees), Decimal(0))


def _line(ground: Ground, item: Row, words: str, piece: Piece) -> Row:
    detail: Row = {"ItemRef": {"value": str(item["Id"])}, "Qty": piece.quantity, "UnitPrice": piece.price}
    if tax := _tax_code(ground, item):
        detail["TaxCodeRef"] = {"value": tax}
    return {
        "DetailType": "SalesItemLineDetail",
        "Amount": piece.amount,
        "Description": words[:LONGEST],
        "SalesItemLineDetail": detail,
    }


def _tax_code(ground: Ground, item: Row) -> str:
    """As QuickBooks's own forms would choose it for the item; how much tax that is QuickBooks computes."""
    if not ground.taxed:
        return ""
    if ground.american:
        return "TAX" if item.get("Taxable") else "NON"
    return str(item.get("SalesTaxCodeRef", {}).get("value", ""))


def _words(line: OrderLine, price: str) -> Iterator[str]:
    """What a line has no field for."""
    yield plain(line.name)
    if line.net - line.cart_discount != line.gross:
        yield f"Price before discounts: {price}"
    yield from map(plain, line.note.splitlines())
    for option in line.options:
        yield f"{plain(option.modifier)}: {plain(option.option)}"
    if line.deliver_on:
        yield f"Wanted on: {line.deliver_on.isoformat()}"
    if line.lot and (marks := [each for each in (line.lot.batch, line.lot.serial) if each]):
        yield f"Lot: {plain(' '.join(marks))}"
