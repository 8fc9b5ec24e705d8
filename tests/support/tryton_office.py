"""The people who work in Tryton, in a test: they look at its records, and change them."""

from __future__ import annotations

import time
from typing import Any

from wizterm.connectors.tryton.calls import Calls
from wizterm.connectors.tryton.rpc import Rpc
from wizterm.connectors.tryton.setting import Setting
from wizterm.domain.document import key

SLOWEST = 600.0
"""Seconds; a chart of accounts takes three on an idle machine."""


class TrytonOffice:
    def __init__(self, address: str, database: str, user: str, password: str) -> None:
        self._rpc = Rpc(Setting(address=address, database=database, user=user, password=password))

    def version(self) -> str:
        return self._rpc.find_version()

    def work_for(self, company: int) -> None:
        self._rpc.signed_in()
        self._rpc.context = {"company": company, "language": "en"}

    def call(self, method: str, *params: Any) -> Any:
        return self._rpc.call(method, *params, self._rpc.context, read_seconds=SLOWEST)

    @property
    def calls(self) -> Calls:
        return Calls(self._rpc, time.monotonic)

    def find(self, model: str, domain: list, *fields: str, **context: Any) -> list[dict[str, Any]]:
        return self.calls.search(model, domain, fields, **context)

    def one(self, model: str, domain: list, *fields: str) -> dict[str, Any]:
        (found,) = self.find(model, domain, *fields)
        return found

    def make(self, model: str, **values: Any) -> int:
        return self.calls.create(model, values)

    def change(self, model: str, number: int, **values: Any) -> None:
        self.calls.model(model, "write", [number], values)

    def sales(self, number: str) -> list[dict[str, Any]]:
        """Those with our number, with all that a person would compare."""
        return self._sales([["description", "=", number]])

    def sales_of(self, document: str) -> list[dict[str, Any]]:
        """Of every revision of the document with this id."""
        return self._sales([["web_id", "like", f"{key(document)}%"]])

    def _sales(self, wanted: list) -> list[dict[str, Any]]:
        head = ("number", "state", "reference", "untaxed_amount", "total_amount", "comment", "sale_date")
        more = ("shipping_date", "party.code", "shipment_address.full_address", "currency.code")
        lines = ("product.code", "quantity", "unit_price", "amount", "note", "unit.symbol", "base_price", "sequence")
        return self.find("sale.sale", wanted, *head, *more, *(f"lines.{name}" for name in lines))
