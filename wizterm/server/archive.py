"""Documents as the office looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from wizterm.domain.clock import moment
from wizterm.protocol.decoding import decoded
from wizterm.server import codes, decisions
from wizterm.server.decisions import DecisionLine
from wizterm.server.delivery_desk import waited_for
from wizterm.server.doubt_desk import calling
from wizterm.server.intake.doubts import Doubt
from wizterm.server.ordered import Ordered, ordered
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.paperwork import Delivery, DocumentEvent, TakenDocument
from wizterm.server.store.store import Store

MOST = 200


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as a list shows it."""

    id: str
    revision: int
    kind: str
    number: str
    rep: str
    customer: str
    customer_name: str
    """As it is today; empty where there is none."""
    state: str
    taken_at: datetime
    changed_at: datetime
    """When it came to its state."""
    external: str
    words: str
    doubts: int
    doubted: bool
    """Whether nobody has seen its doubts yet."""
    suggests: str
    """Code and SKU, where it suggests a code for the catalogue."""


@dataclass(frozen=True, slots=True)
class Happened:
    at: datetime
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    target: str
    state: str
    held: bool
    attempts: int
    next_try: datetime
    external: str
    words: str
    waits_for: str
    """Number of the document that must be delivered first."""
    code: str
    """Why it was refused, where the office can map what is unknown: `unknown_item` or `unknown_customer`."""


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All that is known of one revision."""

    line: DocumentLine
    sha256: str
    lines: Ordered
    body: str
    doubts: tuple[Doubt, ...]
    history: tuple[Happened, ...]
    decided: tuple[DecisionLine, ...]
    """By the office, about any revision."""
    deliveries: tuple[DeliveryLine, ...]


class Archive:
    def __init__(self, store: Store) -> None:
        self._store = store

    def newest(
        self,
        *,
        state: str = "",
        rep: str = "",
        words: str = "",
        doubted: bool = False,
        suggested: bool = False,
        most: int = MOST,
    ) -> tuple[DocumentLine, ...]:
        """The latest change first; with words only those whose number, customer or answer contains them.

        `doubted` are those whose doubts nobody has seen, `suggested` the codes that nobody has decided about.
        """
        with self._store.reading():
            query = TakenDocument.select().order_by(TakenDocument.seq.desc(), TakenDocument.id.desc()).limit(most)
            if words:
                query = query.where(_contains(words))
            if state:
                query = query.where(TakenDocument.state == state)
            if rep:
                query = query.where(TakenDocument.rep == rep)
            if doubted:
                query = query.where(calling())
            if suggested:
                query = query.where(codes.waiting())
            found = list(query)
            names = _names({document.customer for document in found})
            return tuple(_line(document, names) for document in found)

    def pages(self, wanted: str) -> tuple[DocumentPage, ...]:
        """The revisions of the document with this number or id, latest first."""
        with self._store.reading():
            found = TakenDocument.select().where((TakenDocument.id == wanted) | (TakenDocument.number == wanted))
            return tuple(_page(document) for document in found.order_by(TakenDocument.revision.desc()))


def _contains(words: str) -> Any:
    customers = MIRROR["customers"]
    called = column("customers", "name").contains(words) | column("customers", "number").contains(words)
    fields = (TakenDocument.number, TakenDocument.external, TakenDocument.words, TakenDocument.rep)
    theirs = TakenDocument.customer.in_(customers.select(column("customers", "id")).where(called))
    return reduce(or_, (field.contains(words) for field in fields), theirs)


def _names(customers: set[str]) -> dict[str, str]:
    """What the customers with these ids are called."""
    table = MIRROR["customers"]
    wanted = column("customers", "id").in_(sorted(customers))
    return dict(rows(table.select(column("customers", "id"), column("customers", "name")).where(wanted)))


def _line(document: TakenDocument, names: Mapping[str, str]) -> DocumentLine:
    return DocumentLine(
        id=document.id,
        revision=document.revision,
        kind=document.kind,
        number=document.number,
        rep=document.rep,
        customer=document.customer,
        customer_name=names.get(document.customer, ""),
        state=document.state,
        taken_at=moment(document.taken_at),
        changed_at=moment(document.changed_at),
        external=document.external,
        words=document.words,
        doubts=len(_doubts(document)),
        doubted=document.doubted,
        suggests=_suggests(document),
    )


def _page(document: TakenDocument) -> DocumentPage:
    same = (DocumentEvent.document == document.id) & (DocumentEvent.revision == document.revision)
    events = DocumentEvent.select().where(same).order_by(DocumentEvent.seq, DocumentEvent.id)
    its = (Delivery.document == document.id) & (Delivery.revision == document.revision)
    return DocumentPage(
        line=_line(document, _names({document.customer})),
        lines=ordered(document.kind, document.body),
        sha256=document.sha256,
        body=document.body,
        doubts=_doubts(document),
        history=tuple(Happened(moment(event.at), event.state, event.words) for event in events),
        decided=decisions.about(document.number),
        deliveries=tuple(_delivery(delivery) for delivery in Delivery.select().where(its).order_by(Delivery.target)),
    )


def _suggests(document: TakenDocument) -> str:
    body = codes.suggestion(document.kind, document.body)
    return f"{body.code} on {body.sku}{f', {body.unit}' if body.unit else ''}" if body is not None else ""


def _doubts(document: TakenDocument) -> tuple[Doubt, ...]:
    return decoded(document.flags, tuple[Doubt, ...])


def _delivery(delivery: Delivery) -> DeliveryLine:
    return DeliveryLine(
        target=delivery.target,
        state=delivery.state,
        held=delivery.held,
        attempts=delivery.attempts,
        next_try=moment(delivery.next_try),
        external=delivery.external,
        words=delivery.words,
        waits_for=waited_for(delivery.after, delivery.target),
        code=delivery.code,
    )
