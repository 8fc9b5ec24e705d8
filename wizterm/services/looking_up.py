"""What a rep can look up in one folder, put together for one thread; each service is made when it is first wanted."""

from __future__ import annotations

from functools import cached_property

from wizterm.domain.clock import Clock
from wizterm.domain.paper_rules import PaperRules
from wizterm.services.browsing import Browsing
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.customer_book import CustomerBook
from wizterm.services.doubts import Doubts
from wizterm.services.identity import Identities
from wizterm.services.options import OptionRules
from wizterm.services.outgoing import Outgoing
from wizterm.services.papers import Papers
from wizterm.services.picture_search import PictureSearch
from wizterm.services.preferences import Preferences
from wizterm.services.pricing import CartPricing
from wizterm.services.printing import Printing
from wizterm.services.product_card import ProductCards
from wizterm.services.purchases import Purchases
from wizterm.services.sources import Sources


class LookingUp:
    def __init__(self, sources: Sources, clock: Clock, papers: PaperRules) -> None:
        self._sources = sources
        self._clock = clock
        self._paper_rules = papers
        self.documents = sources.documents

    @cached_property
    def identities(self) -> Identities:
        return Identities(self._sources.database)

    @cached_property
    def preferences(self) -> Preferences:
        return Preferences(self._sources.database)

    @cached_property
    def papers(self) -> Papers:
        return Papers(self.documents, self._sources.database)

    @cached_property
    def outgoing(self) -> Outgoing:
        return Outgoing(self.documents, self._sources.outbox)

    @cached_property
    def printing(self) -> Printing:
        return Printing(self.papers, self.documents, self.identities, self._paper_rules, self._clock)

    @cached_property
    def customers(self) -> CustomerBook:
        return CustomerBook(self._sources.customers, self.documents, self._purchases, self._clock)

    @cached_property
    def search(self) -> CatalogueSearch:
        sources = self._sources
        return CatalogueSearch(sources.catalogue, sources.finder, sources.vocabulary, self._purchases, self._clock)

    @cached_property
    def browsing(self) -> Browsing:
        return Browsing(self._sources.finder, self.search.price_list, self._purchases, self._clock)

    @cached_property
    def by_picture(self) -> PictureSearch:
        return PictureSearch(self._sources.catalogue, self._sources.descriptions)

    @cached_property
    def cards(self) -> ProductCards:
        sources = self._sources
        return ProductCards(sources.catalogue, sources.descriptions, self._purchases, self.search, sources.modifiers)

    @cached_property
    def pricing(self) -> CartPricing:
        return CartPricing(self._sources.catalogue, self.search, self._sources.terms, self._clock)

    @cached_property
    def doubts(self) -> Doubts:
        return Doubts(self._sources.catalogue)

    @cached_property
    def _purchases(self) -> Purchases:
        return Purchases(self._sources.customers, self.documents)

    @cached_property
    def _options(self) -> OptionRules:
        return OptionRules(self._sources.modifiers)
