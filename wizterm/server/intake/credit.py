"""Whether an order takes a customer beyond their credit: what they owe, what is not booked yet, and what came now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec

from wizterm.domain.document import Kind, State
from wizterm.domain.money import ZERO, AmountError, currency
from wizterm.domain.quantity import counted
from wizterm.protocol.bodies import OrderBody
from wizterm.protocol.decoding import decoded
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.prepared import Rows, prepared
from wizterm.server.store.together import Asking


class _Sum(msgspec.Struct):
    """Of an order's body what is asked for here."""

    currency: str
    total: Decimal


@dataclass(slots=True)
class Account:
    """How one customer stands; orders that the company's own system has booked are its to count."""

    limit: Decimal
    balance: Decimal
    currency: str
    open: dict[str, Decimal] = field(default_factory=dict)
    """Totals of the orders that are not booked yet, by id."""

    def over(self, body: OrderBody) -> str:
        """A sentence where this order goes beyond the limit; another revision of it does not count beside it.

        What goes back lowers what is owed once the company has it booked, and not by being announced.
        """
        others = [total for id_, total in self.open.items() if id_ != body.id and total > 0]
        over = self.balance + sum(others, ZERO) + body.total - self.limit
        if over <= 0 or body.total <= 0 or body.currency != self.currency:
            return ""
        show = currency(body.currency).show
        waiting = f", with {counted(len(others), 'order')} not booked yet" if others else ""
        return f"Over the credit limit of {show(self.limit)} by {show(over)} {body.currency}{waiting}."


@dataclass(frozen=True, slots=True)
class CreditBook:
    """The accounts of customers who have a limit; it grows with every order of the batch that is taken."""

    _accounts: dict[str, Account]

    def over(self, body: OrderBody) -> str:
        """A sentence where the order goes beyond the limit; only an order does, a quote binds nobody."""
        account = self._accounts.get(body.customer.id)
        if account is None or body.kind != Kind.ORDER:
            return ""
        said = account.over(body)
        if body.currency == account.currency:
            account.open[body.id] = body.total
        return said


def credit_book(orders: Iterable[OrderBody]) -> Asking[CreditBook]:
    """As the store has the accounts in the caller's transaction."""
    customers = sorted({order.customer.id for order in orders if order.kind == Kind.ORDER})
    if not customers:
        return CreditBook({})
    known, limited = yield _currencies.of(), _limited.of(customers)
    currencies: dict[str, str] = dict(known)
    accounts = {
        id_: Account(Decimal(limit), Decimal(balance or 0), currencies.get(price_list, ""))
        for id_, limit, balance, price_list in limited
    }
    waiting = (yield (_delivered.of(sorted(accounts)),))[0] if accounts else []
    for customer, orders_ in _not_booked(waiting).items():
        account = accounts[customer]
        account.open |= {id_: each.total for id_, each in orders_.items() if each.currency == account.currency}
    return CreditBook({id_: account for id_, account in accounts.items() if _is_known(account.currency)})


def _not_booked(waiting: Rows) -> dict[str, dict[str, _Sum]]:
    found: defaultdict[str, dict[str, _Sum]] = defaultdict(dict)
    for customer, id_, body in waiting:
        found[customer][id_] = decoded(body, _Sum)
    return found


def _is_known(code: str) -> bool:
    try:
        currency(code)
    except AmountError:
        return False
    return True


@prepared
def _limited(customers: Any) -> Any:
    model, names = MIRROR["customers"], ("id", "credit_limit", "balance", "price_list")
    wanted = model.select(*(column("customers", name) for name in names))
    return wanted.where(column("customers", "id").in_(customers) & (column("customers", "credit_limit") != ""))


@prepared
def _currencies() -> Any:
    return MIRROR["price_lists"].select(column("price_lists", "id"), column("price_lists", "currency"))


@prepared
def _delivered(customers: Any) -> Any:
    wanted = TakenDocument.select(TakenDocument.customer, TakenDocument.id, TakenDocument.body)
    return wanted.where(
        TakenDocument.customer.in_(customers)
        & (TakenDocument.state == State.DELIVERED)
        & (TakenDocument.kind == Kind.ORDER)
    )
