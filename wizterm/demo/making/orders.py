"""What the customers bought, and the few prices that were agreed with one of them alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from wizterm.demo.making.customers import Customer
from wizterm.demo.making.files import Row
from wizterm.demo.making.lists import CURRENCY, EXPORT, TRADE
from wizterm.demo.making.lots import below
from wizterm.demo.making.pricing import to_euro
from wizterm.demo.making.products import Product
from wizterm.demo.making.source import SHIFT, Line

CONTRACTS = 36
PER_CUSTOMER = 3
CLEAR_REBATE = Decimal("0.93")
SALE = Decimal("0.65")
"""Cheaper than this was clearing the shelves, not a favour to one customer."""
ENDS = ("", "", "2027-12-31", "2028-06-30")


def history_rows(lines: Sequence[Line], customers: Iterable[Customer], products: Iterable[Product]) -> Iterator[Row]:
    """Yield one row per order, product and price, oldest first, in the currency of the customer's list."""
    list_of = {customer.number: customer.price_list for customer in customers}
    skus = {product.sku for product in products}
    quantities: Counter[tuple[str, str, str, str, Decimal]] = Counter()
    for line in lines:
        if line.customer in list_of and line.sku in skus:
            price = to_euro(line.price) if list_of[line.customer] == EXPORT else line.price
            day = (line.day + SHIFT).isoformat()
            quantities[day, line.invoice, line.customer, line.sku, price] += line.quantity
    for (day, invoice, customer, sku, price), quantity in quantities.items():
        yield {
            "customer": customer,
            "order_number": invoice,
            "date": day,
            "sku": sku,
            "quantity": quantity,
            "unit_price": price,
        }


def contract_rows(lines: Sequence[Line], customers: Iterable[Customer], products: Iterable[Product]) -> list[Row]:
    """Give contracts to customers of the main list who clearly paid less than others for as many."""
    trade = {customer.number for customer in customers if customer.price_list == TRADE}
    current = {product.sku: product for product in products if not product.discontinued}
    paid: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.customer in trade and line.sku in current:
            paid[line.customer, line.sku].append(line)
    favours = {key: low for key, bought in paid.items() if (low := _favour(bought, current))}
    return [_contract(customer, sku, price) for (customer, sku), price in _spread(favours)]


def _favour(bought: Sequence[Line], products: Mapping[str, Product]) -> Decimal | None:
    """Return the price paid last, if it is clearly below what the quantity alone would have earned."""
    last = bought[-1]
    prices = products[last.sku].prices
    usual = min([prices.base, *(price for minimum, price in prices.breaks if minimum <= last.quantity)])
    return last.price if usual * SALE < last.price < usual * CLEAR_REBATE else None


def _spread(favours: Mapping[tuple[str, str], Decimal]) -> list[tuple[tuple[str, str], Decimal]]:
    """Take a few for each customer, those with most favours first."""
    busy = Counter(customer for customer, _ in favours)
    ranked = sorted(favours.items(), key=lambda favour: (-busy[favour[0][0]], favour[0]))
    seen: Counter[str] = Counter()
    chosen = []
    for favour in ranked:
        customer = favour[0][0]
        seen[customer] += 1
        if seen[customer] <= PER_CUSTOMER:
            chosen.append(favour)
    return chosen[:CONTRACTS]


def _contract(customer: str, sku: str, price: Decimal) -> Row:
    return {
        "customer": customer,
        "sku": sku,
        "min_quantity": 1,
        "price": price,
        "currency": CURRENCY[TRADE],
        "valid_from": "2026-01-01",
        "valid_to": ENDS[below(len(ENDS), customer, sku)],
    }
