"""Tryton as a connector: which errand is whose, and which fault is which outcome."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from wizterm.connectors.base import Done, Finding, Later, Missing, Outcome, Outgoing, Refused, Settings
from wizterm.connectors.base import Unknown as OutcomeUnknown
from wizterm.connectors.examining import Examination
from wizterm.connectors.faults import Fault, Lost, NotDone, Said, Unknown
from wizterm.connectors.http import SOON
from wizterm.connectors.pulling import Page, Pull, PullError
from wizterm.connectors.stock_asking import StockError
from wizterm.connectors.tryton.booking import Booking, cancel, find_cancelled
from wizterm.connectors.tryton.calls import Calls
from wizterm.connectors.tryton.customers import pull_customers
from wizterm.connectors.tryton.examination import examine
from wizterm.connectors.tryton.ground import Ground, survey
from wizterm.connectors.tryton.items import pull_items
from wizterm.connectors.tryton.parties import create_party, find_party
from wizterm.connectors.tryton.prices import pull_prices
from wizterm.connectors.tryton.rpc import Rpc
from wizterm.connectors.tryton.setting import setting
from wizterm.connectors.tryton.stock import pull_stock, stock_of
from wizterm.protocol.bodies import CancellationBody, CustomerBody, OrderBody


def _today() -> date:
    return datetime.now(UTC).date()


class TrytonConnector:
    kinds = frozenset({"order", "quote", "customer", "cancellation"})
    pulls = frozenset(Pull)

    def __init__(
        self,
        settings: Settings,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = _today,
    ) -> None:
        self._setting = setting(settings)
        self._rpc = Rpc(self._setting)
        self._monotonic = monotonic
        self._today = today
        self._known: Ground | None = None

    def find(self, document: Outgoing) -> Finding:
        calls = self._calls()
        try:
            match document.body:
                case OrderBody():
                    return self._booking(calls, document).find()
                case CustomerBody():
                    return find_party(calls, document)
                case CancellationBody() as body:
                    return find_cancelled(calls, self._ground(calls), document, body)
            return Missing()
        except Fault as fault:
            self._known = None
            return Later(fault.seconds if isinstance(fault, NotDone) else SOON, str(fault))

    def send(self, document: Outgoing) -> Outcome:
        calls = self._calls()
        try:
            return self._send(calls, document)
        except Unknown as unknown:
            return Refused(str(unknown), unknown.field, unknown.code)
        except Said as said:
            return Refused(str(said))
        except NotDone as fault:
            self._known = None
            return Later(fault.seconds, str(fault))
        except Lost as lost:
            return OutcomeUnknown(str(lost))

    def pull(self, what: Pull, cursor: str) -> Page:
        calls = self._calls()
        try:
            match what:
                case Pull.ITEMS:
                    return pull_items(calls, cursor)
                case Pull.PRICES:
                    return pull_prices(calls, self._setting, cursor)
                case Pull.STOCK:
                    return pull_stock(calls, self._setting, cursor, self._today)
                case Pull.CUSTOMERS:
                    return pull_customers(calls, self._setting, cursor)
        except Fault as fault:
            raise PullError(str(fault)) from fault

    def stock_now(self, item: str, seconds: float) -> Decimal | None:
        try:
            return stock_of(Calls(self._rpc, self._monotonic, seconds), self._setting, item, self._today())
        except Fault as fault:
            raise StockError(str(fault)) from fault

    def examine(self) -> Examination:
        return examine(self._rpc, self._calls(), self._setting)

    def _send(self, calls: Calls, document: Outgoing) -> Outcome:
        match document.body:
            case OrderBody() as body:
                return self._booking(calls, document).send(body)
            case CustomerBody() as body:
                found = find_party(calls, document)
                return found if isinstance(found, Done) else create_party(calls, self._ground(calls), document, body)
            case CancellationBody() as body:
                return cancel(calls, self._ground(calls), document, body)
        return Refused(f"Tryton takes no {document.kind}.")

    def _booking(self, calls: Calls, document: Outgoing) -> Booking:
        aim = "quotation" if document.kind == "quote" else self._setting.orders
        return Booking(calls, self._ground(calls), document, aim)

    def _ground(self, calls: Calls) -> Ground:
        if self._known is None:
            self._known = survey(calls, self._setting)
        return self._known

    def _calls(self) -> Calls:
        return Calls(self._rpc, self._monotonic)
