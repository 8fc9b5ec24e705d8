"""Everything a rep can ask of one folder, put together for one thread; each service is made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from peewee import SqliteDatabase

from wizterm.domain.clock import Clock
from wizterm.domain.ids import NewId
from wizterm.domain.paper_rules import USUAL_PAPERS, PaperRules
from wizterm.domain.policy import USUAL, OrderPolicy
from wizterm.domain.scan_rules import USUAL_SCANS, ScanRules
from wizterm.services.again import Again
from wizterm.services.approving import Approving
from wizterm.services.cart_handover import CartHandover
from wizterm.services.cart_shelf import CartShelf
from wizterm.services.cart_steps import CartSteps
from wizterm.services.cart_view import CartViews
from wizterm.services.charging import Charging
from wizterm.services.customer_page import CustomerPages
from wizterm.services.departure import Departure
from wizterm.services.discounting import Discounting
from wizterm.services.looking_up import LookingUp
from wizterm.services.order_entry import OrderEntry
from wizterm.services.pin_tries import PinTries
from wizterm.services.quantities import Quantities
from wizterm.services.repricing import Repricing
from wizterm.services.scan_entry import ScanEntry
from wizterm.services.scanning import Scanning, ScanSources
from wizterm.services.sources import Sources
from wizterm.services.submission import Author, Submission
from wizterm.services.taking_back import TakingBack
from wizterm.services.variants import Variants
from wizterm.services.why import PriceQuestions
from wizterm.services.wishing import Wishing


class Workbench(LookingUp):
    """The services over one device folder. Its connections belong to the thread that uses them."""

    def __init__(
        self,
        database: SqliteDatabase,
        current: Callable[[], Path | None],
        damaged: Callable[[Path], None],
        *,
        clock: Clock,
        new_id: NewId,
        policy: OrderPolicy = USUAL,
        scans: ScanRules = USUAL_SCANS,
        papers: PaperRules = USUAL_PAPERS,
    ) -> None:
        """`current` names the catalogue generation to read; `damaged` is told of one that cannot be."""
        super().__init__(Sources(database, current, damaged, clock), clock, papers)
        self._new_id = new_id
        self._scan_rules = scans
        self.policy = policy

    @cached_property
    def entry(self) -> OrderEntry:
        return OrderEntry(
            carts=self._sources.carts,
            views=CartViews(
                carts=self._sources.carts,
                search=self.search,
                book=self.customers,
                pricing=self.pricing,
                policy=self.policy,
            ),
            catalogue=self._sources.catalogue,
            search=self.search,
            book=self.customers,
            pricing=self.pricing,
            options=self._options,
            clock=self._clock,
            new_id=self._new_id,
        )

    @cached_property
    def steps(self) -> CartSteps:
        return CartSteps(self._sources.carts, self.entry)

    @cached_property
    def shelf(self) -> CartShelf:
        return CartShelf(
            carts=self._sources.carts,
            entry=self.entry,
            book=self.customers,
            pricing=self.pricing,
            new_id=self._new_id,
        )

    @cached_property
    def handover(self) -> CartHandover:
        return CartHandover(
            carts=self._sources.carts,
            handovers=self._sources.handovers,
            documents=self.documents,
            entry=self.entry,
            book=self.customers,
            search=self.search,
            pricing=self.pricing,
            new_id=self._new_id,
        )

    @cached_property
    def again(self) -> Again:
        return Again(
            carts=self._sources.carts,
            documents=self.documents,
            catalogue=self._sources.catalogue,
            search=self.search,
            book=self.customers,
            entry=self.entry,
            clock=self._clock,
            new_id=self._new_id,
        )

    @cached_property
    def variants(self) -> Variants:
        return Variants(
            entry=self.entry,
            catalogue=self._sources.catalogue,
            descriptions=self._sources.descriptions,
            search=self.search,
            pricing=self.pricing,
            options=self._options,
            new_id=self._new_id,
        )

    @cached_property
    def wishing(self) -> Wishing:
        return Wishing(
            wishlists=self._sources.wishlists,
            documents=self.documents,
            catalogue=self._sources.catalogue,
            book=self.customers,
            entry=self.entry,
            preferences=self.preferences,
            submission=lambda: self.submission,
        )

    @cached_property
    def customer_pages(self) -> CustomerPages:
        return CustomerPages(
            book=self.customers,
            catalogue=self._sources.catalogue,
            search=self.search,
            entry=self.entry,
            wishing=self.wishing,
            clock=self._clock,
            synced_at=lambda: self.preferences.synced_at,
        )

    @cached_property
    def scanning(self) -> Scanning:
        return Scanning(
            ScanSources(
                codes=self._sources.codes,
                bindings=self._sources.bindings,
                documents=self.documents,
                book=self.customers,
            ),
            self._scan_rules.reading,
            clock=self._clock,
            submission=lambda: self.submission,
        )

    @cached_property
    def scans(self) -> ScanEntry:
        return ScanEntry(
            scanning=self.scanning,
            entry=self.entry,
            steps=self.steps,
            pricing=self.pricing,
            options=self._options,
            new_id=self._new_id,
            rounding=self._scan_rules.rounding,
        )

    @cached_property
    def discounting(self) -> Discounting:
        return Discounting(self.entry, self.pricing, self._clock, self._rep)

    @cached_property
    def approving(self) -> Approving:
        tries = PinTries(self._sources.database, self._clock)
        return Approving(self.entry, self._sources.terms, tries, self._clock)

    @cached_property
    def charging(self) -> Charging:
        return Charging(self.entry, self._sources.terms)

    @cached_property
    def quantities(self) -> Quantities:
        return Quantities(self.entry, self._sources.catalogue)

    @cached_property
    def repricing(self) -> Repricing:
        return Repricing(self.entry, self.search, self.customers, self.pricing)

    @cached_property
    def why(self) -> PriceQuestions:
        return PriceQuestions(
            entry=self.entry,
            catalogue=self._sources.catalogue,
            search=self.search,
            book=self.customers,
            pricing=self.pricing,
            preferences=self.preferences,
            clock=self._clock,
        )

    @cached_property
    def departure(self) -> Departure:
        return Departure(self._sources.database, self._clock)

    @property
    def submission(self) -> Submission:
        """Signed by whoever signed in on this machine."""
        identity = self.identities.known()
        if identity is None:
            raise AssertionError("nobody submits before signing in")
        return Submission(
            author=Author(identity.rep, identity.installation),
            carts=self._sources.carts,
            documents=self.documents,
            catalogue=self._sources.catalogue,
            book=self.customers,
            search=self.search,
            pricing=self.pricing,
            clock=self._clock,
            new_id=self._new_id,
            policy=self.policy,
        )

    @property
    def taking_back(self) -> TakingBack:
        return TakingBack(self.documents, self._sources.outbox, self.submission)

    def interrupt(self) -> None:
        """Stop the running catalogue query; may be called from another thread."""
        self._sources.reader.interrupt()

    def close(self) -> None:
        """Close this thread's connections."""
        self._sources.close()

    def _rep(self) -> str:
        identity = self.identities.known()
        return identity.rep if identity is not None else ""
