"""Everything a rep can ask of one folder, put together for one thread."""

from __future__ import annotations

from collections.abc import Callable
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
from wizterm.domain.ids import NewId
from wizterm.domain.paper_rules import USUAL_PAPERS, PaperRules
from wizterm.domain.policy import USUAL, OrderPolicy
from wizterm.domain.scan_rules import USUAL_SCANS, ScanRules
from wizterm.services.again import Again
from wizterm.services.approving import Approving
from wizterm.services.browsing import Browsing
from wizterm.services.cart_handover import CartHandover
from wizterm.services.cart_shelf import CartShelf
from wizterm.services.cart_steps import CartSteps
from wizterm.services.cart_view import CartViews
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.charging import Charging
from wizterm.services.customer_book import CustomerBook
from wizterm.services.customer_page import CustomerPages
from wizterm.services.departure import Departure
from wizterm.services.discounting import Discounting
from wizterm.services.doubts import Doubts
from wizterm.services.identity import Identities
from wizterm.services.options import OptionRules
from wizterm.services.order_entry import OrderEntry
from wizterm.services.outgoing import Outgoing
from wizterm.services.papers import Papers
from wizterm.services.picture_search import PictureSearch
from wizterm.services.pin_tries import PinTries
from wizterm.services.preferences import Preferences
from wizterm.services.pricing import CartPricing
from wizterm.services.printing import Printing
from wizterm.services.product_card import ProductCards
from wizterm.services.purchases import Purchases
from wizterm.services.quantities import Quantities
from wizterm.services.repricing import Repricing
from wizterm.services.scan_entry import ScanEntry
from wizterm.services.scanning import Scanning, ScanSources
from wizterm.services.submission import Author, Submission
from wizterm.services.taking_back import TakingBack
from wizterm.services.variants import Variants
from wizterm.services.why import PriceQuestions
from wizterm.services.wishing import Wishing


class Workbench:
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
        self._database = database
        self._reader = ReplicaReader(current, damaged)
        self._clock = clock
        self._new_id = new_id
        self.policy = policy
        self._catalogue = Catalogue(self._reader)
        self._carts = Carts(database, clock)
        customers = Customers(self._reader)
        self.documents = Documents(database)
        self._outbox = Outbox(database, clock)
        self.papers = Papers(self.documents, database)
        self.outgoing = Outgoing(self.documents, self._outbox)
        self.identities = Identities(database)
        self.departure = Departure(database, clock)
        self.preferences = Preferences(database)
        self.printing = Printing(self.papers, self.documents, self.identities, papers, clock)
        purchases = Purchases(customers, self.documents)
        self.customers = CustomerBook(customers, self.documents, purchases, clock)
        finder = Finder(self._reader)
        self.search = CatalogueSearch(self._catalogue, finder, Vocabulary(self._reader), purchases, clock)
        descriptions = Descriptions(self._reader)
        modifiers = Modifiers(self._reader)
        self.cards = ProductCards(self._catalogue, descriptions, purchases, self.search, modifiers)
        self.by_picture = PictureSearch(self._catalogue, descriptions)
        self.browsing = Browsing(finder, self.search.price_list, purchases, clock)
        terms = PriceTerms(self._reader)
        self.pricing = CartPricing(self._catalogue, self.search, terms, clock)
        options = OptionRules(modifiers)
        views = CartViews(
            carts=self._carts, search=self.search, book=self.customers, pricing=self.pricing, policy=policy
        )
        self.entry = OrderEntry(
            carts=self._carts,
            views=views,
            catalogue=self._catalogue,
            search=self.search,
            book=self.customers,
            pricing=self.pricing,
            options=options,
            clock=clock,
            new_id=new_id,
        )
        self.doubts = Doubts(self._catalogue)
        self.again = Again(
            carts=self._carts,
            documents=self.documents,
            catalogue=self._catalogue,
            search=self.search,
            book=self.customers,
            entry=self.entry,
            clock=clock,
            new_id=new_id,
        )
        self.variants = Variants(
            entry=self.entry,
            catalogue=self._catalogue,
            descriptions=descriptions,
            search=self.search,
            pricing=self.pricing,
            options=options,
            new_id=new_id,
        )
        self.wishing = Wishing(
            wishlists=Wishlists(self._reader),
            documents=self.documents,
            catalogue=self._catalogue,
            book=self.customers,
            entry=self.entry,
            preferences=self.preferences,
            submission=lambda: self.submission,
        )
        self.customer_pages = CustomerPages(
            book=self.customers,
            catalogue=self._catalogue,
            search=self.search,
            entry=self.entry,
            wishing=self.wishing,
            clock=clock,
            synced_at=lambda: self.preferences.synced_at,
        )
        self.steps = CartSteps(self._carts, self.entry)
        self.scanning = Scanning(
            ScanSources(
                codes=Codes(self._reader, self._catalogue, customers),
                bindings=CodeBindings(database),
                documents=self.documents,
                book=self.customers,
            ),
            scans.reading,
            clock=clock,
            submission=lambda: self.submission,
        )
        self.scans = ScanEntry(
            scanning=self.scanning,
            entry=self.entry,
            steps=self.steps,
            pricing=self.pricing,
            options=options,
            new_id=new_id,
            rounding=scans.rounding,
        )
        self.discounting = Discounting(self.entry, self.pricing, clock, self._rep)
        self.approving = Approving(self.entry, terms, PinTries(database, clock), clock)
        self.charging = Charging(self.entry, terms)
        self.quantities = Quantities(self.entry, self._catalogue)
        self.repricing = Repricing(self.entry, self.search, self.customers, self.pricing)
        self.why = PriceQuestions(
            entry=self.entry,
            catalogue=self._catalogue,
            search=self.search,
            book=self.customers,
            pricing=self.pricing,
            preferences=self.preferences,
            clock=clock,
        )
        self.shelf = CartShelf(
            carts=self._carts, entry=self.entry, book=self.customers, pricing=self.pricing, new_id=new_id
        )
        self.handover = CartHandover(
            carts=self._carts,
            handovers=Handovers(database, clock),
            documents=self.documents,
            entry=self.entry,
            book=self.customers,
            search=self.search,
            pricing=self.pricing,
            new_id=new_id,
        )

    @property
    def submission(self) -> Submission:
        """Signed by whoever signed in on this machine."""
        identity = self.identities.known()
        if identity is None:
            raise AssertionError("nobody submits before signing in")
        return Submission(
            author=Author(identity.rep, identity.installation),
            carts=self._carts,
            documents=self.documents,
            catalogue=self._catalogue,
            book=self.customers,
            search=self.search,
            pricing=self.pricing,
            clock=self._clock,
            new_id=self._new_id,
            policy=self.policy,
        )

    def _rep(self) -> str:
        identity = self.identities.known()
        return identity.rep if identity is not None else ""

    @property
    def taking_back(self) -> TakingBack:
        return TakingBack(self.documents, self._outbox, self.submission)

    def interrupt(self) -> None:
        """Stop the running catalogue query; may be called from another thread."""
        self._reader.interrupt()

    def close(self) -> None:
        """Close this thread's connections."""
        self._reader.close()
        self._database.close()
