"""Scans become lines of the cart: each counts one, and the quantity is what the rules make of the count."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from wizterm.domain.barcodes.reading import Reading
from wizterm.domain.cart import Cart, Line, Pricer
from wizterm.domain.quantity import MOST, show
from wizterm.domain.scan_commands import Order, ScanCommand
from wizterm.domain.scanned import (
    Choices,
    Meaning,
    ScannedCustomer,
    ScannedDocument,
    ScannedProduct,
    Thing,
)
from wizterm.services.cart_lines import new_line
from wizterm.services.cart_steps import CartSteps
from wizterm.services.options import OptionRules, OptionsWantedError
from wizterm.services.order_entry import CartView, EntryError, OrderEntry
from wizterm.services.pricing import CartPricing
from wizterm.services.scanning import Scanning

ONE = Decimal(1)


class Tone(StrEnum):
    """How a scan went."""

    FOUND = "found"
    ROUNDED = "rounded"
    """Found, and the rules made more of it."""
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed before the scan."""

    times: Decimal = ONE
    back: bool = False
    """Whether it takes back instead of adding."""

    @property
    def signed(self) -> Decimal:
        return -self.times if self.back else self.times


_WISH = re.compile(r"(-?)(?:([0-9]{1,6})\*)?(-?)", re.ASCII)


def read_wish(typed: str) -> Wish | None:
    """`12*` counts twelve, `-` takes back, `-12*` both; None for anything else, or nothing."""
    match = _WISH.fullmatch(typed.strip())
    if not typed.strip() or match is None or (match[1] and match[3]):
        return None
    return Wish(Decimal(match[2] or 1) or ONE, back=bool(match[1] or match[3]))


@dataclass(frozen=True, slots=True)
class ScanResult:
    tone: Tone
    code: str
    """The scan, its control characters to be seen."""
    words: str
    """One sentence on what became of it."""
    title: str = ""
    """The SKU, where it is a product."""
    name: str = ""
    view: CartView | None = None
    """The cart, where it changed."""
    meaning: Meaning | None = None
    wish: Wish = Wish()


class ScanEntry:
    def __init__(
        self,
        *,
        scanning: Scanning,
        entry: OrderEntry,
        steps: CartSteps,
        pricing: CartPricing,
        options: OptionRules,
        new_id: Callable[[], str],
        rounds_up: bool = True,
    ) -> None:
        """`rounds_up` is whether a count goes up to the next quantity that the product allows."""
        self._scanning = scanning
        self._entry = entry
        self._steps = steps
        self._pricing = pricing
        self._options = options
        self._new_id = new_id
        self._rounds_up = rounds_up

    def take(self, text: str, wish: Wish = Wish()) -> ScanResult:
        """Do what the scan means for the cart at hand; what else it asks for is in `meaning`."""
        meaning = self._scanning.meaning(text)
        code = self._scanning.read(text).visible
        return replace(self._result(code, meaning, wish), meaning=meaning, wish=wish)

    def choose(self, reading: Reading, thing: Thing, wish: Wish) -> ScanResult:
        """A person said which of several it is; the answer is remembered."""
        self._scanning.remember(reading, thing)
        return replace(self._result(reading.visible, thing, wish), meaning=thing, wish=wish)

    def bind(self, reading: Reading, sku: str, wish: Wish) -> ScanResult:
        """A person said which product an unknown code is; the office is told."""
        thing = self._scanning.bind(reading, sku)
        return replace(self._result(reading.visible, thing, wish), meaning=thing, wish=wish)

    def _result(self, code: str, meaning: Meaning, wish: Wish) -> ScanResult:
        try:
            return self._done(code, meaning, wish)
        except (EntryError, OptionsWantedError) as error:
            return ScanResult(Tone.MISSED, code, str(error))

    def _done(self, code: str, meaning: Meaning, wish: Wish) -> ScanResult:
        if isinstance(meaning, ScannedProduct):
            return self._count(code, meaning, wish)
        if isinstance(meaning, ScannedCustomer):
            view = self._entry.choose_customer(meaning.customer.id)
            return ScanResult(Tone.FOUND, code, view.said or f"For {meaning.customer.name}.", "Customer", view=view)
        if isinstance(meaning, ScannedDocument):
            return ScanResult(Tone.FOUND, code, f"Opens {meaning.number}.", meaning.number)
        if isinstance(meaning, ScanCommand):
            undone = self._steps.undo() if meaning.order is Order.UNDO else None
            said = undone.said if undone else f"{meaning.words}."
            return ScanResult(Tone.FOUND, code, said, "Command", view=undone)
        return ScanResult(Tone.MISSED, code, meaning.words, "Which one?" if isinstance(meaning, Choices) else "Unknown")

    def _count(self, code: str, scanned: ScannedProduct, wish: Wish) -> ScanResult:
        before = self._entry.current().cart
        candidate = new_line(self._new_id(), scanned.product, ONE, lot=scanned.lot)
        self._options.settled(scanned.product, before.currency, None)
        standing = next((line for line in before.lines if line.adds_to(candidate)), None)
        step = scanned.count * scanned.unit.factor * wish.signed
        counted = _counted(standing) + step
        self._check(before, candidate, standing, counted)
        quantity = self._rounded(candidate, counted)
        line = replace(standing or candidate, count=quantity / candidate.unit.factor, scanned=counted)
        price = self._pricing.pricer(before, [line.sku])
        view = self._entry.change(lambda cart: _placed(cart, line, price), touched=line.id)
        rounded = quantity != counted and bool(quantity)
        return ScanResult(
            Tone.ROUNDED if rounded else Tone.FOUND,
            code,
            _said(line, step, counted, quantity),
            line.sku,
            line.name,
            view,
        )

    def _check(self, cart: Cart, candidate: Line, standing: Line | None, counted: Decimal) -> None:
        if standing is None and counted <= 0:
            raise EntryError(f"{candidate.sku} is not in the cart, so there is nothing to take back.")
        if counted > MOST:
            raise EntryError(f"{show(counted)} is too many for one line: at most {show(MOST)}.")
        if standing is None and self._pricing.pricer(cart, [candidate.sku])(candidate) is None:
            raise EntryError(
                f"{candidate.sku} is not on the price list {cart.price_list}: it cannot be sold to this customer."
            )

    def _rounded(self, line: Line, counted: Decimal) -> Decimal:
        if counted <= 0:
            return Decimal(0)
        return line.rule.round_up(counted) if self._rounds_up else counted


def _counted(standing: Line | None) -> Decimal:
    """What was scanned so far; a quantity that was typed since takes its place."""
    if standing is None:
        return Decimal(0)
    return standing.quantity if standing.scanned is None else standing.scanned


def _placed(cart: Cart, line: Line, price: Pricer) -> Cart:
    if cart.line(line.id) is None:
        return cart.adding(line, price)
    return cart.counting(line.id, line.count, price, scanned=line.scanned)


def _said(line: Line, step: Decimal, counted: Decimal, quantity: Decimal) -> str:
    change = f"+{show(step)}" if step > 0 else f"−{show(-step)}"
    if not quantity:
        return f"{change} → 0: off the cart."
    if quantity == counted:
        return f"{change} → {show(quantity)}"
    why = line.rule.describe().removeprefix("Sold ").rstrip(".")
    way = "up" if quantity > counted else "down"
    return f"{change} → {show(counted)} scanned, rounded {way} to {show(quantity)} ({why})"
