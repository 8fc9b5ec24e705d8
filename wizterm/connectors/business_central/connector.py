"""Business Central as a connector: which errand is whose, and which fault is which outcome."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal

from wizterm.connectors.base import Done, Finding, Later, Missing, Outcome, Outgoing, Refused, Settings
from wizterm.connectors.base import Unknown as OutcomeUnknown
from wizterm.connectors.business_central.booking import Booking
from wizterm.connectors.business_central.calls import ERRAND_SECONDS, Calls
from wizterm.connectors.business_central.cancelling import cancel, find_cancelled
from wizterm.connectors.business_central.customers import pull_customers
from wizterm.connectors.business_central.examination import examine
from wizterm.connectors.business_central.ground import Ground, survey
from wizterm.connectors.business_central.items import pull_items, pull_prices, pull_stock, stock_of
from wizterm.connectors.business_central.parties import create_customer, find_customer
from wizterm.connectors.business_central.rest import Rest
from wizterm.connectors.business_central.setting import setting, token_file
from wizterm.connectors.business_central.signing_in import SignIn, fingerprint
from wizterm.connectors.business_central.underway import Underway
from wizterm.connectors.examining import Examination
from wizterm.connectors.faults import Fault, Lost, NotDone, Said, Unknown
from wizterm.connectors.http import SOON, Http
from wizterm.connectors.oauth import OAuthSession
from wizterm.connectors.pulling import Page, Pull, PullError
from wizterm.connectors.stock_asking import StockError
from wizterm.protocol.bodies import CancellationBody, CustomerBody, OrderBody


class BusinessCentralConnector:
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
        http = Http("Business Central")
        sign_in = SignIn(self._setting, http)
        tokens = OAuthSession(token_file(settings), fingerprint(self._setting), sign_in, now)
        self._rest = Rest(self._setting.address, http, tokens)
        self._underway = Underway(settings.folder / "underway", now)
        self._monotonic = monotonic
        self._known: Ground | None = None

    def find(self, document: Outgoing) -> Finding:
        try:
            calls, _ = self._within()
            match document.body:
                case OrderBody() as body:
                    return Booking(calls, self._underway, document, body).find()
                case CustomerBody() as body:
                    return find_customer(calls, document, body)
                case CancellationBody() as body:
                    return find_cancelled(calls, document, body)
            return Missing()
        except Fault as fault:
            self._known = None
            return Later(fault.seconds if isinstance(fault, NotDone) else SOON, str(fault))

    def send(self, document: Outgoing) -> Outcome:
        try:
            calls, _ = self._within()
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
        try:
            calls, ground = self._within()
            match what:
                case Pull.ITEMS:
                    return pull_items(calls, ground, cursor)
                case Pull.PRICES:
                    return pull_prices(ground, self._setting)
                case Pull.STOCK:
                    return pull_stock(calls, cursor)
                case Pull.CUSTOMERS:
                    return pull_customers(calls, self._setting, cursor)
        except Fault as fault:
            raise PullError(str(fault)) from fault

    def stock_now(self, item: str, seconds: float) -> Decimal | None:
        try:
            calls, _ = self._within(seconds)
            return stock_of(calls, item)
        except Fault as fault:
            raise StockError(str(fault)) from fault

    def examine(self) -> Examination:
        return examine(Calls(self._rest, self._monotonic), self._setting)

    def _send(self, calls: Calls, document: Outgoing) -> Outcome:
        match document.body:
            case OrderBody() as body:
                return Booking(calls, self._underway, document, body).send()
            case CustomerBody() as body:
                found = find_customer(calls, document, body)
                return found if isinstance(found, Done) else create_customer(calls, document, body)
            case CancellationBody() as body:
                return cancel(calls, document, body)
        return Refused(f"Business Central takes no {document.kind}.")

    def _within(self, seconds: float = ERRAND_SECONDS) -> tuple[Calls, Ground]:
        """Calls to the company; which it is, is asked once. Raises `NotDone`."""
        calls = Calls(self._rest, self._monotonic, seconds)
        ground = self._known or survey(calls, self._setting)
        self._known = ground
        calls.within(ground.company)
        return calls, ground
