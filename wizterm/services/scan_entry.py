"""Scans become lines of the cart: each counts one, and the quantity is what the rules make of the count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from wizterm.domain.barcodes.reading import Reading
from wizterm.domain.cart import Cart, Line, Pricer
from wizterm.domain.options import Chosen
from wizterm.domain.quantity import MOST, show
from wizterm.domain.scan_commands import Order, ScanCommand
from wizterm.domain.scan_rules import Rounding
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
from wizterm.services.options import OptionRules, OptionsFaultError, OptionsWantedError
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.pricing import CartPricing
from wizterm.services.scan_result import ONE, ONE_MORE, OptionsAsked, RoundingAsked, ScanResult, Tone, Wish
from wizterm.services.scanning import Scanning


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
        rounding: Rounding = Rounding.UP,
    ) -> None:
        self._scanning = scanning
        self._entry = entry
        self._steps = steps
        self._pricing = pricing
        self._options = options
        self._new_id = new_id
        self._rounding = rounding

    def take(self, text: str, wish: Wish = ONE_MORE) -> ScanResult:
        """Do what the scan means for the cart at hand; what else it asks for is in `meaning`."""
        meaning = self._scanning.meaning(text)
        code = self._scanning.read(text).visible
        return replace(self._result(code, meaning, wish), meaning=meaning, wish=wish)

    def choose(self, reading: Reading, thing: Thing, wish: Wish) -> ScanResult:
        """A person said which of several it is; the answer is remembered."""
        self._scanning.remember(reading, thing)
        return replace(self._result(reading.visible, thing, wish), meaning=thing, wish=wish)

    def bind(self, reading: Reading, sku: str, wish: Wish | None) -> ScanResult:
        """A person said which product an unknown code is; the office is told. Without a wish nothing is counted."""
        thing = self._scanning.bind(reading, sku)
        if wish is None:
            return self.look_up(reading.raw)
        return replace(self._result(reading.visible, thing, wish), meaning=thing, wish=wish)

    def forget(self, code: str) -> ScanResult:
        """Ask again what a code means, whatever a person has said of it."""
        said = self._scanning.forget(self._scanning.read(code))
        words = "Forgotten: scan it again." if said else "Nobody has said what it means: there is nothing to forget."
        return ScanResult(Tone.FOUND if said else Tone.MISSED, code, words)

    def look_up(self, text: str) -> ScanResult:
        """What the scan means; the cart stays as it is."""
        meaning = self._scanning.meaning(text)
        code = self._scanning.read(text).visible
        if isinstance(meaning, ScannedProduct):
            sku, name = meaning.product.sku, meaning.product.name
            return ScanResult(
                Tone.FOUND, code, f"Looked up{_label_says(meaning)}", sku, name, meaning=meaning, looked_up=True
            )
        if isinstance(meaning, ScannedCustomer | ScannedDocument | ScanCommand):
            return ScanResult(Tone.FOUND, code, meaning.words, meaning=meaning, looked_up=True)
        return replace(_nothing(code, meaning), meaning=meaning, looked_up=True)

    def remembered(self, reading: Reading, thing: Thing) -> ScanResult:
        """A person said which of several it is, while looking up; the cart stays as it is."""
        self._scanning.remember(reading, thing)
        return self.look_up(reading.raw)

    def take_with(self, code: str, asked: OptionsAsked, chosen: Sequence[Chosen], wish: Wish) -> ScanResult:
        """What comes with the product was chosen: now it counts."""
        return replace(self._counted(code, asked.scanned, wish, tuple(chosen)), meaning=asked.scanned, wish=wish)

    def settle(self, code: str, asked: RoundingAsked, quantity: Decimal) -> ScanResult:
        """A person said what becomes of a count that cannot be ordered."""
        cart = self._entry.cart()
        line = cart.line(asked.line)
        if line is None:
            return ScanResult(Tone.MISSED, code, f"{asked.sku} is no longer in the cart.", asked.sku, asked.name)
        price, scanned = self._pricing.pricer_of(line, cart), line.scanned
        after = cart.counting(line.id, quantity / line.unit.factor, price, scanned=scanned)
        view = self._entry.keep(after, cart, touched=line.id)
        tone = Tone.FOUND if quantity == scanned else Tone.ROUNDED
        words = f"{show(scanned or quantity)} scanned → {show(quantity)}"
        return ScanResult(tone, code, words, line.sku, line.name, view)

    def _result(self, code: str, meaning: Meaning, wish: Wish) -> ScanResult:
        if isinstance(meaning, ScannedProduct):
            return self._counted(code, meaning, wish, None)
        if isinstance(meaning, ScannedCustomer):
            return self._customer(code, meaning)
        if isinstance(meaning, ScannedDocument):
            return ScanResult(Tone.FOUND, code, f"Opens {meaning.number}.", meaning.number)
        if isinstance(meaning, ScanCommand):
            undone = self._steps.undo() if meaning.order is Order.UNDO else None
            said = undone.said if undone else f"{meaning.words}."
            return ScanResult(Tone.FOUND, code, said, "Command", view=undone)
        return _nothing(code, meaning)

    def _customer(self, code: str, scanned: ScannedCustomer) -> ScanResult:
        try:
            view = self._entry.choose_customer(scanned.customer.id)
        except EntryError as error:
            return ScanResult(Tone.MISSED, code, str(error))
        return ScanResult(Tone.FOUND, code, view.said or f"For {scanned.customer.name}.", "Customer", view=view)

    def _counted(self, code: str, scanned: ScannedProduct, wish: Wish, chosen: tuple[Chosen, ...] | None) -> ScanResult:
        sku, name = scanned.product.sku, scanned.product.name
        try:
            return self._count(code, scanned, wish, chosen)
        except OptionsWantedError as error:
            if not any(each.options for each in error.modifiers):
                words = f"{sku} has no options with a price in this currency: ask the office."
                return ScanResult(Tone.MISSED, code, words, sku, name)
            asked = OptionsAsked(scanned, error.modifiers, error.currency)
            return ScanResult(Tone.ASKED, code, "Choose what comes with it.", sku, name, asked=asked)
        except (EntryError, OptionsFaultError) as error:
            return ScanResult(Tone.MISSED, code, str(error))

    def _count(self, code: str, scanned: ScannedProduct, wish: Wish, chosen: tuple[Chosen, ...] | None) -> ScanResult:
        before = self._entry.cart()
        if chosen is None and wish.back:
            chosen = _only_choice(before, scanned.product.sku)
        options = self._options.settled(scanned.product, before.currency, chosen)
        candidate = replace(new_line(self._new_id(), scanned.product, ONE, lot=scanned.lot), options=options)
        standing = next((line for line in before.lines if line.adds_to(candidate)), None)
        step = scanned.count * scanned.unit.factor * wish.signed
        counted = _so_far(standing) + step
        price = self._pricing.pricer_of(standing or candidate, before)
        self._check(before, candidate, standing, counted, price)
        quantity = self._rounded(candidate, standing, counted)
        line = replace(standing or candidate, count=quantity / candidate.unit.factor, scanned=counted)
        view = self._entry.keep(_placed(before, line, price), before, touched=line.id)
        asked = self._question(line, standing, counted)
        rounded = quantity != counted and bool(quantity)
        return ScanResult(
            Tone.ASKED if asked else Tone.ROUNDED if rounded else Tone.FOUND,
            code,
            _said(line, step, counted, quantity) + _label_says(scanned),
            line.sku,
            line.name,
            view,
            asked=asked,
        )

    def _check(self, cart: Cart, candidate: Line, standing: Line | None, counted: Decimal, price: Pricer) -> None:
        if standing is None and counted <= 0:
            raise EntryError(f"{candidate.sku} is not in the cart, so there is nothing to take back.")
        if counted > MOST:
            raise EntryError(f"{show(counted)} is too many for one line: at most {show(MOST)}.")
        if standing is None and price(candidate) is None:
            raise EntryError(
                f"{candidate.sku} is not on the price list {cart.price_list}: it cannot be sold to this customer."
            )

    def _rounded(self, line: Line, standing: Line | None, counted: Decimal) -> Decimal:
        if counted <= 0:
            return Decimal(0)
        up = line.rule.round_up(counted)
        if self._rounding is Rounding.UP or (self._rounding is Rounding.ASK and _is_answered_with(up, standing)):
            return up
        return counted

    def _question(self, line: Line, standing: Line | None, counted: Decimal) -> RoundingAsked | None:
        """Asked once: the answer holds until the count outgrows it."""
        if self._rounding is not Rounding.ASK or line.misfit is None or not line.count or _is_kept_as_scanned(standing):
            return None
        return RoundingAsked(line.id, line.sku, line.name, counted, line.rule)


def _nothing(code: str, meaning: Meaning) -> ScanResult:
    if isinstance(meaning, Choices):
        return ScanResult(Tone.ASKED, code, meaning.words, "Which one?")
    return ScanResult(Tone.MISSED, code, meaning.words, "Unknown")


def _only_choice(cart: Cart, sku: str) -> tuple[Chosen, ...] | None:
    """What was chosen with the product, where the cart has it in one way only: that is the one to take back."""
    found = {line.options for line in cart.lines if line.sku == sku and not line.is_credit}
    return found.pop() if len(found) == 1 else None


def _is_answered_with(quantity: Decimal, standing: Line | None) -> bool:
    return standing is not None and standing.scanned is not None and standing.quantity == quantity


def _is_kept_as_scanned(standing: Line | None) -> bool:
    return standing is not None and standing.misfit is not None and standing.quantity == standing.scanned


def _so_far(standing: Line | None) -> Decimal:
    """What was scanned until now; a quantity that was typed since takes its place."""
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


def _label_says(scanned: ScannedProduct) -> str:
    """What a person should know of the label besides the count."""
    price = f" · the label says {scanned.price:f}" if scanned.price is not None else ""
    return f"{price} · check {scanned.lot.words}" if scanned.lot.unverified else price
