"""The kinds of files, recognised by the names in their first line."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches

from wizterm.server.importing import cells
from wizterm.server.importing.faults import CellError

Reader = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    read: Reader
    required: bool = False

    def take(self, cell: str) -> str:
        """What the cell says, in the form that is stored; raises `CellError`."""
        value = self.read(cell)
        if self.required and not value:
            raise CellError("a value")
        return value


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> frozenset[str]:
        return frozenset(column.name for column in self.columns if column.required)

    @property
    def known(self) -> frozenset[str]:
        return frozenset(column.name for column in self.columns)


def _kind(kind: str, columns: str) -> Kind:
    """Columns as 'name reader' with commas between; a star marks what must be there."""
    return Kind(
        kind,
        tuple(
            Column(name.rstrip("*"), getattr(cells, reader or "text"), name.endswith("*"))
            for name, _, reader in (column.strip().partition(" ") for column in columns.split(","))
        ),
    )


KINDS = (
    _kind(
        "price_lists",
        "id* name, name*, currency* currency_code, falls_back_to_base yes_or_no, default yes_or_no, "
        "order_minimum amount",
    ),
    _kind(
        "products",
        "sku* name, name*, description, category, brand, gtin gtin, unit, case_quantity count, moq count, ioq count, "
        "order_limit count, base_price amount, base_currency currency_code, discontinued yes_or_no, "
        "family name, colour name, size name, listed_on day, discountable yes_unless_no, max_discount percent, "
        "floor_price amount, counts_together yes_or_no, tax_code name",
    ),
    _kind("attributes", "sku* name, attribute* name, value* name"),
    _kind("collections", "collection* name, sku* name"),
    _kind(
        "modifiers",
        "sku* name, modifier* name, option* name, surcharge amount, currency currency_code, least whole, most whole",
    ),
    _kind(
        "prices",
        "price_list* name, sku* name, min_quantity break_from, price* amount, valid_from day, valid_to day",
    ),
    _kind("stock", "sku* name, quantity* quantity"),
    _kind("units", "sku* name, code* name, factor* count, gtin gtin"),
    _kind("tax_rates", "code* name, rate* percent, country name, inclusive yes_or_no, on_sum yes_or_no"),
    _kind("fees", "fee* name, name*, percent percent, amount amount, tax_code name"),
    _kind(
        "customers",
        "number* name, name*, contact, email, phone, billing_address, billing_city, billing_postcode, "
        "billing_country, shipping_address, shipping_city, shipping_postcode, shipping_country, price_list* name, "
        "payment_terms, credit_limit amount, balance balance, order_minimum amount, rep",
    ),
    _kind(
        "promotions",
        "promotion* name, name*, percent percent, amount amount, valid_from day, valid_to day, customers names, "
        "price_lists names, skus names, families names, threshold count, combined yes_or_no, cap amount, "
        "adds_up yes_or_no",
    ),
    _kind(
        "contracts",
        "customer* name, sku* name, min_quantity break_from, price* amount, currency* currency_code, valid_from day, "
        "valid_to day",
    ),
    _kind(
        "history",
        "customer* name, order_number* name, date* day, sku* name, quantity* quantity, unit_price* amount",
    ),
    _kind("wishlists", "customer* name, sku* name, wished_on* day"),
)
"""In the order they are loaded: what others refer to comes first."""


class UnknownKindError(ValueError):
    """The first line fits no kind; the message says what is nearest."""


def recognise(header: Collection[str]) -> Kind:
    names = set(header)
    fitting = [kind for kind in KINDS if kind.required <= names]
    if not fitting:
        nearest = max(KINDS, key=lambda kind: (len(kind.known & names), -len(kind.required - names)))
        if not nearest.known & names:
            raise UnknownKindError(f"expected the columns of a file of {', '.join(kind.name for kind in KINDS)}")
        missing = ", ".join(sorted(nearest.required - names))
        for name in sorted(names - nearest.known):
            if near := get_close_matches(name, nearest.required - names, n=1):
                raise _no_column(nearest, name, near)
        raise UnknownKindError(f"expected the columns of a kind of file; for {nearest.name} there is no {missing}")
    kind = min(fitting, key=lambda kind: (len(names - kind.known), -len(kind.required)))
    for name in sorted(names - kind.known):
        raise _no_column(kind, name, get_close_matches(name, kind.known, n=1))
    return kind


def _no_column(kind: Kind, name: str, near: list[str]) -> UnknownKindError:
    hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(c.name for c in kind.columns)}"
    return UnknownKindError(f"a file of {kind.name} has no column {ascii(name)[:60]}; {hint}")
