"""What a cart costs, from the data on this machine."""

from __future__ import annotations

from collections.abc import Iterable

from wizterm.db.catalogue import Catalogue
from wizterm.db.price_terms import PriceTerms
from wizterm.domain.cart import Cart, Line, Pricer
from wizterm.domain.checking import differences
from wizterm.domain.clock import Clock
from wizterm.domain.customer import Customer
from wizterm.domain.limits import RepLimits
from wizterm.domain.overruns import Overrun, overruns
from wizterm.domain.pricing import pricer
from wizterm.domain.terms import Terms, terms_for
from wizterm.domain.totals import Totals, totals
from wizterm.services.catalogue import CatalogueSearch


class CartPricing:
    """A fixed number of look-ups for a cart, however many lines it has."""

    def __init__(self, catalogue: Catalogue, search: CatalogueSearch, data: PriceTerms, clock: Clock) -> None:
        self._catalogue = catalogue
        self._search = search
        self._data = data
        self._clock = clock

    def pricer(self, cart: Cart, more: Iterable[str] = ()) -> Pricer:
        """For the lines of this cart, and lines of these further products."""
        return self._pricer({*(line.sku for line in cart.lines), *more}, cart)

    def pricer_of(self, line: Line, cart: Cart) -> Pricer:
        """For this line, in the cart or to come, and for those of the cart that breaks count together with it."""
        family = {each.sku for each in cart.lines if line.counts_together and each.family == line.family}
        return self._pricer({line.sku, *family}, cart)

    def _pricer(self, skus: set[str], cart: Cart) -> Pricer:
        price_list = self._search.price_list(cart.price_list)
        return pricer(self._catalogue.price_sheets(sorted(skus), price_list, cart.customer), self._clock.today())

    def terms(self, cart: Cart, customer: Customer | None) -> Terms:
        delivery = cart.details.delivery or (customer.ship_to if customer else None)
        return terms_for(
            self._data.promotions(),
            self._data.tax_rates(),
            customer=cart.customer,
            price_list=cart.price_list,
            country=delivery.country if delivery else "",
            on=self._clock.today(),
        )

    def figures(self, cart: Cart, customer: Customer | None) -> Totals:
        return totals(cart, self.terms(cart, customer))

    def moved_since(self, cart: Cart, customer: Customer | None) -> tuple[str, ...]:
        """What the catalogue on this machine says otherwise by now, as the server will ask; a sentence for each."""
        found = differences(
            cart, self.figures(cart, customer), self.pricer(cart), self.terms(cart, customer), self.rep_limits()
        )
        return tuple(each.words for each in found if each.code in {"price", "not_sold"})

    def rep_limits(self) -> RepLimits:
        return self._data.rep_limits()

    def overruns(self, cart: Cart, figures: Totals) -> tuple[Overrun, ...]:
        """Limits that the cart's discounts pass without approval."""
        return overruns(cart, figures, self.rep_limits())
