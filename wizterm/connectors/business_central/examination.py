"""How this Business Central is set up for orders to come in, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from wizterm.connectors.business_central.calls import Calls
from wizterm.connectors.business_central.ground import Ground, survey
from wizterm.connectors.business_central.setting import Setting
from wizterm.connectors.examining import Examination
from wizterm.connectors.faults import Fault

NEEDED = ("salesOrders", "salesQuotes", "customers", "items", "salesShipments", "salesInvoices")
"""Pages that the app must be allowed to read; whether it may write shows at the first document."""


def examine(calls: Calls, setting: Setting) -> Examination:
    try:
        ground = survey(calls, setting)
    except Fault as fault:
        return Examination(reachable=False, missing=(str(fault), *_exposed(setting)))
    faults = dict(_faults(calls))
    return Examination(
        reachable=True,
        version=f"API v2.0, environment {setting.environment}, company {ground.name}",
        modules={name: name not in faults for name in NEEDED},
        can=tuple(_can(ground)),
        missing=(*_exposed(setting), *(f"{name} cannot be read: {words}" for name, words in faults.items())),
    )


def _faults(calls: Calls) -> Iterator[tuple[str, str]]:
    for name in NEEDED:
        try:
            calls.page(name, "$top=1", 1)
        except Fault as fault:
            yield name, str(fault)


def _exposed(setting: Setting) -> Iterator[str]:
    for name in ("address", "sign_in_address"):
        parts = urlsplit(getattr(setting, name))
        if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
            yield f"What is secret goes over the network for all to read: say {name} with https."


def _can(ground: Ground) -> Iterator[str]:
    yield "take orders as sales orders with the status Draft, once each: looked up by the key before one is made"
    yield "take quotes as sales quotes"
    yield "take new customers, where their number series allows numbers to be given"
    yield "cancel: a sales order or quote that is still a draft is deleted"
    yield f"send prices in {ground.currency or 'the local currency'} and those currencies that are set up there"
    yield "give items with their prices and customers, what changed since the last time"
    yield "give stock of inventory items, all locations together"
