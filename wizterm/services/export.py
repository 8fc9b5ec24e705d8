"""Orders and quotes as files for other programs: a table of lines, or everything as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from wizterm.domain.discount import LineDiscount, Off
from wizterm.domain.money import ZERO
from wizterm.domain.records import DocumentSummary
from wizterm.protocol.bodies import Body, OrderBody, OrderLine

HEAD = (
    *("number", "kind", "state", "erp_number", "submitted_at", "customer_number", "customer", "currency"),
    *("order_total", "line", "sku", "name", "unit", "count", "quantity", "unit_price", "net", "note"),
    *("gross", "promotion", "discount", "discount_as", "order_discount", "options", "po_number"),
)
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Exported = tuple[DocumentSummary, Body | None]


def as_csv(documents: Iterable[Exported]) -> str:
    """One row for each line of an order; no cell is taken for a formula by whatever opens it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for summary, body in documents:
        if isinstance(body, OrderBody):
            writer.writerows([_safe(cell) for cell in row] for row in _rows(summary, body))
    return out.getvalue()


def as_json(documents: Iterable[Exported]) -> str:
    """A list of documents with what became of them; the body is what was submitted, to the letter."""
    found = [_whole(summary, body) for summary, body in documents]
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"


def _rows(summary: DocumentSummary, body: OrderBody) -> Iterator[tuple[str, ...]]:
    for line in body.lines:
        yield (
            summary.number,
            str(summary.kind),
            str(summary.state),
            summary.external,
            summary.submitted_at.isoformat(),
            body.customer.number,
            body.customer.name,
            body.currency,
            str(body.total),
            *_line(line),
            *_why(line),
            body.po_number,
        )


def _line(line: OrderLine) -> tuple[str, ...]:
    figures = (line.count, line.quantity, line.unit_price, line.net - line.cart_discount)
    return (str(line.line), line.sku, line.name, line.unit, *(f"{figure:f}" for figure in figures), line.note)


def _why(line: OrderLine) -> tuple[str, ...]:
    """What lies between the gross and the net, and what is in the price besides the product's own."""
    promotion = sum((taken.amount for taken in line.promotions), ZERO)
    given = line.discount
    figures = (line.gross, promotion, given.amount if given else ZERO)
    said = str(LineDiscount(Off(given.off), given.value)) if given else ""
    options = "; ".join(f"{each.modifier}: {each.option} +{each.surcharge:f}" for each in line.options)
    return (*(f"{figure:f}" for figure in figures), said, f"{line.cart_discount:f}", options)


def _safe(cell: str) -> str:
    """An apostrophe makes text of what a spreadsheet would calculate; figures stay figures."""
    if cell.startswith(_BEGINS_A_FORMULA) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell.removeprefix("-").replace(".", "", 1).isdigit()


def _whole(summary: DocumentSummary, body: Body | None) -> dict[str, Any]:
    return {
        "id": summary.document.id,
        "revision": summary.document.revision,
        "number": summary.number,
        "kind": str(summary.kind),
        "state": str(summary.state),
        "erp_number": summary.external,
        "words": summary.words,
        "body": body,
    }
