"""What a document asks for, line by line, read from the bytes that were taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from wizterm.domain.money import currency
from wizterm.protocol import bodies
from wizterm.protocol.bodies import OrderBody

_PLACE = re.compile(r"(lines|fees)\[(\d{1,6})\]")


@dataclass(frozen=True, slots=True)
class OrderedLine:
    sku: str
    name: str
    quantity: Decimal
    unit_price: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class Ordered:
    """Of an order or quote; empty of any other kind."""

    currency: str = ""
    total: Decimal = Decimal(0)
    note: str = ""
    lines: tuple[OrderedLine, ...] = ()

    def price_of(self, line: OrderedLine) -> str:
        """For people: with the decimals that the currency has, 1.90 and not 1.9."""
        return currency(self.currency).show_price(line.unit_price)


def ordered(kind: str, text: str) -> Ordered:
    body = bodies.decode(kind, text)
    if not isinstance(body, OrderBody):
        return Ordered()
    lines = tuple(OrderedLine(each.sku, each.name, each.quantity, each.unit_price, each.net) for each in body.lines)
    return Ordered(body.currency, body.total, body.note, lines)


def named_in(kind: str, text: str) -> list[str]:
    """The items and fees that a document names, each once."""
    body = bodies.decode(kind, text)
    if not isinstance(body, OrderBody):
        return []
    return sorted({*(line.sku for line in body.lines), *(fee.code for fee in body.fees)})


def named_at(kind: str, text: str, field: str) -> str:
    """The item or fee that a path such as lines[0].sku lies in; empty where there is none."""
    body, found = bodies.decode(kind, text), _PLACE.match(field)
    if found is None or not isinstance(body, OrderBody):
        return ""
    place = int(found[2])
    if found[1] == "fees":
        return body.fees[place].code if place < len(body.fees) else ""
    return body.lines[place].sku if place < len(body.lines) else ""
