"""The company as Zoho knows it: what amounts are in, and how fine its rates are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import LONG
from wizterm.connectors.zoho.api import ORGANIZATIONS
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.setting import Setting
from wizterm.domain.text import plain


@dataclass(frozen=True, slots=True)
class Ground:
    name: str
    currency: str
    step: Decimal
    """The finest difference of two rates."""


def survey(calls: Calls, setting: Setting) -> Ground:
    """Raises a `Fault`."""
    found = {str(row.get("organization_id")): row for row in calls.get(ORGANIZATIONS).get(ORGANIZATIONS) or []}
    row = found.get(setting.organization)
    if row is None:
        known = ", ".join(plain(number)[:20] for number in sorted(found)) or "none"
        words = f"Zoho has no organization {setting.organization} for this connection ({known}): check [erp.zoho]."
        raise NotDone(words, LONG)
    places = row.get("price_precision", 2)
    return Ground(
        name=str(row.get("name", "")),
        currency=str(row.get("currency_code", "")),
        step=Decimal(1).scaleb(-places) if isinstance(places, int) and 0 <= places <= 6 else Decimal("0.01"),
    )
