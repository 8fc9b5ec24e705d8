"""Connectors that the catalogue can be pulled from: rows as an import reads them, page by page, from a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable


class Pull(StrEnum):
    """What can be pulled, in the order in which the one refers to the other."""

    ITEMS = "items"
    PRICES = "prices"
    STOCK = "stock"
    CUSTOMERS = "customers"


class PullError(Exception):
    """The ERP cannot be read now, or not by this cursor; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind of import: its columns, and cells as a file would hold them."""

    kind: str
    header: tuple[str, ...]
    cells: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Page:
    tables: tuple[Rows, ...]
    cursor: str
    """Where the next page begins; never empty."""
    more: bool
    """Whether there is a next page already."""


@runtime_checkable
class CatalogueSource(Protocol):
    @property
    def pulls(self) -> frozenset[Pull]: ...

    def pull(self, what: Pull, cursor: str) -> Page:
        """What changed since the cursor; an empty one begins from the start. Raises `PullError`."""
        ...
