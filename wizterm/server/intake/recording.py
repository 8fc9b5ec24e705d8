"""Writing down what is taken: the document, its history, its deliveries, and what it does to others."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import Any

import msgspec

from wizterm.domain.document import State
from wizterm.protocol.bodies import BarcodeBody, CancellationBody, OrderBody, WishlistBody
from wizterm.server import codes, customer_orders, deliveries
from wizterm.server.deliveries import ERP, MAY_BE_MAILED, NO_MAILS, DeliveryState, MailPlan
from wizterm.server.intake.doubts import Doubt
from wizterm.server.intake.reading import Paper
from wizterm.server.intake.standing import Known, Standing
from wizterm.server.states import Move, States
from wizterm.server.store.base import in_one_call
from wizterm.server.store.paperwork import Delivery, DocumentEvent, TakenDocument
from wizterm.server.store.upserting import insert
from wizterm.server.store.writing import Writing

NOT_YET = 0
"""Stands for the number of a transaction that has drawn none yet."""
RANKS = 1_000
"""More than a batch can hold: the rank of a delivery is its transaction's number and its place in it."""
NOT_STOPPABLE = frozenset({State.CONFIRMED, State.SUPERSEDED, State.CANCELLED})


class Recorder:
    """Collects a batch's rows and writes them together; what touches older documents is done at once."""

    def __init__(
        self,
        writing: Writing,
        states: States,
        standing: Standing,
        now: int,
        *,
        erp_kinds: Collection[str],
        mails: MailPlan = NO_MAILS,
        accept_codes: bool = False,
    ) -> None:
        """With `accept_codes` a code that is nobody else's needs no decision of the office."""
        self.writing = writing
        self._states = states
        self._standing = standing
        self._erp_kinds = erp_kinds
        self._mails = mails
        self._accept_codes = accept_codes
        self._now = now
        self._documents: list[dict[str, Any]] = []
        self._events: list[dict[str, Any]] = []
        self._deliveries: list[dict[str, Any]] = []
        self._told: list[OrderBody] = []
        """Orders and quotes that devices are to hear of."""
        self._ready = (
            (TakenDocument, self._documents, ("sequence", "seq")),
            (DocumentEvent, self._events, ("seq",)),
            (Delivery, self._deliveries, ()),
        )
        self._places = count()

    def take(self, paper: Paper, doubts: Collection[Doubt]) -> None:
        """Put the paper down as taken, with what follows from that."""
        newer = any(revision > paper.revision for revision in self._standing.revisions(paper.id))
        self._supersede_older(paper)
        self._put(paper, doubts, State.SUPERSEDED if newer else State.DELIVERED)
        if newer:
            return
        if isinstance(paper.body, OrderBody):
            self._told.append(paper.body)
        if self._done_at_once(paper):
            self.write()
            self._states.move(self.writing, paper.id, paper.revision, Move(State.CONFIRMED), self._now)
            return
        place, to_erp = next(self._places), paper.kind in self._erp_kinds
        if to_erp:
            self._deliveries.append(self._delivery(paper, place))
        if self._mails.targets and isinstance(paper.body, OrderBody):
            self._deliveries.extend(self._mail(paper, place, target, to_erp=to_erp) for target in self._mails.targets)

    def write(self) -> None:
        """Bring what was collected into the store, under the transaction's number."""
        if not (self._documents or self._deliveries):
            return
        number = self.writing.number
        with in_one_call():
            for delivery in self._deliveries:
                delivery["rank"] += number * RANKS
            for model, collected, numbered in self._ready:
                insert(model, [row | dict.fromkeys(numbered, number) for row in collected])
                collected.clear()
            customer_orders.tell(self.writing, self._told, self._standing.rep_name or self._standing.caller.rep)
            self._told.clear()

    def _put(self, paper: Paper, doubts: Collection[Doubt], state: State) -> None:
        caller = self._standing.caller
        self._documents.append(
            {
                "id": paper.id,
                "revision": paper.revision,
                "kind": paper.kind,
                "sha256": paper.envelope.sha256,
                "body": paper.envelope.body,
                "rep": caller.rep,
                "device": caller.device,
                "number": paper.body.number,
                "customer": _customer(paper),
                "about": paper.body.of if isinstance(paper.body, CancellationBody) else "",
                "taken_at": self._now,
                "changed_at": self._now,
                "state": state,
                "external": "",
                "words": "",
                "field": "",
                "flags": msgspec.json.encode(list(doubts)).decode(),
                "doubted": bool(doubts),
            }
        )
        event = self._states.event(paper.id, paper.revision, state)
        self._events.append(event | {"at": self._now})
        self._standing.revisions(paper.id)[paper.revision] = Known(
            paper.kind, paper.envelope.sha256, caller.rep, NOT_YET, state
        )

    def _supersede_older(self, paper: Paper) -> None:
        for revision, known in self._standing.revisions(paper.id).items():
            if revision < paper.revision and known.state in {State.DELIVERED, State.REFUSED}:
                self.write()
                deliveries.drop(paper.id, revision)
                self._states.move(self.writing, paper.id, revision, Move(State.SUPERSEDED), self._now)
                known.state = State.SUPERSEDED

    def _done_at_once(self, paper: Paper) -> bool:
        """Whether nothing is left to do for it once it is down."""
        match paper.body:
            case WishlistBody():
                return True
            case CancellationBody(of=document):
                return self._stopped(document)
            case BarcodeBody() as body if self._accept_codes and not codes.conflict(body):
                codes.place(self.writing, body)
                return True
        return False

    def _stopped(self, document: str) -> bool:
        """Whether the document could still be stopped here, so that nothing need be told outside."""
        self.write()
        revision, known = max(self._standing.revisions(document).items())
        if known.kind == codes.KIND and known.state == State.CONFIRMED:
            self._forget_code(document, revision)
            self._states.withdraw(self.writing, document, revision, self._now)
            return True
        if known.state in NOT_STOPPABLE or deliveries.booked(document, revision):
            return False
        self._states.withdraw(self.writing, document, revision, self._now)
        known.state = State.CANCELLED
        return True

    def _forget_code(self, document: str, revision: int) -> None:
        this = (TakenDocument.id == document) & (TakenDocument.revision == revision)
        body = codes.suggestion(codes.KIND, TakenDocument.get(this).body)
        if body is not None:
            codes.forget(self.writing, body)

    def _delivery(self, paper: Paper, place: int) -> dict[str, Any]:
        """One that may have been delivered before a restore is looked up outside before it is sent."""
        known_outside = self._standing.may_be_booked(paper.envelope.receipt, self._now)
        after = paper.body.of if isinstance(paper.body, CancellationBody) else _customer(paper)
        return {
            "document": paper.id,
            "revision": paper.revision,
            "target": ERP,
            "rank": place,
            "state": DeliveryState.UNKNOWN if known_outside else DeliveryState.WAITING,
            "after": after if after != paper.id else "",
            "next_try": self._now,
        }

    def _mail(self, paper: Paper, place: int, target: str, *, to_erp: bool) -> dict[str, Any]:
        """One that may have been mailed before a restore goes only when somebody says so."""
        state, words = DeliveryState.WAITING, ""
        if self._standing.forgotten(paper.envelope.receipt):
            state, words = DeliveryState.UNKNOWN, MAY_BE_MAILED
        elif to_erp and target in self._mails.confirmed:
            state, words = DeliveryState.AWAITING, "It goes when the ERP has confirmed the document."
        named = {"document": paper.id, "revision": paper.revision, "target": target}
        return named | {"rank": place, "state": state, "words": words, "next_try": self._now}


def _customer(paper: Paper) -> str:
    if isinstance(paper.body, OrderBody | WishlistBody):
        return paper.body.customer.id
    return paper.id if paper.kind == "customer" else ""
