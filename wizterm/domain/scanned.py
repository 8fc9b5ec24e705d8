"""What a scan means to this machine: a product, a customer, a document, a command, a question, or nothing known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wizterm.domain.barcodes.reading import Reading
from wizterm.domain.customer import Customer
from wizterm.domain.document import DocumentId
from wizterm.domain.lot import NO_LOT, Lot
from wizterm.domain.product import Product
from wizterm.domain.quantity import Unit
from wizterm.domain.scan_commands import ScanCommand

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class ScannedProduct:
    product: Product
    unit: Unit
    count: Decimal = ONE
    """How much one scan stands for, in `unit`: a weight or count that stands in the code, else one."""
    lot: Lot = NO_LOT
    price: Decimal | None = None
    """What the pack says it costs; never a price of the order by itself."""

    @property
    def words(self) -> str:
        return f"{self.product.sku} {self.product.name}, {self.unit.code}"


@dataclass(frozen=True, slots=True)
class ScannedCustomer:
    customer: Customer

    @property
    def words(self) -> str:
        return f"Customer {self.customer.number} {self.customer.name}"


@dataclass(frozen=True, slots=True)
class ScannedDocument:
    document: DocumentId
    number: str

    @property
    def words(self) -> str:
        return f"Document {self.number}"


Thing = ScannedProduct | ScannedCustomer | ScannedDocument | ScanCommand


@dataclass(frozen=True, slots=True)
class Choices:
    """It may be several things, or one that should be looked at first: a person says which."""

    reading: Reading
    options: tuple[Thing, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Unknown:
    reading: Reading
    words: str

    @property
    def visible(self) -> str:
        """The raw text, its control characters to be seen."""
        return self.reading.visible


Meaning = Thing | Choices | Unknown
