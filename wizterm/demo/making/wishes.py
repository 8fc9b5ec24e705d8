"""Made up: what customers would like to have, of what sells well and they never had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from wizterm.demo.making.customers import Customer
from wizterm.demo.making.files import Row
from wizterm.demo.making.lists import EXPORT
from wizterm.demo.making.lots import below, draw, happens
from wizterm.demo.making.products import Product
from wizterm.demo.making.source import SHIFT, Line

WISHING_PERCENT = 30
MOST = 4
BEST = 120


def wishlist_rows(lines: Sequence[Line], customers: Sequence[Customer], products: Sequence[Product]) -> Iterator[Row]:
    """Noted on the day of the customer's last order."""
    bought: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        bought[line.customer].add(line.sku)
    last = {line.customer: line.day for line in sorted(lines, key=lambda line: line.day)}
    best = [product.sku for product in products if not product.discontinued][:BEST]
    for customer in customers:
        if customer.price_list == EXPORT or not happens(WISHING_PERCENT, customer.number, "wishes"):
            continue
        new = [sku for sku in best if sku not in bought[customer.number]]
        count = 1 + below(MOST, customer.number, "how many wishes")
        wished = {draw(new, customer.number, "wish", place): None for place in range(count)}
        day = (last[customer.number] + SHIFT).isoformat()
        yield from ({"customer": customer.number, "sku": sku, "wished_on": day} for sku in wished)
