"""Zoho's contacts as customers. A list says little of each; for the rest each who changed is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec.structs import replace

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.contacts import LIST_PREFIX
from wizterm.connectors.zoho.ground import Ground
from wizterm.connectors.zoho.items import amount
from wizterm.connectors.zoho.price_books import price_books
from wizterm.connectors.zoho.setting import Setting
from wizterm.connectors.zoho.walk import Walk

LISTED = ("number", "name", "contact", "email", "phone", "payment_terms", "balance", "price_list")
WHOLE = (
    *LISTED,
    *(f"{use}_{part}" for use in ("billing", "shipping") for part in ("address", "city", "postcode", "country")),
    "credit_limit",
)
AT_ONCE = 40
"""Customers that are asked for in one errand."""
PACE = 1.2
"""Seconds between two of them: Zoho takes 100 calls a minute, and orders want to go too."""
ORDER = {"filter_by": "Status.Active", "sort_column": "created_time"}


def pull_customers(calls: Calls, setting: Setting, ground: Ground, cursor: str, sleep: Callable[[float], None]) -> Page:
    walk = Walk.read(cursor)
    if setting.customer_details == "no":
        found, more = calls.page("contacts", walk.page, ORDER)
        cells = [_listed(row, setting.price_list) for row in found if _is_customer(row)]
        return Page((Rows("customers", LISTED, cells),), walk.then(more=more), more=more)
    if not walk.newest:
        walk = replace(walk, newest=_newest(calls))
    found, more = calls.page("contacts", walk.page, ORDER)
    wanted = _wanted(found, walk)
    asked = list(_asked(calls, wanted[:AT_ONCE], sleep))
    lists = {book.id for book in price_books(calls, ground)[0]} if any(map(_price_list, asked)) else set()
    table = Rows("customers", WHOLE, [_whole(row, setting, lists) for row in asked])
    if len(wanted) > AT_ONCE:
        return Page((table,), walk.text(after=str(asked[-1]["contact_id"])), more=True)
    return Page((table,), walk.then(more=more), more=more)


def _newest(calls: Calls) -> str:
    """The latest change before the first is asked for: whoever changes later comes with this walk or the next."""
    return max((_changed_at(row) for row in calls.rows("contacts", **ORDER)), key=_moment, default="")


def _wanted(found: list[Row], walk: Walk) -> list[Row]:
    """Customers of a page who changed, behind those that were asked for."""
    places = [place for place, row in enumerate(found, start=1) if str(row["contact_id"]) == walk.after]
    return [row for row in found[places[0] if places else 0 :] if _is_customer(row) and not _is_before(row, walk.since)]


def _asked(calls: Calls, wanted: list[Row], sleep: Callable[[float], None]) -> Iterator[Row]:
    for row in wanted:
        sleep(PACE)
        yield row | (calls.get(f"contacts/{row['contact_id']}").get("contact") or {})


def _listed(row: Row, price_list: str) -> tuple[str, ...]:
    person = " ".join(str(row.get(name) or "") for name in ("first_name", "last_name")).strip()
    return (
        str(row["contact_id"]),
        str(row.get("contact_name") or row["contact_id"]),
        person,
        str(row.get("email") or ""),
        str(row.get("phone") or row.get("mobile") or ""),
        str(row.get("payment_terms_label") or ""),
        amount(row.get("outstanding_receivable_amount")),
        price_list,
    )


def _whole(row: Row, setting: Setting, lists: set[str]) -> tuple[str, ...]:
    named = _price_list(row)
    return (
        *_listed(row, named if named in lists else setting.price_list),
        *_place(row.get("billing_address") or {}),
        *_place(row.get("shipping_address") or {}),
        amount(row.get("credit_limit") or None),
    )


def _price_list(row: Row) -> str:
    return f"{LIST_PREFIX}{row['pricebook_id']}" if row.get("pricebook_id") else ""


def _place(address: Row) -> tuple[str, ...]:
    street = "\n".join(str(address[part]) for part in ("address", "street2") if address.get(part))
    return (street, *(str(address.get(part) or "") for part in ("city", "zip", "country")))


def _is_customer(row: Row) -> bool:
    return bool(row.get("contact_type", "customer") == "customer")


def _is_before(row: Row, since: str) -> bool:
    """Whether it has not changed since; what says nothing of changes counts as changed."""
    changed = _changed_at(row)
    return since != "" and changed != "" and _moment(changed) < _moment(since)


def _changed_at(row: Row) -> str:
    return str(row.get("last_modified_time") or "")


def _moment(text: str) -> float:
    """Of what Zoho writes as a time, by its own clock: no two clocks are compared."""
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0
