"""A product as the catalogue shows it: a row, and three lines of facts."""

from __future__ import annotations

from textual.content import Content

from wizterm.domain.clock import Clock
from wizterm.domain.money import currency
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.services.catalogue import Offer, OfferPage
from wizterm.widgets import figures
from wizterm.widgets.rows import Row

VARIANT = "▦"
"""Stands before the name of a product that comes in colours or sizes: they are a sheet of quantities."""


def offer_row(offer: Offer, page: OfferPage) -> Row:
    in_ = currency(page.price_list.currency)
    return Row(
        offer.product.sku,
        (
            offer.product.sku,
            f"{VARIANT} {offer.product.name}" if offer.product.is_variant else offer.product.name,
            figures.price(offer.price, in_),
            figures.next_break(offer, in_),
            figures.stock(offer.stock),
        ),
    )


def offer_facts(offer: Offer, page: OfferPage, clock: Clock) -> Content:
    """On the product under the cursor: its whole name, the ladder and the rules, then history and stock."""
    in_ = currency(page.price_list.currency)
    product, rule = offer.product, offer.product.rule
    ladder = " · ".join(f"{show(step.min_quantity)}+ {in_.show_price(step.amount)}" for step in offer.ladder)
    rules = [f"MOQ {show(rule.least)}"] if rule.least > 1 else []
    rules += [f"in {show(rule.multiple)}s"] if rule.multiple > 1 else []
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
