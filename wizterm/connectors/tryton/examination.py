"""What this Tryton has and lacks, in sentences."""

from __future__ import annotations

from urllib.parse import urlsplit

from wizterm.connectors.examining import Examination
from wizterm.connectors.faults import Fault
from wizterm.connectors.tryton.calls import Calls
from wizterm.connectors.tryton.ground import survey
from wizterm.connectors.tryton.rpc import Rpc
from wizterm.connectors.tryton.setting import Setting

SUPPORTED = ("7.0", "8.0", "8.2")
NEEDED = {"sale": "orders cannot be sent", "stock": "stock cannot be pulled"}
WELCOME = {
    "web_shop": "Tryton itself does not refuse a second sale with one key; until then set server.erp_at_once to 1",
    "sale_price_list": "price lists cannot be pulled",
    "sale_discount": "a sale shows the price after discounts, and not what it was before",
}


def examine(rpc: Rpc, calls: Calls, setting: Setting) -> Examination:
    try:
        version = rpc.find_version()
    except Fault as fault:
        return Examination(reachable=False, missing=(str(fault),))
    strange = [] if version in SUPPORTED else [f"Tryton {version} was never tried: expected {', '.join(SUPPORTED)}."]
    if not is_private(setting.address):
        strange.append("The password goes over the network for all to read: put HTTPS before Tryton.")
    try:
        wanted = [["name", "in", [*NEEDED, *WELCOME]], ["state", "=", "activated"]]
        there = {row["name"] for row in calls.search("ir.module", wanted, ["name"])}
        lacking = [
            f"Activate the module {name}: {why}." for name, why in (NEEDED | WELCOME).items() if name not in there
        ]
        shop = _shop(calls, setting)
    except Fault as fault:
        return Examination(reachable=True, version=version, missing=(*strange, str(fault)))
    return Examination(
        reachable=True,
        version=version,
        modules={name: name in there for name in (*NEEDED, *WELCOME)},
        can=tuple(_can(there, setting)),
        missing=(*strange, *lacking, *shop),
    )


def is_private(address: str) -> bool:
    """Encrypted, or within this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1", "::1"}


def _shop(calls: Calls, setting: Setting) -> list[str]:
    try:
        survey(calls, setting)
    except Fault as fault:
        return [str(fault)]
    return []


def _can(there: set[str], setting: Setting) -> list[str]:
    once = "Tryton itself refuses a second one" if "web_shop" in there else "looked up before it is made"
    can = [
        f"take orders as sales, brought to {setting.orders}; exactly once: {once}",
        "take quotes as quotations",
        "take new customers as parties",
        "cancel sales that are not under way",
        "give items and customers, what changed since the last time",
    ]
    if "sale_price_list" in there:
        can.append("give price lists with their breaks")
    if "stock" in there:
        can.append("give stock")
    return can
