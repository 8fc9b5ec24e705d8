"""Submitting: what a rep says to the company is frozen and on the disk when these return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from wizterm.db.carts import Carts
from wizterm.db.catalogue import Catalogue
from wizterm.db.documents import Documents
from wizterm.domain.cart import Cart, Revised
from wizterm.domain.clock import Clock
from wizterm.domain.customer import Customer, NewCustomer
from wizterm.domain.document import DocumentId, Kind, number
from wizterm.domain.ids import NewId
from wizterm.domain.policy import USUAL, OrderPolicy
from wizterm.domain.records import DocumentSummary, Frozen
from wizterm.domain.submitting import Obstacle, lacking, obstacles
from wizterm.domain.totals import Totals
from wizterm.protocol import bodies as wire
from wizterm.services.bodies import Stamp, barcode_body, cancellation_body, customer_body, order_body, wishlist_body
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.customer_book import CustomerBook
from wizterm.services.pricing import CartPricing


class CannotSubmitError(Exception):
    """Something must be mended first; nothing was written."""

    def __init__(self, found: Sequence[Obstacle]) -> None:
        super().__init__(" ".join(obstacle.words for obstacle in found))
        self.obstacles = tuple(found)


class FaultyCustomerError(Exception):
    """A form that cannot be saved yet: sentences by field."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs the documents of this machine."""

    rep: str
    installation: str


