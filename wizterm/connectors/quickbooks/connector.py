"""QuickBooks Online as a connector: which errand is whose, and which fault is which outcome."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from wizterm.connectors.base import Finding, Later, Missing, Outcome, Outgoing, Refused, Settings
from wizterm.connectors.base import Unknown as OutcomeUnknown
from wizterm.connectors.examining import Examination
from wizterm.connectors.faults import Fault, Lost, NotDone, Said, Unknown
from wizterm.connectors.http import SOON
from wizterm.connectors.pulling import Page, Pull, PullError
from wizterm.connectors.quickbooks.booking import Booking
from wizterm.connectors.quickbooks.calls import Calls
from wizterm.connectors.quickbooks.cancelling import cancel, find_cancelled
from wizterm.connectors.quickbooks.customers import pull_customers
from wizterm.connectors.quickbooks.examination import examine
from wizterm.connectors.quickbooks.ground import Ground, survey
from wizterm.connectors.quickbooks.items import pull_items, pull_prices, pull_stock, stock_of
from wizterm.connectors.quickbooks.parties import create_party, find_party
from wizterm.connectors.quickbooks.rest import Rest
from wizterm.connectors.quickbooks.setting import setting
from wizterm.connectors.stock_asking import StockError
from wizterm.protocol.bodies import CancellationBody, CustomerBody, OrderBody


class QuickBooksConnector:
    kinds = frozenset({"order", "quote", "customer", "cancellation"})
    pulls = frozenset(Pull)

    def __init__(
        self,
        settings: Settings,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._setting = setting(settings)
        self._rest = Rest(self._setting, now)
        self._monotonic = monotonic
        self._now = now
        self._known: Ground | None = None

    def find(self, document: Outgoing) -> Finding:
        calls = self._calls()
        try:
            match document.body:
                case OrderBody() as body:
                    return self._booking(calls, document, body).find()
                case CustomerBody() as body:
                    return find_party(calls, document, body)
                case CancellationBody() as body:
                    return find_cancelled(calls, document, body)
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
                    return pull_items(calls, self._ground(calls), cursor)
                case Pull.PRICES:
                    return pull_prices(self._ground(calls), self._setting)
                case Pull.STOCK:
                    return pull_stock(calls, cursor)
                case Pull.CUSTOMERS:
                    return pull_customers(calls, self._setting, cursor)
        except Fault as fault:
            raise PullError(str(fault)) from fault

    def stock_now(self, item: str, seconds: float) -> Decimal | None:
        try:
            return stock_of(Calls(self._rest, self._monotonic, seconds), item)
        except Fault as fault:
            raise StockError(str(fault)) from fault

    def examine(self) -> Examination:
        return examine(self._calls(), self._setting)

    def _send(self, calls: Calls, document: Outgoing) -> Outcome:
        match document.body:
            case OrderBody() as body:
                return self._booking(calls, document, body).send(self._today())
            case CustomerBody() as body:
                return create_party(calls, document, body, self._today())
            case CancellationBody() as body:
                return cancel(calls, document, body, self._today())
        return Refused(f"QuickBooks takes no {document.kind}.")

    def _booking(self, calls: Calls, document: Outgoing, body: OrderBody) -> Booking:
        return Booking(calls, self._ground(calls), document, body, self._setting.orders)

    def _ground(self, calls: Calls) -> Ground:
        if self._known is None:
            self._known = survey(calls)
        return self._known

    def _today(self) -> date:
        return datetime.fromtimestamp(self._now(), UTC).date()

    def _calls(self) -> Calls:
        return Calls(self._rest, self._monotonic)
