"""What is known of a product, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from textual.content import Content

from wizterm.domain.clock import Clock
from wizterm.domain.money import Currency, currency
from wizterm.domain.options import Modifier
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.services.product_card import ProductCard
from wizterm.widgets import figures

TITLE = 10
HERE = "◀ this customer's"
FOR_A_GUEST = "◀ this cart's"


def facts(card: ProductCard, quantity: Decimal, clock: Clock) -> Content:
    """All of it; `quantity` is what the cart holds of it, which decides the break that is marked."""
    product = card.product
    lines = [Content.styled(plain(product.name), "bold")]
    lines.append(Content(plain(" · ".join(part for part in (product.sku, product.brand, product.category) if part))))
    if product.description:
        lines.append(Content(plain(product.description)))
    lines.append(Content())
    lines += [_titled(title, value) for title, value in _told(card, quantity, clock) if value]
    return Content("\n").join(lines)


def _told(card: ProductCard, quantity: Decimal, clock: Clock) -> Iterator[tuple[str, str]]:
    product, in_ = card.product, currency(card.price_list.currency)
    yield from zip(("Price", *[" "] * len(card.offer.ladder)), _ladder(card, quantity, in_), strict=False)
    yield "Sold", product.rule.describe().removeprefix("Sold ").removesuffix(".")
    yield "Case", f"{show(product.case.factor)} {product.unit.code}" if product.case else ""
    yield "Stock", figures.stock_with_age(card.offer.stock, clock).removeprefix("stock ")
    yield "In cart", show(quantity) if quantity else ""
    yield "Barcode", product.gtin
    yield "Variant", " · ".join(part for part in (product.family, product.colour, product.size) if part)
    yield " ", f"one of {card.variants}: v opens them all as a sheet" if card.variants else ""
    yield from zip(
        ("Options", *[" "] * len(card.modifiers)), (_choice(each, in_) for each in card.modifiers), strict=False
    )
    yield from card.attributes
    yield "Status", "discontinued" if product.discontinued else ""
    if card.for_customer:
        yield "Bought", "  ".join(f"{show(each.quantity)} on {each.date}" for each in card.purchases) or "never before"


def _ladder(card: ProductCard, quantity: Decimal, in_: Currency) -> list[str]:
    """One step a line; the step that the quantity at hand reaches is marked."""
    if not card.offer.ladder:
        return ["not sold to this customer"]
    wanted = max(quantity, card.product.rule.least)
    here = HERE if card.for_customer else FOR_A_GUEST
    reached = [step for step in card.offer.ladder if step.min_quantity <= wanted]
    return [
        f"{card.price_list.currency} {in_.show_price(step.amount):>8}  from {show(step.min_quantity)}"
        + (f"  {here}" if reached and step == reached[-1] else "")
        for step in card.offer.ladder
    ]


def _choice(modifier: Modifier, in_: Currency) -> str:
    """Wording: choose 1 of Happy, Merry +1.25."""
    offered = ", ".join(
        f"{each.name}{f' +{in_.show_price(each.surcharge)}' if each.surcharge else ''}" for each in modifier.options
    )
    return f"{modifier.name}: {modifier.rule} of {offered}"


def _titled(title: str, value: str) -> Content:
    return Content.assemble((f"{plain(title):<{TITLE}}", "$foreground 60%"), f" {plain(value)}")
