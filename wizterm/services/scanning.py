"""What a scan means in this catalogue, and remembering what a person said it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from wizterm.db.code_bindings import Binding, CodeBindings
from wizterm.db.codes import Article, Codes
from wizterm.db.documents import Documents
from wizterm.domain.barcodes import elements
from wizterm.domain.barcodes.check_digits import with_check_digit
from wizterm.domain.barcodes.classifier import classify
from wizterm.domain.barcodes.layouts import LAYOUTS, repairs
from wizterm.domain.barcodes.reading import Reading, ScanSettings
from wizterm.domain.clock import Clock
from wizterm.domain.lot import Lot
from wizterm.domain.scan_commands import ScanCommand, read_command
from wizterm.domain.scanned import (
    ONE,
    Choices,
    Meaning,
    ScannedCustomer,
    ScannedDocument,
    ScannedProduct,
    Thing,
    Unknown,
)
from wizterm.services.customer_book import CustomerBook
from wizterm.services.submission import Submission

PRODUCT, CUSTOMER, DOCUMENT, COMMAND = "product", "customer", "document", "command"
LONGEST_REPAIRED = 80
"""Longer texts are no code that a person could tell from another."""
_DOCUMENT = re.compile(r"[^-]+-[^-]+-[0-9]{4,}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ScanSources:
    """Where codes are looked up."""

    codes: Codes
    bindings: CodeBindings
    documents: Documents
    book: CustomerBook


class Scanning:
    def __init__(
        self,
        sources: ScanSources,
        settings: ScanSettings,
        *,
        clock: Clock,
        submission: Callable[[], Submission],
    ) -> None:
        """Whoever is signed in is asked for when needed: that changes while this lives."""
        self._sources = sources
        self._settings = settings
        self._clock = clock
        self._submission = submission

    def prepare(self) -> None:
        """Load ahead what the first GS1 code would wait for: 0.1 s, best spent after the first screen is there."""
        elements.prepare()

    def read(self, text: str) -> Reading:
        """What the text says by itself."""
        return classify(text, self._settings, today=self._clock.today())

    def meaning(self, text: str) -> Meaning:
        """What the text means here. Every text has an answer, and none is guessed."""
        reading = self.read(text)
        if (command := read_command(reading.text)) is not None:
            return command
        found = self._things(reading)
        if len(found) == 1:
            return found[0]
        if found:
            return Choices(reading, found, f"{reading.visible} may be any of these: which is it?")
        return self._inner(reading) or self._garbled(reading) or Unknown(reading, _unknown(reading))

    def remember(self, reading: Reading, thing: Thing) -> None:
        """Take the code for this from now on, without asking again."""
        self._sources.bindings.put(code_of(reading), _binding(thing))

    def bind(self, reading: Reading, sku: str, unit: str = "") -> ScannedProduct:
        """Take an unknown code for this product from now on, and suggest it to the office: both or neither."""
        article = self._sources.codes.unit(sku, unit)
        if article is None:
            raise LookupError(f"There is no product {sku} in this catalogue: choose one from the list.")
        thing = _scanned(article, reading)
        with self._sources.bindings.transaction():
            self.remember(reading, thing)
            self._submission().suggest_code(code_of(reading), sku, unit)
        return thing

    def forget(self, reading: Reading) -> bool:
        """Ask again at the next scan; whether there was anything to forget."""
        return self._sources.bindings.forget(code_of(reading))

    def _things(self, reading: Reading) -> tuple[Thing, ...]:
        """All that bears the code: what was remembered, else the exact text, else the GTIN."""
        bound = self._bound(reading)
        if bound is not None:
            return (bound,)
        if reading.text and (named := tuple(self._named(reading))):
            return named
        if not reading.gtin14:
            return tuple(_scanned(article, reading) for article in self._printed(reading))
        gtins = [gtin for gtin in (_lookup(reading), reading.gtin14, *reading.others) if gtin]
        articles = [article for gtin in dict.fromkeys(gtins) for article in self._sources.codes.by_gtin(gtin)]
        return tuple(_scanned(article, reading) for article in dict.fromkeys(articles))

    def _named(self, reading: Reading) -> Iterator[Thing]:
        """Whatever is called exactly so."""
        for article in self._sources.codes.by_text(reading.text):
            yield _scanned(article, reading)
        for customer in self._sources.codes.customers(reading.text):
            yield ScannedCustomer(customer)
        for summary in self._sources.documents.numbered(reading.text)[:1]:
            yield ScannedDocument(summary.document, summary.number)

    def _printed(self, reading: Reading) -> list[Article]:
        """By what the label says, GTIN or not: a store's own label may break every rule."""
        codes = [reading.measure.lookup] if reading.measure else []
        return self._sources.codes.by_printed([*codes, reading.text]) if reading.text else []

    def _bound(self, reading: Reading) -> Thing | None:
        binding = self._sources.bindings.get(code_of(reading))
        if binding is None:
            return None
        if binding.kind == PRODUCT:
            article = self._sources.codes.unit(binding.key, binding.unit)
            return _scanned(article, reading) if article else None
        if binding.kind == CUSTOMER:
            customer = self._sources.book.get(binding.key)
            return ScannedCustomer(customer) if customer else None
        if binding.kind == COMMAND:
            return read_command(binding.key)
        summary = next(iter(self._sources.documents.numbered(binding.key)), None)
        return ScannedDocument(summary.document, summary.number) if summary else None

    def _inner(self, reading: Reading) -> Choices | None:
        """A case the catalogue does not know, around a product that it does: offered, never taken by itself."""
        gtin = reading.gtin14 or ""
        if gtin[:1] not in set("12345678"):
            return None
        inside = self._sources.codes.by_gtin("0" + with_check_digit(gtin[1:13]))
        options = tuple(
            _scanned(Article(each.product, unit), reading)
            for each in inside
            for unit in (each.product.case, *each.product.units)
            if unit is not None
        )
        words = f"{gtin} is a case that the catalogue does not know. It holds {inside[0].product.sku}" if inside else ""
        return Choices(reading, options, f"{words}: is it this one?") if options else None

    def _garbled(self, reading: Reading) -> Choices | None:
        """What was meant, where another keyboard layout makes a known code of it: offered, never taken by itself."""
        text = reading.text
        if reading.gtin14 or not 2 < len(text) <= LONGEST_REPAIRED:
            return None
        meant = {each: layout for layout in reversed(LAYOUTS) for each in repairs(text, layout)}
        borne = self._sources.codes.borne(list(meant))
        for each, layout in meant.items():
            if found := self._meant(each, borne):
                words = f"{reading.visible} is {each}, typed through a {layout} keyboard: is it this?"
                return Choices(reading, found, words)
        return None

    def _meant(self, text: str, borne: set[str]) -> tuple[Thing, ...]:
        if (command := read_command(text)) is not None:
            return (command,)
        reading = self.read(text)
        known = reading.gtin14 or reading.text.casefold() in borne or _DOCUMENT.fullmatch(text)
        return self._things(reading) if known else ()


