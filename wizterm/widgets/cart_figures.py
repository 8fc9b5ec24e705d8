"""The cart in figures: a row for each line, and the foot with everything the total is made of."""

from __future__ import annotations

from decimal import Decimal

from textual.content import Content

from wizterm.domain.cart import Line
from wizterm.domain.discount import Off, percent_off
from wizterm.domain.money import ZERO, Currency
from wizterm.domain.options import in_words
from wizterm.domain.overruns import off_line
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.domain.totals import LineTotal
from wizterm.services.cart_view import CartView
from wizterm.widgets import figures
from wizterm.widgets.rows import Column, Row

TENTH = Decimal("0.1")
BACK = "↩"
"""Stands before the name of what goes back."""
NOTE = "✎"
"""Stands behind the name of a line that has a note."""

LONGEST_SAID = 74
"""Characters that have room in one line of the foot at 80 columns."""

PLAIN = (
    Column("SKU", 14),
    Column("Name", 10, grow=True, both_ends=True),
    Column("Qty", 3, align="right"),
    Column("Price", 5, align="right"),
    Column("Net", 6, align="right"),
)
_DISCOUNT = Column("Disc", 4, align="right")
_GROSS = Column("Gross", 6, align="right")
ROOMY = 72
"""Columns from which the gross stands beside a discount."""


def columns_for(view: CartView, width: int) -> tuple[Column, ...]:
    """The discount wherever there is one, and the gross beside it where there is room."""
    if all(part.gross == part.net for part in view.totals.lines):
        return PLAIN
    between = (_GROSS, _DISCOUNT) if width >= ROOMY else (_DISCOUNT,)
    return (*PLAIN[:-1], *between, PLAIN[-1])


def line_rows(view: CartView, columns: tuple[Column, ...]) -> list[Row]:
    over = {each.line for each in view.over}
    return [
        _row(line, part, view, columns, over=line.id in over)
        for line, part in zip(view.cart.lines, view.totals.lines, strict=True)
    ]


def sums(view: CartView, current: str = "") -> Content:
    """The foot: what is wrong with a line, gross and discounts where there are any, fees and tax, minimum, total.

    The line is the one under the cursor, or the first where that is right.
    """
    shown = view.totals.currency.show
    parts = [Content(f"{plain(words)} {shown(amount):>12}") for words, amount in _parts(view)]
    parts = [*_said_with(view, current), *_first_trouble(view, current), *parts]
    if view.short:
        parts.append(Content.styled(f"⚠ {view.short}", "$text-warning"))
    if view.over:
        parts.append(Content.styled("⚠ beyond your limit: A asks for approval", "$text-warning"))
    parts.append(Content.assemble(_met(view), Content.styled(_total(view), "bold")))
    return Content("\n").join(parts)


def _total(view: CartView) -> str:
    return f"TOTAL {view.cart.currency} {view.totals.currency.show(view.totals.total):>12}"


def _met(view: CartView) -> str:
    """That the order minimum is met, where there is one."""
    if view.minimum is None or view.short or all(part.is_credit for part in view.totals.lines):
        return ""
    return f"minimum {view.totals.currency.show(view.minimum)} ✓   "


def _parts(view: CartView) -> list[tuple[str, Decimal]]:
    """What the total is made of, in words and signed amounts; nothing where it is the lines alone."""
    cart, all_ = view.cart, view.totals
    gross = sum((part.gross for part in all_.lines), ZERO)
    promoted: dict[str, Decimal] = {}
    for taken in (each for part in all_.lines for each in part.promotions):
        promoted[taken.name] = promoted.get(taken.name, ZERO) + taken.amount
    off = sum((part.discount for part in all_.lines), ZERO)
    back = sum((part.net for part in all_.lines if part.is_credit), ZERO)
    found = [("gross" if promoted or off else "goods", gross - back)] if promoted or off or back else []
    found += [(name, -amount) for name, amount in promoted.items()]
    found += [("line discounts", -off)] if off else []
    found += [("credit", back)] if back else []
    if cart.discounts or cart.fees or all_.taxes:
        found.append(("subtotal", all_.subtotal))
    for place, (discount, amount) in enumerate(zip(cart.discounts, all_.discounts, strict=True), start=1):
        found.append((f"{place}: {discount.reason or 'cart'} {discount}", -amount))
    found += [(fee.name, amount) for fee, amount in zip(cart.fees, all_.fees, strict=True)]
    for tax in all_.taxes:
        how = "in the prices, " if tax.rate.inclusive else ""
        found.append((f"{tax.rate.code} {show(tax.rate.rate)} % ({how}estimate)", tax.amount))
    return found


def _row(line: Line, part: LineTotal, view: CartView, columns: tuple[Column, ...], *, over: bool) -> Row:
    in_ = view.totals.currency
    trouble = _trouble(line, over=over)
    name = plain(f"{line.name} + {in_words(line.options)}" if line.options else line.name)
    if line.is_credit:
        name = f"{BACK} {name}"
    if trouble:
        name = f"⚠ {name}"
    elif line.deliver_on:
        name = f"{line.deliver_on.day}/{line.deliver_on.month} {name}"
    if line.note:
        name = f"{name} {NOTE}"
    cells = {
        "SKU": line.sku,
        "Name": name,
        "Qty": _count(line),
        "Price": _price(line, in_),
        "Gross": in_.show(part.gross),
        "Disc": _off(line, part, in_),
        "Net": in_.show(part.net),
    }
    return Row(line.id, tuple(cells[column.title] for column in columns), style="warning" if trouble else "")


def said_with(line: Line) -> str:
    """What goes with the product on this line, in words: the options that were chosen, and the note."""
    parts = [f"+ {in_words(line.options)}"] if line.options else []
    parts += [f"{NOTE} {line.note}"] if line.note else []
    return plain("  ".join(parts))


def _said_with(view: CartView, current: str) -> list[Content]:
    """One line of the foot, for the line under the cursor."""
    said = next((said_with(line) for line in view.cart.lines if line.id == current), "")
    said = said if len(said) <= LONGEST_SAID else f"{said[: LONGEST_SAID - 1]}…"
    return [Content.styled(said, "$foreground 70%")] if said else []


def _first_trouble(view: CartView, current: str) -> list[Content]:
    """Limits have a line of the foot to themselves."""
    lines = sorted(view.cart.lines, key=lambda line: line.id != current)
    found = ((line, _trouble(line, over=False)) for line in lines)
    said = next((f"⚠ {line.sku}: {trouble}" for line, trouble in found if trouble), "")
    return [Content.styled(plain(said), "$text-warning")] if said else []


def _trouble(line: Line, *, over: bool) -> str:
    if line.price is None:
        return "not sold to this customer"
    if line.misfit is not None:
        return line.misfit.reason
    return "A: over limit" if over else ""


def _count(line: Line) -> str:
    """In base units, or as `2 ca` in others."""
    return show(line.count) if line.unit.factor == 1 else f"{show(line.count)} {plain(line.unit.code)[:2]}"


def _price(line: Line, in_: Currency) -> str:
    shown = figures.price(line.price, in_)
    return f"{shown}*" if line.price is not None and line.price.is_typed else shown


def _off(line: Line, part: LineTotal, in_: Currency) -> str:
    """The percentage the rep gave; where it is more than that, what it comes to of the company's own price."""
    before, off = off_line(line, part, in_)
    discount = line.discount
    if discount is not None and discount.off is Off.PERCENT and off == part.discount and not part.promotions:
        return f"{discount.value.normalize():f}%"
    percent = percent_off(off + part.promotion, before)
    return f"{percent.quantize(TENTH).normalize():f}%" if percent > 0 else ""
