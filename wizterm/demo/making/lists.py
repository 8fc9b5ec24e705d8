"""Three price lists: the main one, one for large buyers, one for abroad."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from wizterm.demo.making.files import Row
from wizterm.demo.making.pricing import to_euro, to_five_pence
from wizterm.demo.making.products import Product

TRADE, WHOLESALE, EXPORT = "TRADE", "WHOLESALE", "EXPORT"
CURRENCY = {TRADE: "GBP", WHOLESALE: "GBP", EXPORT: "EUR"}

LISTS: tuple[Row, ...] = (
    {
        "id": TRADE,
        "name": "Trade",
        "currency": "GBP",
        "falls_back_to_base": "yes",
        "default": "yes",
        "order_minimum": 50,
    },
    {
        "id": WHOLESALE,
        "name": "Wholesale",
        "currency": "GBP",
        "falls_back_to_base": "yes",
        "default": "no",
        "order_minimum": 250,
    },
    {
        "id": EXPORT,
        "name": "Export",
        "currency": "EUR",
        "falls_back_to_base": "no",
        "default": "no",
        "order_minimum": 200,
    },
)

EXPORT_PERCENT = 40
"""Of all products: what sells abroad. The rest is not sold there at all."""
USUAL_REBATE = Decimal("0.92")
LEAST_REBATE = Decimal("0.97")
WORTH_A_REBATE = Decimal(1)
"""Pounds; what is cheaper costs large buyers its base price, unless someone really paid less."""


def price_rows(products: Sequence[Product]) -> Iterator[Row]:
    for product in products:
        yield from _rows(TRADE, product, _trade(product))
    for product in products:
        yield from _rows(WHOLESALE, product, _wholesale(product))
    for product in _sold_abroad(products):
        yield from _rows(EXPORT, product, _export(product))


Ladder = list[tuple[int, Decimal]]


def _rows(price_list: str, product: Product, ladder: Ladder) -> Iterator[Row]:
    for minimum, price in ladder:
        yield {"price_list": price_list, "sku": product.sku, "min_quantity": minimum, "price": price}


def _trade(product: Product) -> Ladder:
    return [(1, product.prices.base), *product.prices.breaks]


def _wholesale(product: Product) -> Ladder:
    """Give the lowest price that was paid more than once, else the usual rebate; then the breaks below it."""
    base, lowest = product.prices.base, product.prices.lowest
    price = lowest if lowest < base * LEAST_REBATE else to_five_pence(base * USUAL_REBATE)
    if price >= base or (price != lowest and base < WORTH_A_REBATE):
        return _trade(product) if product.prices.breaks else []
    return [(1, price), *((minimum, lower) for minimum, lower in product.prices.breaks if lower < price)]


def _export(product: Product) -> Ladder:
    return [(minimum, to_euro(price)) for minimum, price in _trade(product)]


def _sold_abroad(products: Sequence[Product]) -> list[Product]:
    """Keep the products that went abroad most often, in the order of the catalogue."""
    wanted = sorted(products, key=lambda product: (-product.abroad, -product.sales, product.sku))
    chosen = {product.sku for product in wanted[: len(products) * EXPORT_PERCENT // 100]}
    return [product for product in products if product.sku in chosen]