def code_of(reading: Reading) -> str:
    """Under what a code is remembered: the GTIN where it has one, so that batch and serial do not matter."""
    return reading.gtin14 or reading.text or reading.raw


def _binding(thing: Thing) -> Binding:
    if isinstance(thing, ScannedProduct):
        return Binding(PRODUCT, thing.product.sku, thing.unit.code)
    if isinstance(thing, ScannedCustomer):
        return Binding(CUSTOMER, thing.customer.id)
    if isinstance(thing, ScanCommand):
        return Binding(COMMAND, thing.code)
    return Binding(DOCUMENT, thing.number)


def _scanned(article: Article, reading: Reading) -> ScannedProduct:
    told = (reading.batch or "", reading.serial or "", reading.expiry)
    lot = Lot(*told, unverified=reading.unverified and any(told))
    measure = reading.measure
    price = measure.value if measure and measure.kind == "price" else None
    return ScannedProduct(article.product, article.unit, _count(reading), lot, price)


def _count(reading: Reading) -> Decimal:
    """A weight or count that stands in the code; zero in it says nothing."""
    if reading.measure and reading.measure.kind != "price":
        return reading.measure.value or ONE
    for key, value in reading.elements if reading.valid else ():
        if key.startswith("310"):
            return Decimal(value).scaleb(-int(key[3])) or ONE
        if key == "30":
            return Decimal(value) or ONE
    return ONE


def _lookup(reading: Reading) -> str:
    return reading.measure.lookup.zfill(14) if reading.measure else ""


def _unknown(reading: Reading) -> str:
    if not reading.text:
        return "Nothing was scanned."
    why = f" {reading.why}" if reading.why else ""
    return f"{reading.visible[:200]} is not in this catalogue.{why}"
