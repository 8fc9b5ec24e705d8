"""What a machine knows of the documents that were submitted on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wizterm.domain.document import DocumentId, Kind, State


@dataclass(frozen=True, slots=True)
class Frozen:
    """A document as it will be sent."""

    document: DocumentId
    kind: Kind
    number: str
    body: str
    submitted_at: datetime
    customer: str
    customer_name: str
    currency: str = ""
    total: str = ""
    after: str = ""
    """Id of a document that must be delivered first."""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    document: DocumentId
    kind: Kind
    state: State
    number: str
    customer_name: str
    currency: str
    total: str
    submitted_at: datetime
    external: str
    """The ERP's number."""
    words: str
    """What a refusal said, or why it waits."""
    held: bool = False
    listed: bool = False
    """Whether a person has to look at it, though it still waits."""


@dataclass(frozen=True, slots=True)
class Event:
    state: State
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order or a quote that this machine has of a customer."""

    document: DocumentId
    kind: Kind
    number: str
    external: str
    """The ERP's number."""
    state: State
    total: Decimal
