"""Tryton's products as items of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.walk import PAGE, Walk, walk_changes

HEADER = ("sku", "name", "description", "category", "gtin", "unit", "base_price", "base_currency", "discontinued")
FIELDS = (
    "code",
    "name",
    "description",
    "active",
    "salable",
    "sale_price_uom",
    "sale_uom.symbol",
    "categories.name",
    "identifiers.type",
    "identifiers.code",
)
STAMPED = {"": "product.product", "template.": "product.template"}
GTIN_LENGTHS = (8, 12, 13, 14)


def pull_items(calls: Calls, cursor: str) -> Page:
    """What is no longer sold is said to be discontinued; what was not sold before is left out."""
    currency = company_currency(calls)

    def read(walk: Walk, domain: list[Any]) -> tuple[list[Row], tuple[Rows, ...]]:
        seen = [] if walk.since else [["salable", "=", True], ["active", "=", True]]
        wanted = [*domain, *seen]
        found = calls.search("product.product", wanted, FIELDS, most=PAGE, order=[("id", "ASC")], active_test=False)
        return found, (Rows("products", HEADER, list(_items(found, currency))),)

    return walk_changes(calls, cursor, STAMPED, read)


def company_currency(calls: Calls) -> str:
    (company,) = calls.search("company.company", [["id", "=", calls.company]], ["currency.code"])
    return str(company["currency."]["code"])


def _items(found: list[Row], currency: str) -> Iterator[tuple[str, ...]]:
    codes = set()
    for row in found:
        if not row["code"] or row["code"] in codes:
            continue
        codes.add(row["code"])
        price = amount(row["sale_price_uom"])
        categories = row.get("categories.") or []
        yield (
            row["code"],
            row["name"] or row["code"],
            row["description"] or "",
            categories[0]["name"] if categories else "",
            _gtin(row),
            (row.get("sale_uom.") or {}).get("symbol", ""),
            price,
            currency if price else "",
            "no" if row["active"] and row["salable"] else "yes",
        )


def amount(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _gtin(row: Row) -> str:
    codes = [each["code"] for each in row.get("identifiers.") or [] if each["type"] == "ean" and each["code"]]
    return next((code for code in codes if code.isdecimal() and len(code) in GTIN_LENGTHS), "")
