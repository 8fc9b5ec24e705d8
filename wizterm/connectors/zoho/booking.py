"""Bringing a sales order or estimate into Zoho exactly once, and as far as it is to go: made, checked, confirmed."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from wizterm.connectors.base import Done, Missing, Outcome, Outgoing, Refused, Unknown
from wizterm.connectors.faults import Fault, Lost, NotDone, Said
from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.flavours import Paper
from wizterm.connectors.zoho.sale_lines import agreed
from wizterm.connectors.zoho.sales import is_inclusive, number, reference
from wizterm.connectors.zoho.setting import Aim
from wizterm.domain.text import plain
from wizterm.protocol.bodies import OrderBody

TAKEN = "already exist"
"""How Zoho says that a number is taken; its own number for that is not known for certain."""


class Booking:
    """One document's sale."""

    def __init__(self, calls: Calls, paper: Paper, document: Outgoing, aim: Aim) -> None:
        self._calls = calls
        self._paper = paper
        self._document = document
        self._aim = aim

    def find(self) -> Done | Missing:
        """Missing also where it was made and goes no further by itself: sending it again brings it on."""
        sale = self._sale()
        return Done(self._number(sale)) if sale and self._is_there(sale) else Missing()

    def send(self, body: OrderBody, values: Row) -> Outcome:
        """Raises a `Fault` only while Zoho certainly has nothing that this call made."""
        before = None if self._paper.is_unique else self._sale()
        if before is not None:
            return self._checked(self._again(before), body)
        try:
            sale = self._created(values)
        except Said as no:
            return self._taken_before(no, body)
        except NotDone:
            raise
        except Fault as fault:
            return Unknown(str(fault))
        return self._checked(sale, body, made_now=True)

    def _created(self, values: Row) -> Row:
        """Zoho takes no second one with this number, whoever else sends it at this moment."""
        return self._single(self._calls.post(self._paper.path, values, ignore_auto_number_generation="true"))

    def _taken_before(self, no: Said, body: OrderBody) -> Outcome:
        """It may have been refused because it is there."""
        try:
            sale = self._sale()
            if sale is not None:
                return self._checked(self._again(sale), body)
            if TAKEN not in str(no).lower():
                return Refused(str(no))
            return self._whose(body)
        except Fault as fault:
            return Unknown(str(fault))

    def _whose(self, body: OrderBody) -> Outcome:
        """Somebody has our number. Who that is has to be seen: a list can be behind the order it lacks."""
        wanted = number(self._document)
        for row in self._calls.rows(self._paper.path, **{self._paper.number: wanted}):
            if row.get(self._paper.number) == wanted:
                if row.get("reference_number") == reference(self._document):
                    return self._checked(self._again(row), body)
                theirs = plain(str(row.get("reference_number") or "none"))
                return Refused(f"Zoho has another {wanted}, with the reference {theirs}: see whose it is.", "number")
        return Unknown(f"Zoho says that there is a {wanted}, and does not show it.")

    def _checked(self, sale: Row, body: OrderBody, *, made_now: bool = False) -> Outcome:
        """Only what comes to the agreed sum goes on. What was there before, people may have changed: it stays."""
        if sale.get("status") == self._paper.cancelled:
            return Refused(f"Zoho has it as {self._number(sale)}, and it was cancelled there.")
        if sale.get("status") == "draft" and (words := _difference(sale, body)):
            return self._withdrawn(sale, words) if made_now else Refused(words)
        try:
            return self._confirmed(sale, body)
        except Said as no:
            return self._withdrawn(sale, str(no))
        except Fault as fault:
            return Unknown(str(fault))

    def _confirmed(self, sale: Row, body: OrderBody) -> Outcome:
        """What is no draft any more stays as it is, and a difference is told."""
        if not self._is_there(sale):
            self._calls.post(f"{self._path(sale)}/status/{self._paper.confirm}")
            sale = self._again(sale)
            if not self._is_there(sale):
                return Unknown(f"Zoho left {self._number(sale)} as {plain(str(sale.get('status')))}.")
        return Done(self._number(sale), _difference(sale, body))

    def _withdrawn(self, sale: Row, words: str) -> Outcome:
        """What was refused must not lie there as if it waited. Where it stays, the next try finds it."""
        try:
            if self._again(sale).get("status") != "draft":
                return Unknown(words)
            with suppress(Said, NotDone):
                self._calls.delete(self._path(sale))
        except Fault as fault:
            return Unknown(str(fault))
        return Refused(words)

    def _sale(self) -> Row | None:
        wanted = reference(self._document)
        found = self._calls.rows(self._paper.path, reference_number=wanted)
        return next((row for row in found if row.get("reference_number") == wanted), None)

    def _again(self, sale: Row) -> Row:
        return self._single(self._calls.get(self._path(sale)))

    def _single(self, said: Row) -> Row:
        """Its node's name differs between Zoho's own descriptions and its answers."""
        for node in self._paper.nodes:
            found = said.get(node)
            if isinstance(found, list) and found:
                found = found[0]
            if isinstance(found, dict) and self._paper.id in found:
                return found
        raise Lost("Zoho's answer lacks what it is about.")

    def _path(self, sale: Row) -> str:
        return f"{self._paper.path}/{sale[self._paper.id]}"

    def _is_there(self, sale: Row) -> bool:
        """Whether it has come as far as it is to go."""
        status = sale.get("status")
        return status != self._paper.cancelled and (status != "draft" or self._aim == "draft")

    def _number(self, sale: Row) -> str:
        return str(sale.get(self._paper.number) or number(self._document))


def _difference(sale: Row, body: OrderBody) -> str:
    """Words, where what Zoho makes of it is not what was agreed."""
    theirs = sale.get("total" if is_inclusive(body) else "sub_total")
    if theirs is None or Decimal(str(theirs)) == agreed(body):
        return ""
    return f"Zoho makes {theirs} of it, and {agreed(body)} was agreed: see its taxes, discounts and price precision."
