"""What this Zoho lets us do and what not, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from wizterm.connectors.examining import Examination
from wizterm.connectors.faults import Fault
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.flavours import BOOKS
from wizterm.connectors.zoho.ground import survey
from wizterm.connectors.zoho.price_books import price_books
from wizterm.connectors.zoho.setting import Setting
from wizterm.domain.text import plain


def examine(calls: Calls, setting: Setting) -> Examination:
    version = setting.flavour.title
    open_lines = [f"{name} is not encrypted: begin it with https://." for name in in_the_clear(setting)]
    try:
        ground = survey(calls, setting)
    except Fault as fault:
        return Examination(reachable=False, version=version, missing=(*open_lines, str(fault)))
    faults = dict(_asked(calls, setting))
    try:
        strange = price_books(calls, ground)[1]
    except Fault as fault:
        strange, faults = [], faults | {"pricebooks": str(fault)}
    odd = [
        f"The price list {name} is of a kind whose prices cannot be told: load them from a file." for name in strange
    ]
    return Examination(
        reachable=True,
        version=f"{version} of {ground.name}",
        modules={name: not words for name, words in faults.items()},
        can=tuple(_can(setting)),
        missing=(
            *open_lines,
            *(f"{name}: {words}" for name, words in faults.items() if words),
            *odd,
            *_place(calls, setting),
        ),
    )


def _asked(calls: Calls, setting: Setting) -> Iterator[tuple[str, str]]:
    """Each kind of records, and why it cannot be read where it cannot."""
    for name in ("items", "contacts", *sorted({setting.flavour.order.path, setting.quote_paper.path})):
        try:
            calls.page(name, 1, {}, 1)
        except Fault as fault:
            yield name, str(fault)
        else:
            yield name, ""


def _place(calls: Calls, setting: Setting) -> Iterator[str]:
    """Whether the location whose stock counts is there; nothing is asked where none is meant."""
    if not setting.location:
        return
    try:
        names = sorted(str(row.get("location_name", "")) for row in calls.get("locations").get("locations") or [])
    except Fault as fault:
        yield f"locations: {fault}"
        return
    if setting.location not in names:
        known = plain(", ".join(names)) or "none"
        yield f"Zoho has no location {setting.location} ({known}): check location in [erp.zoho]."


def in_the_clear(setting: Setting) -> Iterator[str]:
    """Addresses to which secrets would go for all to read."""
    for name in ("accounts_address", "api_address"):
        parts = urlsplit(getattr(setting, name))
        if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
            yield name


def _can(setting: Setting) -> Iterator[str]:
    yield f"take orders as sales orders, brought to {setting.orders}; exactly once: Zoho refuses a second number"
    yield f"take quotes as {'estimates' if setting.quote_paper.path == 'estimates' else 'draft sales orders'}"
    yield "take new customers as contacts"
    yield "cancel what Zoho lets be voided or declined"
    yield "give items, their prices and stock, all of them each time"
    yield "give customers" + (", with their addresses" if setting.customer_details == "yes" else "")
    if setting.flavour is BOOKS and setting.customer_details == "yes":
        yield "give customers' price lists"
