"""The lines of a sale: what was agreed of each, with the unit and the taxes that Tryton's own clients would fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wizterm.connectors.base import UNKNOWN_ITEM, Outgoing
from wizterm.connectors.faults import Unknown
from wizterm.connectors.tryton.amounts import PRICE, priced
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.ground import Ground
from wizterm.domain.money import currency
from wizterm.domain.text import plain
from wizterm.protocol.bodies import OrderBody, OrderLine

OF_SALE = ("company", "party", "currency", "price_list", "sale_date")
"""What the taxes of a line depend on."""
OF_PRODUCT = ("code", "account_category", "sale_uom", "default_uom")


def sale_lines(calls: Calls, ground: Ground, document: Outgoing, body: OrderBody, head: Row) -> Iterator[Row]:
    """Raises a `Fault`; `Unknown` where Tryton lacks a product."""
    products = Products(calls, document, body, {key: head[key] for key in OF_SALE if head.get(key)})
    minor = currency(body.currency).unit
    for place, line in enumerate(body.lines):
        goods = products.goods(line.sku, f"lines[{place}].sku", line.name)
        for quantity, price in priced(line.quantity, line.net - line.cart_discount, minor):
            yield goods | {"quantity": float(quantity), "unit_price": price} | _said(ground, line)
    for place, fee in enumerate(body.fees):
        goods = products.goods(fee.code, f"fees[{place}].code", fee.name)
        yield goods | {"quantity": 1.0, "unit_price": fee.amount}


class Products:
    """Those that one sale names."""

    def __init__(self, calls: Calls, document: Outgoing, body: OrderBody, sale: Row) -> None:
        self._calls = calls
        self._items = document.items
        self._sale = sale
        self._found = _by_code(
            calls, {*(line.sku for line in body.lines), *(fee.code for fee in body.fees)}, self._items
        )
        self._taxes: dict[int | None, list[int]] = {}

    def goods(self, code: str, field: str, said: str) -> Row:
        """The values of a line that follow from its product."""
        product = self._product(code, field, said)
        return {
            "type": "line",
            "product": product["id"],
            "unit": product["sale_uom"] or product["default_uom"],
            "taxes": [["add", self._taxes_of(product)]],
        }

    def _product(self, code: str, field: str, said: str) -> Row:
        theirs = self._items.get(code, code)
        found = self._found.get(theirs, [])
        if len(found) == 1:
            return found[0]
        many = f"{len(found)} products" if found else "no product"
        words = f"Tryton has {many} with the code {plain(theirs)} ({plain(said)}): map it, or mend it there."
        raise Unknown(words, field, UNKNOWN_ITEM)

    def _taxes_of(self, product: Row) -> list[int]:
        """What this party pays: the same for all products of an accounting category, so that it is asked for once."""
        category = product["account_category"]
        if category not in self._taxes:
            chosen = {"type": "line", "product": product["id"], "quantity": 1.0, "company": self._calls.company}
            filled = self._calls.model(
                "sale.line", "on_change", chosen | {"sale": {"id": -1, **self._sale}}, ["product"]
            )
            self._taxes[category] = [tax["id"] for _, tax in (filled.get("taxes") or {}).get("add", [])]
        return self._taxes[category]


def _by_code(calls: Calls, codes: set[str], items: Mapping[str, str]) -> dict[str, list[Row]]:
    wanted = sorted({items.get(code, code) for code in codes})
    found: dict[str, list[Row]] = {}
    for row in calls.search("product.product", [["code", "in", wanted]], OF_PRODUCT):
        found.setdefault(row["code"], []).append(row)
    return found


def _said(ground: Ground, line: OrderLine) -> Row:
    """What stands beside a line's quantity and price."""
    values: Row = {}
    if "base_price" in ground.line_fields:
        values["base_price"] = line.unit_price.quantize(PRICE)
    if note := "\n".join(_note(line)):
        values["note"] = note
    return values


def _note(line: OrderLine) -> Iterator[str]:
    yield from map(plain, line.note.splitlines())
    for option in line.options:
        yield f"{plain(option.modifier)}: {plain(option.option)}"
    if line.deliver_on:
        yield f"Wanted on: {line.deliver_on.isoformat()}"
    if line.lot and (marks := [each for each in (line.lot.batch, line.lot.serial) if each]):
        yield f"Lot: {plain(' '.join(marks))}"
