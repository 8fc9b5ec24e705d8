"""Business Central's customers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from wizterm.connectors.business_central.answers import Row
from wizterm.connectors.business_central.calls import Calls
from wizterm.connectors.business_central.items import amount
from wizterm.connectors.business_central.setting import Setting
from wizterm.connectors.business_central.walk import walk_changes
from wizterm.connectors.pulling import Page, Rows

HEADER = (
    *("number", "name", "email", "phone"),
    *(f"billing_{part}" for part in ("address", "city", "postcode", "country")),
    *("price_list", "payment_terms", "credit_limit"),
)
READ = (
    "number,displayName,email,phoneNumber,addressLine1,addressLine2,city,state,postalCode,country,"
    "paymentTermsId,creditLimit"
)


def pull_customers(calls: Calls, setting: Setting, cursor: str) -> Page:
    """One address each; the others stand on a page that the published interface lacks."""

    def read(found: list[Row]) -> tuple[Rows, ...]:
        terms = _terms(calls) if found else {}
        return (Rows("customers", HEADER, [_customer(row, terms, setting) for row in found]),)

    return walk_changes(calls, cursor, "customers", READ, read)


def _terms(calls: Calls) -> dict[str, str]:
    """Words by id."""
    found = calls.find("paymentTerms", select="id,code,displayName")
    return {str(row["id"]): str(row.get("displayName") or row["code"]) for row in found}


def _customer(row: Row, terms: Mapping[str, str], setting: Setting) -> tuple[str, ...]:
    return (
        str(row["number"]),
        str(row.get("displayName") or row["number"]),
        str(row.get("email") or ""),
        str(row.get("phoneNumber") or ""),
        "\n".join(_filled(row, "addressLine1", "addressLine2")),
        ", ".join(_filled(row, "city", "state")),
        str(row.get("postalCode") or ""),
        str(row.get("country") or ""),
        setting.price_list,
        terms.get(str(row.get("paymentTermsId")), ""),
        _limit(row),
    )


def _limit(row: Row) -> str:
    """Nought stands for none there."""
    limit = Decimal(str(row.get("creditLimit") or 0))
    return amount(limit) if limit else ""


def _filled(row: Row, *names: str) -> Iterator[str]:
    return (str(row[name]) for name in names if row.get(name))
