"""What one device folder keeps, store by store: each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from peewee import SqliteDatabase

from wizterm.db.carts import Carts
from wizterm.db.catalogue import Catalogue
from wizterm.db.code_bindings import CodeBindings
from wizterm.db.codes import Codes
from wizterm.db.customers import Customers
from wizterm.db.descriptions import Descriptions
from wizterm.db.documents import Documents
from wizterm.db.finding import Finder
from wizterm.db.handovers import Handovers
from wizterm.db.modifiers import Modifiers
from wizterm.db.outbox import Outbox
from wizterm.db.price_terms import PriceTerms
from wizterm.db.replica_reader import ReplicaReader
from wizterm.db.vocabulary import Vocabulary
from wizterm.db.wishlists import Wishlists
from wizterm.domain.clock import Clock


class Sources:
    def __init__(
        self,
        database: SqliteDatabase,
        current: Callable[[], Path | None],
        damaged: Callable[[Path], None],
        clock: Clock,
    ) -> None:
        """`current` names the catalogue generation to read; `damaged` is told of one that cannot be."""
        self.database = database
        self.reader = ReplicaReader(current, damaged)
        self._clock = clock

    @cached_property
    def carts(self) -> Carts:
        return Carts(self.database, self._clock)

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.database)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.database, self._clock)

    @cached_property
    def handovers(self) -> Handovers:
        return Handovers(self.database, self._clock)

    @cached_property
    def bindings(self) -> CodeBindings:
        return CodeBindings(self.database)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.reader)

    @cached_property
    def customers(self) -> Customers:
        return Customers(self.reader)

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.reader)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.reader)

    @cached_property
    def descriptions(self) -> Descriptions:
        return Descriptions(self.reader)

    @cached_property
    def modifiers(self) -> Modifiers:
        return Modifiers(self.reader)

    @cached_property
    def terms(self) -> PriceTerms:
        return PriceTerms(self.reader)

    @cached_property
    def wishlists(self) -> Wishlists:
        return Wishlists(self.reader)

    @cached_property
    def codes(self) -> Codes:
        return Codes(self.reader, self.catalogue, self.customers)

    def close(self) -> None:
        """Close this thread's connections."""
        self.reader.close()
        self.database.close()
