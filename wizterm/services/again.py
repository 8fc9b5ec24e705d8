"""Carts from documents: order the same again, turn a quote into an order, mend what was refused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from msgspec.structs import replace as with_lines

from wizterm.db.carts import Carts
from wizterm.db.catalogue import Catalogue
from wizterm.db.documents import Documents
from wizterm.domain.cart import Cart, Line, Revised
from wizterm.domain.clock import Clock
from wizterm.domain.document import DocumentId, Kind, State
from wizterm.domain.ids import NewId
from wizterm.domain.lot import NO_LOT
from wizterm.domain.records import DocumentSummary
from wizterm.protocol import bodies
from wizterm.protocol.bodies import OrderBody
from wizterm.protocol.promises import without_promotions
from wizterm.services.cart_lines import new_line
from wizterm.services.cart_view import CartView
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.customer_book import CustomerBook
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.said_before import cart_of, promised

REVISED = frozenset({State.REFUSED, State.DELIVERED})


@dataclass(frozen=True, slots=True)
class Difference:
    """One line as it was, and as it would be today."""

    line: int
    sku: str
    name: str
    count: Decimal
    then: Decimal
    now: Decimal | None
    """None where it is not sold to this customer any more."""


class Again:
    def __init__(
        self,
        *,
        carts: Carts,
        documents: Documents,
        catalogue: Catalogue,
        search: CatalogueSearch,
        book: CustomerBook,
        entry: OrderEntry,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._carts = carts
        self._documents = documents
        self._catalogue = catalogue
        self._search = search
        self._book = book
        self._entry = entry
        self._clock = clock
        self._new_id = new_id

    def differences(self, document: DocumentId) -> tuple[Difference, ...]:
        """Every line that was bought, with its price then and today."""
        body = _bought(self._body(document))
        today = self._today(body).lines
        return tuple(
            Difference(
                line.line, line.sku, line.name, line.count, line.unit_price, now.price.amount if now.price else None
            )
            for line, now in zip(body.lines, today, strict=True)
        )

    def reorder(self, document: DocumentId, lines: Collection[int] | None = None) -> CartView:
        """A new cart with these lines (numbers from 1; None: all) at today's prices."""
        body = _bought(self._body(document))
        wanted = tuple(line for line in body.lines if lines is None or line.line in lines)
        if not body.lines:
            raise EntryError("Nothing was bought with it: all of it went back.")
        if not wanted:
            raise EntryError("No line is chosen: Space chooses the one under the cursor.")
        return self._begin(self._today(with_lines(body, lines=wanted)))

    def order_from_quote(self, document: DocumentId) -> CartView:
        """A new cart that names the quote, at the prices it promised."""
        body = self._body(document)
        if body.kind != Kind.QUOTE:
            raise EntryError("Only a quote is turned into an order; r orders the same again.")
        summary = self._documents.summary(document)
        if summary is None or not may_be_ordered(summary):
            raise EntryError(_not_ordered(body.number, summary))
        today = self._clock.today()
        said = f"From quote {body.number}, at its prices."
        if body.valid_until is not None and body.valid_until < today:
            said = f"Quote {body.number} held until {body.valid_until}: check its prices before you order."
        cart = promised(cart_of(without_promotions(body), self._products(body), self._new_id()), document.id)
        return replace(self._begin(cart), said=said)

    def revise(self, document: DocumentId) -> CartView:
        """The document in a cart again; submitting it makes the next revision, which takes its place."""
        newest = self._documents.newest_revision(document.id)
        document = DocumentId(document.id, newest)
        summary = self._documents.summary(document)
        if summary is None or summary.state not in REVISED:
            raise EntryError(_not_revised(summary))
        if self._carts.is_open(document.id):
            return self._entry.open(document.id)
        if self._carts.is_locked(document.id):
            raise EntryError(
                f"Revision {newest + 1} of {summary.number} was handed over: "
                "go on with it there, or take it back in the list of carts."
            )
        body = self._body(document)
        revised = Revised(summary.kind, summary.number)
        cart = cart_of(body, self._products(body), document.id)
        cart = replace(cart, revision=newest + 1, quote=body.quote, revised=revised)
        self._carts.drop(document.id)
        view = self._begin(cart)
        return replace(view, said=f"{body.number} is in the cart: submitting makes revision {newest + 1} of it.")

    def _begin(self, cart: Cart) -> CartView:
        self._carts.save(cart, None)
        return self._entry.open(cart.id)

    def _today(self, body: OrderBody) -> Cart:
        cart = cart_of(body, self._products(body), self._new_id())
        plain = replace(cart, lines=tuple(_undiscounted(line) for line in cart.lines), discounts=(), note="", fees=())
        return self._entry.repriced(self._for_customer(replace(plain, details=cart.details.for_another())))

    def _for_customer(self, cart: Cart) -> Cart:
        """On the list its customer has today."""
        customer = self._book.get(cart.customer)
        return cart.moving_to(cart.customer, self._search.price_list(customer.price_list if customer else ""))

    def _products(self, body: OrderBody) -> dict[str, Line]:
        """How each product is ordered today, where it is still in the catalogue."""
        found = {sku: self._catalogue.product(sku) for sku in {line.sku for line in body.lines}}
        return {sku: new_line("", product, None) for sku, product in found.items() if product is not None}

    def _body(self, document: DocumentId) -> OrderBody:
        frozen = self._documents.body(document)
        if frozen is None:
            raise EntryError("That document is not on this machine.")
        body = bodies.decode(str(frozen[0]), frozen[1])
        if not isinstance(body, OrderBody):
            raise EntryError("Only orders and quotes have lines to order again.")
        return body


def _bought(body: OrderBody) -> OrderBody:
    """Without what went back: that happens once."""
    return with_lines(body, lines=tuple(line for line in body.lines if line.quantity > 0))


def may_be_copied(summary: DocumentSummary) -> bool:
    return summary.kind in {Kind.ORDER, Kind.QUOTE}


def may_be_revised(summary: DocumentSummary) -> bool:
    """Whether it can come back into the cart and take its own place."""
    return may_be_copied(summary) and summary.state in REVISED


def may_be_ordered(summary: DocumentSummary) -> bool:
    """Whether it is a quote whose prices still stand as far as this machine knows."""
    return summary.kind is Kind.QUOTE and summary.state not in {State.CANCELLED, State.SUPERSEDED}


def _undiscounted(line: Line) -> Line:
    return replace(line, discount=None, price=None, deliver_on=None, lot=NO_LOT)


def _not_ordered(number: str, summary: DocumentSummary | None) -> str:
    if summary is not None and summary.state is State.SUPERSEDED:
        return f"Quote {number} was revised: order its newest revision."
    return f"Quote {number} was cancelled: r orders the same at today's prices."


def _not_revised(summary: DocumentSummary | None) -> str:
    if summary is None:
        return "That document is not on this machine."
    if summary.state in {State.QUEUED, State.SENDING}:
        return f"{summary.number} has not been sent: cancel it (x), then order the same again (r)."
    return f"{summary.number} is {summary.state}: begin a new one from it (r)."
