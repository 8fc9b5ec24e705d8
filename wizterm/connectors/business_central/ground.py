"""The company that everything is asked of."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.connectors.business_central.answers import Row
from wizterm.connectors.business_central.calls import Calls
from wizterm.connectors.business_central.setting import Setting
from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import LONG


@dataclass(frozen=True, slots=True)
class Ground:
    company: str
    """Its id."""
    name: str
    currency: str
    """Its local currency."""


def survey(calls: Calls, setting: Setting) -> Ground:
    """From now on the calls are within it. Raises `NotDone`."""
    company = _company(calls.companies(), setting.company)
    calls.within(str(company["id"]))
    told = calls.find("companyInformation")
    return Ground(
        company=str(company["id"]),
        name=str(company.get("displayName") or company["name"]),
        currency=str(told[0].get("currencyCode", "")) if told else "",
    )


def _company(found: list[Row], wanted: str) -> Row:
    """By its id, its name, or what it is shown as."""
    said = wanted.strip().casefold()
    for field in ("id", "name", "displayName"):
        named = [row for row in found if str(row.get(field, "")).casefold() == said]
        if len(named) == 1:
            return named[0]
    names = ", ".join(sorted(str(row["name"]) for row in found)) or "none"
    words = f"Business Central has no company {wanted!r} to be seen ({names}): say company in [erp.business_central]."
    raise NotDone(words, LONG)
