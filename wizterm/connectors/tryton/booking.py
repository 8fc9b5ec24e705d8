"""Bringing a sale into Tryton exactly once, and as far as it is to go: made, quoted, confirmed."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from wizterm.connectors.base import Done, Missing, Outcome, Outgoing, Refused, Unknown
from wizterm.connectors.faults import Fault, NotDone, Said
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.ground import Ground
from wizterm.connectors.tryton.sales import name, sale_values, web_id
from wizterm.domain.document import key
from wizterm.domain.text import plain
from wizterm.protocol.bodies import CancellationBody, OrderBody

Aim = Literal["draft", "quotation", "confirmed"]
STEPS = {"draft": "quote", "quotation": "confirm"}
"""What leads on from a state."""
ORDER = ("draft", "quotation", "confirmed", "processing", "done")
FIELDS = ["number", "state"]


class Booking:
    """One document's sale."""

    def __init__(self, calls: Calls, ground: Ground, document: Outgoing, aim: Aim) -> None:
        self._calls = calls
        self._ground = ground
        self._document = document
        self._aim = aim

    def find(self) -> Done | Missing:
        """Missing also where it was made and goes no further by itself: sending it again brings it on."""
        sale = self._sale()
        return Done(_number(sale)) if sale and _is_as_far_as(sale["state"], self._aim) else Missing()

    def send(self, body: OrderBody) -> Outcome:
        """Raises a `Fault` only while Tryton certainly has no sale."""
        sale = None if self._ground.unique else self._sale()
        if sale is None:
            values = sale_values(self._calls, self._ground, self._document, body)
            try:
                number = self._calls.create("sale.sale", values)
            except Said as said:
                try:
                    sale = self._sale()
                except Fault as fault:
                    return Unknown(str(fault))
                if sale is None:
                    return Refused(str(said))
            else:
                sale = {"id": number, "state": "draft", "number": None}
        try:
            return self._bring_on(sale)
        except Fault as fault:
            return Unknown(str(fault))

    def _bring_on(self, sale: Row) -> Outcome:
        if sale["state"] == "cancelled":
            return Refused(f"Tryton has it as {_number(sale)}, and it was cancelled there.")
        while not _is_as_far_as(sale["state"], self._aim):
            before = sale["state"]
            try:
                self._calls.model("sale.sale", STEPS[before], [sale["id"]])
            except Said as said:
                sale = self._again(sale)
                if sale["state"] == before:
                    self._withdraw(sale)
                    return Refused(str(said))
            else:
                sale = self._again(sale)
                if sale["state"] == before:
                    return Unknown(f"Tryton left {_number(sale)} as {before}.")
        return Done(_number(self._again(sale)))

    def _withdraw(self, sale: Row) -> None:
        """What was refused must not lie there as if it waited. Where it stays, the next try finds it."""
        with suppress(Said, NotDone):
            if sale["state"] != "draft":
                self._calls.model("sale.sale", "cancel", [sale["id"]])
            self._calls.model("sale.sale", "delete", [sale["id"]])

    def _sale(self) -> Row | None:
        if self._ground.unique:
            wanted = [["web_shop", "=", self._ground.shop], ["web_id", "=", web_id(self._document)]]
        else:
            wanted = [["description", "=", name(self._document, self._ground)]]
        found = self._calls.search("sale.sale", wanted, FIELDS)
        return found[0] if found else None

    def _again(self, sale: Row) -> Row:
        return self._calls.search("sale.sale", [["id", "=", sale["id"]]], FIELDS)[0]


def find_cancelled(calls: Calls, ground: Ground, document: Outgoing, body: CancellationBody) -> Done | Missing:
    sale = _cancelled_one(calls, ground, document, body)
    return Done(_number(sale)) if sale and sale["state"] == "cancelled" else Missing()


def cancel(calls: Calls, ground: Ground, document: Outgoing, body: CancellationBody) -> Outcome:
    """Raises a `Fault`; cancelling twice is cancelling once."""
    sale = _cancelled_one(calls, ground, document, body)
    if sale is None:
        return Refused(f"Tryton has no sale {plain(document.cancels_external)} to cancel.", "of")
    if sale["state"] != "cancelled":
        calls.model("sale.sale", "cancel", [sale["id"]])
        (sale,) = calls.search("sale.sale", [["id", "=", sale["id"]]], FIELDS)
    if sale["state"] != "cancelled":  # before 8.0 what cannot be done is passed over in silence
        return Refused(f"{_number(sale)} is under way in Tryton and was not cancelled.", "of")
    return Done(_number(sale))


def _cancelled_one(calls: Calls, ground: Ground, document: Outgoing, body: CancellationBody) -> Row | None:
    """By the key of the document it takes back, else by the number Tryton gave it."""
    wanted = key(body.of)
    domain = ["OR", ["description", "ilike", f"%{wanted}%"], ["number", "=", document.cancels_external]]
    if ground.unique:
        domain.append(["web_id", "like", f"{wanted}%"])
    found = calls.search("sale.sale", domain, FIELDS, order=[("id", "DESC")])
    return found[0] if found else None


def _is_as_far_as(state: str, aim: Aim) -> bool:
    return state in ORDER[ORDER.index(aim) :]


def _number(sale: Row) -> str:
    """A draft has none yet, and is called by its id."""
    return sale["number"] or f"#{sale['id']}"
