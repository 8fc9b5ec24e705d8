"""Tryton's parties as customers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.items import amount
from wizterm.connectors.tryton.parties import LIST_PREFIX
from wizterm.connectors.tryton.setting import Setting
from wizterm.connectors.tryton.walk import PAGE, Walk, walk_changes

HEADER = (
    *("number", "name", "contact", "email", "phone"),
    *(f"{use}_{part}" for use in ("billing", "shipping") for part in ("address", "city", "postcode", "country")),
    *("price_list", "payment_terms", "credit_limit", "balance"),
)
FIELDS = (
    *("code", "name", "email", "phone", "mobile"),
    *(f"addresses.{name}" for name in ("street", "city", "postal_code", "country.code", "invoice", "delivery")),
    *("customer_payment_term.name", "receivable", "contact_mechanisms.name"),
)
OPTIONAL = ("sale_price_list", "credit_limit_amount")
"""What parties have where a module gives it to them."""
STAMPED = {
    "": "party.party",
    "addresses.": "party.address",
    "contact_mechanisms.": "party.contact_mechanism",
}


def pull_customers(calls: Calls, setting: Setting, cursor: str) -> Page:
    wanted = [["categories.name", "=", setting.customers]] if setting.customers else [["id", "!=", _own_party(calls)]]
    known = calls.fields("party.party")
    fields = [*FIELDS, *(name for name in OPTIONAL if name in known)]
    fields += ["addresses.attn"] if "attn" in calls.fields("party.address") else []

    def read(_walk: Walk, domain: list[Any]) -> tuple[list[Row], tuple[Rows, ...]]:
        found = calls.search("party.party", [*domain, *wanted], fields, most=PAGE, order=[("id", "ASC")])
        return found, (Rows("customers", HEADER, list(_customers(found, setting))),)

    return walk_changes(calls, cursor, STAMPED, read)


def _own_party(calls: Calls) -> int:
    (company,) = calls.search("company.company", [["id", "=", calls.company]], ["party"])
    return int(company["party"])


def _customers(found: list[Row], setting: Setting) -> Iterator[tuple[str, ...]]:
    for row in found:
        if not row["code"]:
            continue
        billing, shipping = _address(row, "invoice"), _address(row, "delivery")
        yield (
            row["code"],
            row["name"] or row["code"],
            billing.get("attn") or _named(row),
            row["email"] or "",
            row["phone"] or row["mobile"] or "",
            *_parts(billing),
            *_parts(shipping),
            f"{LIST_PREFIX}{row['sale_price_list']}" if row.get("sale_price_list") else setting.price_list,
            (row.get("customer_payment_term.") or {}).get("name", ""),
            amount(row.get("credit_limit_amount")),
            amount(row["receivable"]),
        )


def _named(row: Row) -> str:
    """Whose the first telephone or e-mail is that says so: before 8.0 an address does not name a person."""
    mechanisms: list[Row] = row.get("contact_mechanisms.") or []
    return next((each["name"] for each in mechanisms if each["name"]), "")


def _address(row: Row, use: str) -> Row:
    """The first for this use, else the first of all."""
    addresses: list[Row] = row.get("addresses.") or []
    return next((each for each in addresses if each.get(use)), addresses[0] if addresses else {})


def _parts(address: Row) -> tuple[str, ...]:
    country = (address.get("country.") or {}).get("code", "")
    return (address.get("street") or "", address.get("city") or "", address.get("postal_code") or "", country)
