"""A product as the catalogue shows it: a row, and three lines of facts."""

from __future__ import annotations

from textual.content import Content

from wizterm.domain.clock import Clock
from wizterm.domain.money import currency
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.services.catalogue import Offer, OfferPage
from wizterm.widgets import figures
from wizterm.widgets.rows import Column, Row

VARIANT = "▦"
"""Stands before the name of a product that comes in colours or sizes: they are a sheet of quantities."""
CHEAPER = "↓"
"""Stands after a price that falls with the quantity, where the break has no column."""
ROOMY = 70
"""Columns from which a name keeps its length beside the break."""

PLAIN = (
    Column("SKU", 14),
    Column("Name", 20, grow=True, both_ends=True),
    Column("Price ", 6, align="right"),
    Column("Stock", 5, align="right"),
)
WITH_BREAK = (*PLAIN[:2], Column("Price", 5, align="right"), Column("Break", 7, align="right"), PLAIN[-1])


def columns_for(width: int) -> tuple[Column, ...]:
    return WITH_BREAK if width >= ROOMY else PLAIN


def offer_row(offer: Offer, page: OfferPage, columns: tuple[Column, ...]) -> Row:
    in_ = currency(page.price_list.currency)
    product, next_break = offer.product, figures.next_break(offer, in_)
    name = f"{VARIANT} {product.name}" if product.is_variant else product.name
    price, stock = figures.price(offer.price, in_), figures.stock(offer.stock)
    if columns is WITH_BREAK:
        return Row(product.sku, (product.sku, name, price, next_break, stock))
    return Row(product.sku, (product.sku, name, price + (CHEAPER if next_break else " "), stock))


def offer_facts(offer: Offer, page: OfferPage, clock: Clock) -> Content:
    """On the product under the cursor: its whole name, the ladder and the rules, then history and stock."""
    in_ = currency(page.price_list.currency)
    product, rule = offer.product, offer.product.rule
    ladder = " · ".join(f"{show(step.min_quantity)}+ {in_.show_price(step.amount)}" for step in offer.ladder)
    rules = [f"MOQ {show(rule.least)}"] if rule.least > 1 else []
    rules += [f"in steps of {show(rule.multiple)}"] if rule.multiple > 1 else []
    rules += [f"case {show(product.case.factor)}"] if product.case else []
    rules += [f"{VARIANT} in colours and sizes"] if product.is_variant else []
    bought = offer.bought
    history = f"bought before ✓ {show(bought.quantity)} on {bought.last}" if bought else ""
    first = " · ".join(part for part in (f"{page.price_list.currency} {ladder}" if ladder else "", *rules) if part)
    second = " · ".join(
        part for part in (history, figures.stock_with_age(offer.stock, clock), product.category) if part
    )
    return Content.assemble((plain(product.name), "bold"), f"\n{plain(first)}\n{plain(second)}")


def found_words(page: OfferPage) -> str:
    """How many there are, and on which list."""
    return f"{page.found:,}{'+' if page.or_more else ''} found · list {plain(page.price_list.name)}"
