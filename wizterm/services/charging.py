"""Fees on a cart: what the company lets a rep charge, and what this cart is charged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wizterm.db.price_terms import PriceTerms
from wizterm.domain.cart import Cart
from wizterm.domain.fees import Fee
from wizterm.services.cart_view import CartView
from wizterm.services.order_entry import EntryError, OrderEntry


@dataclass(frozen=True, slots=True)
class Charge:
    fee: Fee
    on: bool
    """Whether this cart is charged it."""


class Charging:
    def __init__(self, entry: OrderEntry, data: PriceTerms) -> None:
        self._entry = entry
        self._data = data

    def offered(self) -> tuple[Charge, ...]:
        """Every fee, the cart's own even where the company has it no more; raises `EntryError` where there is none."""
        charged = {fee.code: fee for fee in self._entry.cart().fees}
        known = {fee.code: fee for fee in self._data.fees()} | charged
        if not known:
            raise EntryError("The company has set up no fees: the office imports them.")
        return tuple(Charge(fee, code in charged) for code, fee in sorted(known.items()))

    def turn(self, code: str) -> CartView:
        """Charge the fee, or charge it no more."""
        fee = next((each.fee for each in self.offered() if each.fee.code == code), None)
        if fee is None:
            raise EntryError("That fee is no longer on this machine: sync, or choose another.")

        def change(cart: Cart) -> Cart:
            others = tuple(each for each in cart.fees if each.code != code)
            return replace(cart, fees=others if len(others) < len(cart.fees) else (*others, fee))

        return self._entry.change(change)
