"""What stands in the store that a batch can touch: read at once, kept up to date while the batch is taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wizterm.protocol.bodies import CancellationBody, OrderBody, WishlistBody
from wizterm.server import deliveries
from wizterm.server.auth import Caller
from wizterm.server.intake.holding import rows_to_hold
from wizterm.server.intake.reading import Paper
from wizterm.server.store import ledger
from wizterm.server.store.engine import first_held, held
from wizterm.server.store.mirror import MIRROR, Assignment, column
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.people import Device, MoreCode, Rep
from wizterm.server.store.prepared import Rows, prepared
from wizterm.server.store.together import answers

LOOKED_UP_FOR = 90 * 24 * 3_600_000
"""Milliseconds after a restore: as long as devices offer again what they delivered."""


@dataclass(slots=True)
class Known:
    """A document the server has."""

    kind: str
    sha256: str
    rep: str
    sequence: int
    state: str


@dataclass(slots=True)
class Standing:
    caller: Caller
    rep_name: str
    """The caller's; empty where the office wrote none."""
    server: str
    epoch: str
    set_back_at: int
    """When the store was restored last; 0 where it never was."""
    codes: frozenset[str]
    """Installation codes that the caller's devices have or ever had."""
    documents: dict[str, dict[int, Known]]
    """By id and revision."""
    customers: dict[str, bool]
    """Customers the papers name that exist; whether they are the rep's today."""
    once_mine: set[str]
    """Those that are or were the rep's."""
    numbers: set[str]
    """Numbers of the papers that other documents bear already: a device that was copied or set back draws one twice."""

    def forgotten(self, receipt: str) -> bool:
        """Whether a receipt of this epoch was given before the store was restored."""
        return receipt not in {"", self.epoch}

    def may_be_booked(self, receipt: str, now: int) -> bool:
        """Whether the outside may have a document that is new here.

        It need not have been sent by this device: another copy of its disk may have sent it before the restore.
        """
        return self.forgotten(receipt) or abs(now - self.set_back_at) < LOOKED_UP_FOR

    def revisions(self, document: str) -> dict[int, Known]:
        return self.documents.setdefault(document, {})


def standing(caller: Caller, papers: Iterable[Paper]) -> Standing:
    """From here on no other batch of this rep is taken, and none of these documents is booked, until this one is."""
    papers = list(papers)
    ids = {paper.id for paper in papers} | {
        paper.body.of for paper in papers if isinstance(paper.body, CancellationBody)
    }
    named = {paper.body.customer.id for paper in papers if isinstance(paper.body, OrderBody | WishlistBody)}
    named |= {paper.id for paper in papers if paper.kind == "customer"}
    by_number = {paper.body.number: paper.id for paper in papers}
    reps, *_, assigned, codes, known, existing, bearing, identity = answers(
        _rep.of(caller.rep),
        *first_held(deliveries.keep_still(ids), *rows_to_hold(papers)),
        _assignments.of(caller.rep, list(named)),
        _codes_of.of(caller.rep),
        _by_id.of(list(ids)),
        _customers.of(list(named)),
        _bearing.of(list(by_number)),
        ledger.asked_for("server", "epoch", ledger.SET_BACK_AT),
    )
    mine = {customer: bool(active) for customer, active in assigned}
    facts: dict[str, str] = dict(identity)
    return Standing(
        caller=caller,
        rep_name=reps[0][0] if reps else "",
        server=facts["server"],
        epoch=facts["epoch"],
        set_back_at=int(facts.get(ledger.SET_BACK_AT, 0)),
        codes=frozenset(code for (code,) in codes),
        documents=_documents(known),
        customers={id_: mine.get(id_, False) for (id_,) in existing},
        once_mine=set(mine),
        numbers={number for number, id_ in bearing if by_number[number] != id_},
    )


def _documents(known: Rows) -> dict[str, dict[int, Known]]:
    found: dict[str, dict[int, Known]] = {}
    for id_, revision, *of_it in known:
        found.setdefault(id_, {})[revision] = Known(*of_it)
    return found


@prepared
def _rep(code: Any) -> Any:
    return held(Rep.select(Rep.name).where(Rep.code == code))


@prepared
def _codes_of(rep: Any) -> Any:
    more = MoreCode.select(MoreCode.code).join(Device, on=(Device.id == MoreCode.device)).where(Device.rep == rep)
    return Device.select(Device.code).where(Device.rep == rep) | more


@prepared
def _by_id(ids: Any) -> Any:
    fields = ("id", "revision", "kind", "sha256", "rep", "sequence", "state")
    wanted = TakenDocument.select(*(getattr(TakenDocument, name) for name in fields))
    return wanted.where(TakenDocument.id.in_(ids))


@prepared
def _assignments(rep: Any, customers: Any) -> Any:
    theirs = (Assignment.rep == rep) & Assignment.customer.in_(customers)
    return Assignment.select(Assignment.customer, Assignment.active).where(theirs)


@prepared
def _customers(ids: Any) -> Any:
    model, id_ = MIRROR["customers"], column("customers", "id")
    return model.select(id_).where(id_.in_(ids) & ~model.deleted)


@prepared
def _bearing(numbers: Any) -> Any:
    return TakenDocument.select(TakenDocument.number, TakenDocument.id).where(TakenDocument.number.in_(numbers))
