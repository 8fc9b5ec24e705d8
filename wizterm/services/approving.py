"""A manager's yes to a discount beyond the limit, without a network: by PIN, or by a code over the telephone."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from decimal import Decimal

from wizterm.db.price_terms import PriceTerms
from wizterm.domain.approval import HALF, Approval, How, Manager, bare, half, pin_mac, request_code
from wizterm.domain.cart import Cart
from wizterm.domain.clock import Clock
from wizterm.domain.overruns import Overrun, wanted_percent
from wizterm.domain.quantity import show
from wizterm.protocol.pins import pin_fits, pin_key
from wizterm.services.cart_view import CartView
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.pin_tries import PinTries


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has to be approved, and by whom it can be."""

    over: tuple[Overrun, ...]
    percent: Decimal
    request: str
    """What is read out over the telephone, with the percentage."""
    managers: tuple[Manager, ...]
    """Who may allow as much."""


class Approving:
    def __init__(self, entry: OrderEntry, data: PriceTerms, tries: PinTries, clock: Clock) -> None:
        self._entry = entry
        self._data = data
        self._tries = tries
        self._clock = clock

    def wanted(self) -> Wanted:
        """Raises `EntryError` where nothing in the cart at hand needs approval, or nobody could give it."""
        view = self._entry.current()
        if not view.over:
            raise EntryError("Nothing in this cart needs approval.")
        percent = wanted_percent(view.over)
        managers = tuple(each for each in self._data.managers() if each.most is None or each.most >= percent)
        if not managers:
            raise EntryError(f"No manager may allow {show(percent)} %: give less, or ask the office.")
        return Wanted(view.over, percent, request_code(view.cart.id, view.cart.revision), managers)

    def approve(self, approver: str, typed: str) -> CartView:
        """With what the manager typed (a PIN) or read out (a code of ten digits)."""
        wanted, cart = self.wanted(), self._entry.cart()
        manager = next((each for each in wanted.managers if each.code == approver), None)
        if manager is None:
            raise EntryError(f"{approver} cannot allow {show(wanted.percent)} %: choose another manager.")
        self._tries.begin(manager)
        how, mac = self._sign(cart, wanted, manager, typed)
        self._tries.was_right(manager)
        approval = Approval(manager.code, self._clock.now(), how, wanted.percent, mac)
        said = f"{manager.name} allows up to {show(wanted.percent)} % off in this cart."
        return self._entry.change(lambda cart: replace(cart, approvals=(*cart.approvals, approval)), said=said)

    def _sign(self, cart: Cart, wanted: Wanted, manager: Manager, typed: str) -> tuple[How, str]:
        digits = bare(typed)
        if len(digits) == 2 * HALF and self._is_code(wanted, manager, digits):
            return How.CODE, digits
        if not pin_fits(digits, manager.pin_hash):
            raise EntryError(
                f"That is neither {manager.name}'s PIN nor a code for this cart at {show(wanted.percent)} %."
            )
        key = pin_key(digits, manager.salt)
        return How.PIN, pin_mac(key, cart.id, cart.revision, wanted.percent, manager.code)

    def _is_code(self, wanted: Wanted, manager: Manager, digits: str) -> bool:
        """The half of it that this device can check."""
        key = self._data.code_key()
        return bool(key) and hmac.compare_digest(half(key, wanted.request, wanted.percent, manager.code), digits[:HALF])
