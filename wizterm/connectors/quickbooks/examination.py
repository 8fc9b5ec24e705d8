"""How the company in QuickBooks is set up for orders to come in, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from wizterm.connectors.examining import Examination
from wizterm.connectors.faults import Fault
from wizterm.connectors.quickbooks.calls import Calls
from wizterm.connectors.quickbooks.ground import Ground, survey
from wizterm.connectors.quickbooks.rest import MINOR_VERSION
from wizterm.connectors.quickbooks.setting import Setting


def examine(calls: Calls, setting: Setting) -> Examination:
    try:
        ground = survey(calls)
    except Fault as fault:
        return Examination(reachable=False, missing=(str(fault), *_exposed(setting)))
    return Examination(
        reachable=True,
        version=f"3, minor version {MINOR_VERSION}, company {ground.company}",
        can=tuple(_can(ground, setting)),
        missing=(*_exposed(setting), *_missing(ground)),
    )


def _exposed(setting: Setting) -> Iterator[str]:
    for name in ("address", "sign_in_address"):
        parts = urlsplit(getattr(setting, name))
        if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
            yield f"What is secret goes over the network for all to read: say {name} with https."


def _missing(ground: Ground) -> Iterator[str]:
    if not ground.estimates:
        yield "Turn on estimates in QuickBooks's settings for sales: quotes, and orders unless they become invoices."
    if not ground.own_numbers:
        yield (
            "Turn on custom transaction numbers in QuickBooks's settings for sales: without them a document bears "
            "another number there than here, and to find one again all of its day are read."
        )


def _can(ground: Ground, setting: Setting) -> Iterator[str]:
    become = "invoices" if setting.orders == "invoice" else "accepted estimates"
    yield f"take orders as {become}, once each: by the request's id, and by number and key"
    yield "take quotes as pending estimates"
    yield "take new customers"
    yield "cancel: an estimate that is no invoice yet is rejected, an invoice without a payment is void"
    taxes = "as QuickBooks computes them" if ground.taxed else "none, as it charges none"
    yield f"send prices in {ground.currency}{' and other currencies' if ground.currencies else ''}; taxes: {taxes}"
    yield "give items with their prices and customers, what changed since the last time"
    yield "give stock of inventory items"
