"""What every connector is. When to try, how often and in which order is the server's business, not a connector's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from wizterm.protocol.bodies import Body

UNKNOWN_ITEM = "unknown_item"
UNKNOWN_CUSTOMER = "unknown_customer"
NO_ADDRESS = "no_address"
"""There is nobody to write to: nothing went wrong, and nothing is tried again until somebody says so."""
LEASE_SECONDS = 120.0
"""A connector answers within this time, by its own time limits; who is later is taken for dead."""


class ConnectorError(Exception):
    """The connector cannot be used as it is set up; the message says what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a connector is set up with."""

    folder: Path
    """Its own folder on the server; not made yet."""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A document as the outside is told of it."""

    key: str
    """26 characters that name the document for ever: put it wherever the ERP lets it be found again."""
    id: str
    revision: int
    kind: str
    number: str
    rep: str
    body: Body
    text: str
    """The exact bytes that were taken, as text."""
    customer_external: str = ""
    """The ERP's own name of the customer, where an earlier document brought it."""
    cancels_external: str = ""
    """The ERP's own name of the document that is cancelled."""
    items: Mapping[str, str] = field(default_factory=dict)
    """What the ERP calls an item or a fee, by our code: those the office has mapped. The others are called alike."""


@dataclass(frozen=True, slots=True)
class Done:
    external: str
    """The ERP's own number or id of it."""
    words: str = ""
    """What a person should know of it besides."""


@dataclass(frozen=True, slots=True)
class Refused:
    words: str
    """What the ERP said, for a person."""
    field: str = ""
    """Path in the document's body, where the ERP named one."""
    code: str = ""
    """`unknown_item` or `unknown_customer` where the office can map what stands in the field, and go on."""


@dataclass(frozen=True, slots=True)
class Later:
    seconds: float
    words: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The outside may have taken it: it is looked up before it is sent again."""

    words: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The outside has no such document, for certain."""


Outcome = Done | Refused | Later | Unknown
Finding = Done | Missing | Later


class Connector(Protocol):
    """What it can do beyond this it says by being a `CatalogueSource`, `StockSource` and `Examinable` too."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of documents it can send."""
        ...

    def find(self, document: Outgoing) -> Finding:
        """Look for the document by its key; compares the whole key."""
        ...

    def send(self, document: Outgoing) -> Outcome:
        """Bring it in. Raises nothing for what can be expected of a network or an ERP."""
        ...
