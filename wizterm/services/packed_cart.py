"""What of a cart travels between devices, and whether what came can be used: it was made by another program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec

from wizterm.domain.cart import Cart
from wizterm.domain.money import MOST, AmountError, currency
from wizterm.protocol.decoding import decoded

VERSION: Final = 1
LEAST_STEP: Final = -12
"""The exponent of an amount with as many decimals as the company takes."""
MOST_REVISIONS: Final = 2**31


class UnreadableCartError(Exception):
    """What arrived makes no cart here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The cart as it is kept, without the steps that could be undone."""

    version: int
    cart: Cart


@dataclass(frozen=True, slots=True)
class _Version:
    version: int


def packed(cart: Cart) -> str:
    return msgspec.json.encode(Packed(VERSION, cart)).decode()


def unpacked(body: str) -> Cart:
    """Raises `UnreadableCartError` where it is of a newer program, or damaged."""
    try:
        if decoded(body, _Version).version > VERSION:
            raise UnreadableCartError("it was handed over by a newer WizTerm: update this one, and it opens.")
        cart = decoded(body, Packed).cart
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _damaged("its text is damaged") from error
    if wrong := next(_faults(cart), ""):
        raise _damaged(wrong)
    return cart


def _damaged(what: str) -> UnreadableCartError:
    return UnreadableCartError(f"{what}. The office can free it for another device (`wizterm admin carts free`).")


def _faults(cart: Cart) -> Iterator[str]:
    try:
        currency(cart.currency)
    except AmountError:
        yield "its currency is none"
    if not cart.id or not 1 <= cart.revision < MOST_REVISIONS:
        yield "it is no revision of a document"
    if not cart.lines:
        yield "nothing is in it"
    if len({line.id for line in cart.lines}) < len(cart.lines):
        yield "a line stands in it twice"
    if not all(_fits(amount) for amount in _amounts(cart)):
        yield "an amount in it has no bounds"
    elif not all(line.rule.multiple > 0 and line.unit.factor > 0 and line.count for line in cart.lines):
        yield "a line in it has no quantity"


def _amounts(value: Any) -> Iterator[Decimal]:
    """All that stand in it, however deep."""
    if isinstance(value, Decimal):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _amounts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _amounts(getattr(value, field.name))


def _fits(amount: Decimal) -> bool:
    """Without NaN, infinities and exponents beyond any sum."""
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and LEAST_STEP <= exponent <= 12 and (amount.is_zero() or abs(amount) < MOST)