class Submission:
    def __init__(
        self,
        *,
        author: Author,
        carts: Carts,
        documents: Documents,
        catalogue: Catalogue,
        book: CustomerBook,
        search: CatalogueSearch,
        pricing: CartPricing,
        clock: Clock,
        new_id: NewId,
        policy: OrderPolicy = USUAL,
    ) -> None:
        self._author = author
        self._carts = carts
        self._documents = documents
        self._catalogue = catalogue
        self._book = book
        self._search = search
        self._pricing = pricing
        self._clock = clock
        self._new_id = new_id
        self._policy = policy

    def submit(self, cart_id: str, kind: Kind) -> Frozen:
        """The cart as an order or a quote. The cart is gone afterwards: it has become the document."""
        self._check_open(cart_id)
        cart = self._carts.load(cart_id)
        if cart is None:
            raise AssertionError("a cart that is open can be read")
        customer = self._book.get(cart.customer)
        figures = self._pricing.figures(cart, customer)
        if found := self._obstacles(cart, customer, kind, figures):
            raise CannotSubmitError(found)
        if customer is None:
            raise AssertionError("a cart without a customer has an obstacle")
        self._check_kind(cart, kind)
        cursor = self._catalogue.cursor()
        return self._documents.submit(
            lambda counter: self._freeze_order(counter, cart, customer, kind=kind, figures=figures, cursor=cursor),
            closing_cart=cart_id,
        )

    def cancel(self, document: DocumentId, summary: DocumentSummary, reason: str) -> Frozen:
        """Tell the company that a document it has, or may have, is taken back."""
        cancellation_id = self._new_id()

        def freeze(counter: int) -> Frozen:
            stamp = self._stamp(DocumentId(cancellation_id), Kind.CANCELLATION, counter)
            return Frozen(
                document=stamp.document,
                kind=Kind.CANCELLATION,
                number=stamp.number,
                body=wire.encode(cancellation_body(stamp, document.id, reason)),
                submitted_at=stamp.submitted_at,
                customer="",
                customer_name=summary.customer_name,
                after=document.id if self._documents.unsent(document.id) else "",
            )

        return self._documents.submit(freeze)

    def new_customer(self, new: NewCustomer) -> Customer:
        """A customer made here: sent like an order, and there to order for at once."""
        if faults := new.faults():
            raise FaultyCustomerError(faults)
        customer_id = self._new_id()
        self._documents.submit(lambda counter: self._freeze_customer(counter, customer_id, new))
        made = self._book.get(customer_id)
        if made is None:
            raise AssertionError("a customer that was just written can be read")
        return made

    def suggest_code(self, code: str, sku: str, unit: str = "") -> Frozen:
        """Tell the office that this code stands on that product."""
        return self._documents.submit(lambda counter: self._freeze_code(counter, code, sku, unit))

    def wish(self, customer: Customer, *, added: tuple[str, ...] = (), removed: tuple[str, ...] = ()) -> Frozen:
        """Change what the customer would like to have."""
        return self._documents.submit(lambda counter: self._freeze_wish(counter, customer, added, removed))

    def _freeze_wish(
        self, counter: int, customer: Customer, added: tuple[str, ...], removed: tuple[str, ...]
    ) -> Frozen:
        stamp = self._stamp(DocumentId(self._new_id()), Kind.WISHLIST, counter)
        return Frozen(
            document=stamp.document,
            kind=Kind.WISHLIST,
            number=stamp.number,
            body=wire.encode(wishlist_body(stamp, customer, added, removed)),
            submitted_at=stamp.submitted_at,
            customer=customer.id,
            customer_name=customer.name,
            after=customer.id if self._documents.unsent(customer.id) else "",
        )

    def _freeze_code(self, counter: int, code: str, sku: str, unit: str) -> Frozen:
        stamp = self._stamp(DocumentId(self._new_id()), Kind.BARCODE, counter)
        return Frozen(
            document=stamp.document,
            kind=Kind.BARCODE,
            number=stamp.number,
            body=wire.encode(barcode_body(stamp, code, sku, unit)),
            submitted_at=stamp.submitted_at,
            customer="",
            customer_name="",
        )

    def _obstacles(self, cart: Cart, customer: Customer | None, kind: Kind, figures: Totals) -> tuple[Obstacle, ...]:
        price_list = self._search.price_list(cart.price_list)
        rep, over = self._pricing.rep_limits(), self._pricing.overruns(cart, figures)
        standing = obstacles(cart, customer, kind, figures=figures, price_list=price_list, rep=rep, over=over)
        return (*standing, *lacking(cart, self._policy, kind))

    def _freeze_order(
        self, counter: int, cart: Cart, customer: Customer, *, kind: Kind, figures: Totals, cursor: str
    ) -> Frozen:
        self._check_open(cart.id)
        stamp = self._stamp(DocumentId(cart.id, cart.revision), kind, counter)
        if (before := self._before(cart)) is not None:
            stamp = replace(stamp, number=before.number)
        body = order_body(stamp, self._holding(cart, kind), customer, figures, cursor)
        return Frozen(
            document=stamp.document,
            kind=kind,
            number=stamp.number,
            body=wire.encode(body),
            submitted_at=stamp.submitted_at,
            customer=customer.id,
            customer_name=customer.name,
            currency=cart.currency,
            total=str(body.total),
            after=customer.id if self._documents.unsent(customer.id) else "",
        )

    def _before(self, cart: Cart) -> Revised | None:
        """The document whose place this one takes, which another device may have submitted."""
        if cart.revision == 1:
            return None
        before = self._documents.summary(DocumentId(cart.id, cart.revision - 1))
        return Revised(before.kind, before.number) if before is not None else cart.revised

    def _check_open(self, cart_id: str) -> None:
        """Asked again in the transaction that submits: it may have been handed over meanwhile."""
        if self._carts.is_locked(cart_id):
            words = "This cart was handed over: go on with it there, or take it back in the list of carts."
            raise CannotSubmitError([Obstacle(words)])
        if not self._carts.is_open(cart_id):
            raise CannotSubmitError([Obstacle("This cart has been submitted already, or thrown away.")])

    def _check_kind(self, cart: Cart, kind: Kind) -> None:
        before = self._before(cart)
        if before is not None and before.kind is not kind:
            words = f"{before.number} is a {before.kind}: its next revision is one too."
            raise CannotSubmitError([Obstacle(words)])

    def _holding(self, cart: Cart, kind: Kind) -> Cart:
        """A quote holds for a while; an order for good."""
        until = None
        if kind is Kind.QUOTE:
            until = cart.details.valid_until or self._clock.today() + timedelta(days=self._policy.quote_days)
        return replace(cart, details=replace(cart.details, valid_until=until))

    def _freeze_customer(self, counter: int, customer_id: str, new: NewCustomer) -> Frozen:
        stamp = self._stamp(DocumentId(customer_id), Kind.CUSTOMER, counter)
        return Frozen(
            document=stamp.document,
            kind=Kind.CUSTOMER,
            number=stamp.number,
            body=wire.encode(customer_body(stamp, new)),
            submitted_at=stamp.submitted_at,
            customer=customer_id,
            customer_name=new.company.strip(),
        )

    def _stamp(self, document: DocumentId, kind: Kind, counter: int) -> Stamp:
        now = self._clock.now()
        offset = now.astimezone().utcoffset()
        return Stamp(
            document=document,
            kind=kind,
            number=number(self._author.rep, self._author.installation, counter),
            rep=self._author.rep,
            installation=self._author.installation,
            submitted_at=now,
            business_date=self._clock.today(),
            utc_offset_minutes=round(offset.total_seconds() / 60) if offset else 0,
        )
