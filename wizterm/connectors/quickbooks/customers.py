"""QuickBooks's customers, whose number here is their id there."""

from __future__ import annotations

from collections.abc import Iterator

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.calls import Calls
from wizterm.connectors.quickbooks.items import amount
from wizterm.connectors.quickbooks.setting import Setting
from wizterm.connectors.quickbooks.walk import walk_changes

HEADER = (
    *("number", "name", "contact", "email", "phone"),
    *(f"{use}_{part}" for use in ("billing", "shipping") for part in ("address", "city", "postcode", "country")),
    *("price_list", "payment_terms", "balance"),
)


def pull_customers(calls: Calls, setting: Setting, cursor: str) -> Page:
    def read(found: list[Row]) -> tuple[Rows, ...]:
        return (Rows("customers", HEADER, list(_customers(found, setting))),)

    return walk_changes(calls, cursor, "Customer", "", read)


def _customers(found: list[Row], setting: Setting) -> Iterator[tuple[str, ...]]:
    """A project is a customer in QuickBooks, and in no shop."""
    for row in found:
        if row.get("IsProject"):
            continue
        billing: Row = row.get("BillAddr") or {}
        yield (
            str(row["Id"]),
            str(row.get("DisplayName") or row["Id"]),
            " ".join(str(row[part]) for part in ("GivenName", "FamilyName") if row.get(part)),
            _within(row, "PrimaryEmailAddr", "Address"),
            _within(row, "PrimaryPhone", "FreeFormNumber") or _within(row, "Mobile", "FreeFormNumber"),
            *_parts(billing),
            *_parts(row.get("ShipAddr") or billing),
            setting.price_list,
            _within(row, "SalesTermRef", "name"),
            amount(row.get("Balance")),
        )


def _within(row: Row, field: str, part: str) -> str:
    return str((row.get(field) or {}).get(part) or "")


def _parts(address: Row) -> tuple[str, ...]:
    street = "\n".join(str(address[line]) for line in (f"Line{place}" for place in range(1, 6)) if address.get(line))
    city = ", ".join(str(address[part]) for part in ("City", "CountrySubDivisionCode") if address.get(part))
    return (street, city, str(address.get("PostalCode") or ""), str(address.get("Country") or ""))
