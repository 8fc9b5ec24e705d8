"""What stands in the store that a batch can touch: read at once, kept up to date while the batch is taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wizterm.protocol.bodies import CancellationBody, OrderBody, WishlistBody
from wizterm.server import deliveries
from wizterm.server.auth import Caller
from wizterm.server.intake.holding import hold_rows
from wizterm.server.intake.reading import Paper
from wizterm.server.store import ledger
from wizterm.server.store.engine import hold
from wizterm.server.store.mirror import MIRROR, Assignment, column
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.people import Device, MoreCode, Rep
from wizterm.server.store.prepared import prepared


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
    server: str
    epoch: str
    codes: frozenset[str]
    """Installation codes of the caller's devices."""
    documents: dict[str, dict[int, Known]]
    """By id and revision."""
    customers: dict[str, bool]
    """Customers the papers name that exist; whether they are the rep's today."""
    once_mine: set[str]
    """Those that are or were the rep's."""
    numbers: set[str]
    """Numbers of the papers that other documents bear already."""

    def forgotten(self, receipt: str) -> bool:
        """Whether a receipt of this epoch was given before the store was restored."""
        return receipt not in {"", self.epoch}

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
    hold(Rep.select(Rep.code).where(Rep.code == caller.rep))
    deliveries.keep_still(ids)
    hold_rows(papers)
    mine = dict(_assigned(caller.rep, named))
    identity = ledger.facts("server", "epoch")
    return Standing(
        caller=caller,
        server=identity["server"],
        epoch=identity["epoch"],
        codes=_codes(caller.rep),
        documents=_documents(ids),
        customers={row[0]: bool(mine.get(row[0])) for row in _existing(named)},
        once_mine=set(mine),
        numbers=_numbers(papers),
    )


def _codes(rep: str) -> frozenset[str]:
    """All that the rep's devices ever had."""
    return frozenset(code for (code,) in _codes_of(rep))


def _documents(ids: set[str]) -> dict[str, dict[int, Known]]:
    found: dict[str, dict[int, Known]] = {}
    for id_, revision, *known in _by_id(list(ids)):
        found.setdefault(id_, {})[revision] = Known(*known)
    return found


def _assigned(rep: str, customers: set[str]) -> list[tuple[str, bool]]:
    return [(customer, bool(active)) for customer, active in _assignments(rep, list(customers))]


def _existing(customers: set[str]) -> list[tuple[str]]:
    return [(id_,) for (id_,) in _customers(list(customers))]


def _numbers(papers: list[Paper]) -> set[str]:
    """Numbers borne by other documents: a device that was copied or set back draws a number twice."""
    by_number = {paper.body.number: paper.id for paper in papers}
    return {number for number, id_ in _bearing(list(by_number)) if by_number[number] != id_}


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
