"""The lines of an order on paper, under a head that every page repeats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wizterm.domain.lot import Lot
from wizterm.domain.money import currency
from wizterm.domain.quantity import show
from wizterm.paper.flow import Flow
from wizterm.paper.pages import Anchor, Box, shortened, wrapped
from wizterm.protocol.bodies import OrderBody, OrderLine
from wizterm.protocol.sums import off

POINTS, SMALL = 9.0, 7.5
ROW = 6.0
SKU, NAME = 8.0, 34.0
"""Millimetres from the left edge."""
NAME_ENDS, COUNT, UNIT, PRICE, DISCOUNT = 84.0, 72.0, 70.0, 38.0, 22.0
"""Millimetres from the right edge."""


class Cell(NamedTuple):
    x: float
    text: str
    anchor: Anchor


class OrderTable:
    def __init__(self, body: OrderBody) -> None:
        self._body = body
        self._in = currency(body.currency)

    def write(self, flow: Flow) -> None:
        self._head(flow)
        flow.repeated = self._head
        for line in self._body.lines:
            flow.needs(ROW)
            self._line(flow, line)
        flow.repeated = None

    def _head(self, flow: Flow) -> None:
        flow.down(SMALL)
        titles = ("#", "SKU", "Name", "Qty", "Unit", "Price", "Disc.", self._body.currency)
        for cell, title in zip(self._cells(flow, titles), titles, strict=True):
            flow.words(cell.x, title, SMALL, bold=True, anchor=cell.anchor)
        flow.y += 1
        flow.draw((Box(flow.left, flow.y, flow.right - flow.left, 0.2),))

    def _line(self, flow: Flow, line: OrderLine) -> None:
        width = flow.right - NAME_ENDS - flow.left - NAME
        names = wrapped(line.name, POINTS, width) or [""]
        texts = (
            str(line.line),
            shortened(line.sku, POINTS, NAME - SKU - 1),
            names[0],
            show(line.count),
            shortened(line.unit, POINTS, 14),
            self._in.show_price(line.unit_price),
            self._discount(line),
            self._in.show(line.net),
        )
        flow.down(POINTS)
        for cell in self._cells(flow, texts):
            flow.words(cell.x, cell.text, POINTS, anchor=cell.anchor)
        for more in (*names[1:], *self._beneath(line)):
            flow.paragraph(more, SMALL, x=flow.left + NAME, width=width)
        flow.y += 0.6

    def _discount(self, line: OrderLine) -> str:
        if line.discount is None:
            return ""
        return off(line.discount) if line.discount.off == "percent" else self._in.show(-line.discount.amount)

    def _cells(self, flow: Flow, texts: tuple[str, ...]) -> Iterator[Cell]:
        right = flow.right
        places = (flow.left + 6, flow.left + SKU, flow.left + NAME, right - COUNT, right - UNIT, right - PRICE,
                  right - DISCOUNT, right)  # fmt: skip
        anchors: tuple[Anchor, ...] = ("end", "start", "start", "end", "start", "end", "end", "end")
        yield from (Cell(*each) for each in zip(places, texts, anchors, strict=True))

    def _beneath(self, line: OrderLine) -> Iterator[str]:
        """What else was agreed for the line."""
        if line.quantity < 0:
            yield "goes back: credited"
        for option in line.options:
            more = f" +{self._in.show_price(option.surcharge)}" if option.surcharge else ""
            yield f"{option.modifier}: {option.option}{more}"
        if line.quantity != line.count:
            yield f"{show(line.quantity)} pieces, priced for one"
        if line.lot is not None:
            yield Lot(line.lot.batch, line.lot.serial, line.lot.expiry, line.lot.unverified).words
        for promotion in line.promotions:
            yield f"{promotion.name} {self._in.show(-promotion.amount)}"
        if line.deliver_on is not None:
            yield f"wanted on {line.deliver_on}"
        if line.note:
            yield line.note
