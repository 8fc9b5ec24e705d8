"""Zoho as a connector: which errand is whose, and which fault is which outcome."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal

from wizterm.connectors.base import Done, Finding, Later, Missing, Outcome, Outgoing, Refused, Settings
from wizterm.connectors.base import Unknown as OutcomeUnknown
from wizterm.connectors.examining import Examination
from wizterm.connectors.faults import Fault, Lost, NotDone, Said, Unknown
from wizterm.connectors.http import SOON, Http
from wizterm.connectors.pulling import Page, Pull, PullError
from wizterm.connectors.stock_asking import StockError
from wizterm.connectors.zoho.api import Api
from wizterm.connectors.zoho.booking import Booking
from wizterm.connectors.zoho.calls import ERRAND_SECONDS, Calls
from wizterm.connectors.zoho.cancelling import cancel, find_cancelled
from wizterm.connectors.zoho.contacts import create_contact, find_contact
from wizterm.connectors.zoho.customers import pull_customers
from wizterm.connectors.zoho.errand import Errand
from wizterm.connectors.zoho.examination import examine
from wizterm.connectors.zoho.flavours import Paper
from wizterm.connectors.zoho.goods import Goods
from wizterm.connectors.zoho.ground import Ground, survey
from wizterm.connectors.zoho.items import pull_items
from wizterm.connectors.zoho.prices import pull_prices
from wizterm.connectors.zoho.sale_lines import named
from wizterm.connectors.zoho.sales import sale_values
from wizterm.connectors.zoho.setting import setting
from wizterm.connectors.zoho.stock import pull_stock, stock_of
from wizterm.connectors.zoho.tokens import Tokens
from wizterm.protocol.bodies import CancellationBody, CustomerBody, OrderBody


class ZohoConnector:
    kinds = frozenset({"order", "quote", "customer", "cancellation"})
    pulls = frozenset(Pull)

    def __init__(
        self,
        settings: Settings,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._setting = setting(settings)
        http = Http("Zoho")
        self._api = Api(self._setting, Tokens(self._setting, settings.folder, http, now), http)
        self._monotonic = monotonic
        self._sleep = sleep
        self._goods = Goods()
        self._known: Ground | None = None

    def find(self, document: Outgoing) -> Finding:
        calls = self._calls()
        try:
            match document.body:
                case OrderBody():
                    return self._booking(calls, document).find()
                case CustomerBody():
                    return find_contact(calls, document)
                case CancellationBody() as body:
                    return find_cancelled(calls, self._setting.flavour, document, body)
            return Missing()
        except Fault as fault:
            return Later(fault.seconds if isinstance(fault, NotDone) else SOON, str(fault))

    def send(self, document: Outgoing) -> Outcome:
        try:
            outcome = self._send(self._calls(), document)
        except Unknown as unknown:
            outcome = Refused(str(unknown), unknown.field, unknown.code)
        except Said as said:
            outcome = Refused(str(said))
        except NotDone as fault:
            outcome = Later(fault.seconds, str(fault))
        except Lost as lost:
            outcome = OutcomeUnknown(str(lost))
        if isinstance(outcome, Refused):
            self._goods.forget(named(document))
            self._known = None
        return outcome

    def pull(self, what: Pull, cursor: str) -> Page:
        calls = self._calls()
        try:
            match what:
                case Pull.ITEMS:
                    return pull_items(calls, self._ground(calls), self._goods, cursor)
                case Pull.PRICES:
                    return pull_prices(calls, self._setting, self._ground(calls), cursor)
                case Pull.STOCK:
                    return pull_stock(calls, self._setting, cursor)
                case Pull.CUSTOMERS:
                    return pull_customers(calls, self._setting, self._ground(calls), cursor, self._sleep)
        except Fault as fault:
            raise PullError(str(fault)) from fault

    def stock_now(self, item: str, seconds: float) -> Decimal | None:
        try:
            return stock_of(self._calls(seconds), self._setting, self._goods, item)
        except Fault as fault:
            raise StockError(str(fault)) from fault

    def examine(self) -> Examination:
        return examine(self._calls(), self._setting)

    def _send(self, calls: Calls, document: Outgoing) -> Outcome:
        flavour = self._setting.flavour
        match document.body:
            case OrderBody() as body:
                errand = Errand(calls, flavour, self._ground(calls), self._goods, document)
                return self._booking(calls, document).send(body, sale_values(errand, self._paper(document), body))
            case CustomerBody() as body:
                found = find_contact(calls, document)
                return found if isinstance(found, Done) else create_contact(calls, flavour, document, body)
            case CancellationBody() as body:
                return cancel(calls, flavour, document, body)
        return Refused(f"Zoho takes no {document.kind}.")

    def _booking(self, calls: Calls, document: Outgoing) -> Booking:
        """Quotes stay drafts."""
        aim = "draft" if document.kind == "quote" else self._setting.orders
        return Booking(calls, self._paper(document), document, aim)

    def _paper(self, document: Outgoing) -> Paper:
        return self._setting.quote_paper if document.kind == "quote" else self._setting.flavour.order

    def _ground(self, calls: Calls) -> Ground:
        if self._known is None:
            self._known = survey(calls, self._setting)
        return self._known

    def _calls(self, seconds: float = ERRAND_SECONDS) -> Calls:
        return Calls(self._api, self._monotonic, seconds)
