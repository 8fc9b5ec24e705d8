"""The lines of a frozen order or quote, with why each price is what it is."""

from __future__ import annotations

from textual.content import Content

from wizterm.domain.discount import LineDiscount, Off, percent_off
from wizterm.domain.lot import Lot
from wizterm.domain.money import Currency, currency
from wizterm.domain.prices import PriceSource
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.protocol.bodies import Discount, OrderBody, OrderLine, PriceReason
from wizterm.protocol.sums import sums
from wizterm.widgets.cart_figures import BACK, NOTE, TENTH
from wizterm.widgets.rows import Column, Row

COLUMNS = (
    Column("#", 2, align="right"),
    Column("SKU", 14),
    Column("Name", 12, grow=True, both_ends=True),
    Column("Qty", 3, align="right"),
    Column("Price", 5, align="right"),
    Column("Disc", 4, align="right"),
    Column("Net", 6, align="right"),
)


def line_row(line: OrderLine, in_: Currency) -> Row:
    chosen = ", ".join(each.option for each in line.options)
    name = f"{line.name} + {chosen}" if chosen else line.name
    name = f"{name} {NOTE}" if line.note else name
    if line.quantity < 0:
        name = f"{BACK} {name}"
    return Row(
        str(line.line),
        (
            str(line.line),
            line.sku,
            name,
            show(line.count),
            in_.show_price(line.unit_price),
            _taken_off(line),
            in_.show(line.net),
        ),
    )


def why_price(line: OrderLine, in_: Currency) -> str:
    """A sentence on one line: where its price comes from, and what was taken off it."""
    parts = [f"{line.sku}: {_source(line.price_reason)}"]
    if line.quantity != line.count:
        parts.append(f"{show(line.count)} {line.unit} are {show(line.quantity)}")
    parts += [f"{each.name} {in_.show(-each.amount)}" for each in line.promotions]
    if line.discount is not None:
        parts.append(f"{_off(line.discount)} off, {in_.show(line.discount.amount)}")
    if line.cart_discount:
        parts.append(f"its share of the order's discount {in_.show(line.cart_discount)}")
    if line.lot is not None:
        lot = Lot(line.lot.batch, line.lot.serial, line.lot.expiry, line.lot.unverified)
        parts.append(lot.words)
    return plain(" · ".join(parts))


def chosen_with(line: OrderLine, in_: Currency) -> str:
    """The options and the note of one line; empty where it has none."""
    parts = [
        f"{each.modifier}: {each.option}{f' +{in_.show_price(each.surcharge)}' if each.surcharge else ''}"
        for each in line.options
    ]
    if line.note:
        parts.append(f"{NOTE} {line.note}")
    return plain(" · ".join(parts))


def order_sums(body: OrderBody) -> Content:
    """What the total is made of, where that is more than the lines, and the total."""
    in_ = currency(body.currency)
    shown = [Content(f"{plain(each.words)} {in_.show(each.amount):>12}") for each in sums(body)]
    shown.append(Content.styled(f"TOTAL {body.currency} {in_.show(body.total):>12}", "bold"))
    return Content("\n").join(shown)


def _taken_off(line: OrderLine) -> str:
    """The discount as the rep gave it; with a promotion, what both come to of the gross."""
    if line.promotions:
        percent = percent_off(line.gross - line.net, line.gross)
        return f"{percent.quantize(TENTH).normalize():f}%" if percent > 0 else ""
    return _off(line.discount) if line.discount else ""


def _off(discount: Discount) -> str:
    return str(LineDiscount(Off(discount.off), discount.value))


def _source(reason: PriceReason) -> str:
    named = {
        PriceSource.TYPED: "price typed by the rep",
        PriceSource.CONTRACT: "price of the customer's contract",
        PriceSource.LIST: f"price of the list {reason.price_list}",
        PriceSource.BASE: "base price",
        PriceSource.QUOTE: "price of the quote",
    }
    words = named.get(PriceSource(reason.source), reason.source) if reason.source in set(PriceSource) else reason.source
    return f"{words}, from {show(reason.min_quantity)}" if reason.min_quantity > 1 else words
