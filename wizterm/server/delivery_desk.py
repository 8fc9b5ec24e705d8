"""Deliveries as the office looks after them: which stand, why, and what a person has decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizterm.connectors.base import NO_ADDRESS, UNKNOWN_ITEM
from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.domain.document import State
from wizterm.domain.ids import NewId
from wizterm.domain.nearest import did_you_mean
from wizterm.server import deliveries
from wizterm.server.deciding import Deciding, Decision, Role
from wizterm.server.deliveries import ERP, MAILS, OPEN, DeliveryState
from wizterm.server.mappings import MapKind, Mappings
from wizterm.server.office_error import OfficeError
from wizterm.server.ordered import named_at, named_in
from wizterm.server.refusing import refuse
from wizterm.server.states import Move, States
from wizterm.server.store.base import rows
from wizterm.server.store.engine import first_held
from wizterm.server.store.paperwork import Delivery, DocumentEvent, TakenDocument
from wizterm.server.store.store import Store
from wizterm.server.store.together import answers
from wizterm.server.store.writing import Writing

MOST = 200
HELD = "held"
"""What a list can be asked for besides the states."""
UNSETTLED = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN)
HOLDABLE = (DeliveryState.AWAITING, *UNSETTLED)
NOT_THROUGH = OPEN - {DeliveryState.AWAITING}
"""What awaits the ERP's yes to its document is listed with that document, and needs nobody. Nor does a mail that has
nobody to go to."""
_SAID_DONE = {
    DeliveryState.DONE: "the outside has it",
    DeliveryState.DROPPED: "its document was replaced or cancelled",
}


class DeliveryError(OfficeError):
    """That cannot be done with the delivery; the message says why and what can."""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery as a list shows it."""

    document: str
    revision: int
    number: str
    kind: str
    rep: str
    target: str
    state: str
    held: bool
    attempts: int
    taken_at: datetime
    next_try: datetime
    words: str
    code: str
    """`unknown_item` or `unknown_customer` where the office can map it, and go on."""
    unknown: str
    """Our item or fee that the ERP did not know."""
    waits_for: str
    """Number of the document that must be delivered first."""


class DeliveryDesk:
    def __init__(self, store: Store, by: Deciding, *, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._by = by
        self._clock = clock
        self._states = States(new_id)

    def all(self, state: str = "", *, most: int = MOST) -> tuple[DeliveryRow, ...]:
        """In the order they were taken; without a state those under way and those that need somebody."""
        with self._store.reading():
            return tuple(_row(*each) for each in _joined(_shown(state)).order_by(Delivery.rank).limit(most).tuples())

    def of(self, document: str) -> DeliveryRow | None:
        """The one of the document's newest revision that somebody can do something about: the ERP's before a mail."""
        with self._store.reading():
            same = (Delivery.document == document) & Delivery.state.in_(list(NOT_THROUGH))
            found = rows(_joined(same).order_by(Delivery.revision.desc(), Delivery.target).limit(1))
            return _row(*found[0]) if found else None

    def one(self, wanted: str, target: str = ERP) -> DeliveryRow:
        """As it stands, where something is left to decide about it. Raises `DeliveryError`."""
        with self._store.reading():
            return self._row(wanted, target)

    def retry(self, wanted: str, target: str = ERP) -> DeliveryRow:
        """Due at once. What was tried before is looked up outside before it is sent again; a mail goes as it did."""
        with self._by.decide(Role.CLERK, "retried") as decision:
            row = self._still(decision, wanted, target)
            if row.state == DeliveryState.SENDING:
                raise DeliveryError(f"{row.number} is with the outside just now: wait for its answer.")
            if row.state == DeliveryState.WAITING and row.waits_for:
                raise DeliveryError(f"{row.number} waits for {row.waits_for}: retry that one first.")
            if row.state == DeliveryState.AWAITING:
                raise DeliveryError(f"This mail about {row.number} awaits the ERP's yes: retry the delivery there.")
            sure = (
                row.target in MAILS or row.state in {DeliveryState.WAITING, DeliveryState.REFUSED} or not row.attempts
            )
            state = DeliveryState.WAITING if sure else DeliveryState.UNKNOWN
            return self._changed(row, state=state, next_try=self._now(), held=False)

    def hold(self, wanted: str, target: str = ERP) -> DeliveryRow:
        """Not tried until it is released; what waits for it waits on."""
        with self._by.decide(Role.CLERK, "held") as decision:
            row = self._still(decision, wanted, target)
            if row.held or row.state not in HOLDABLE:
                raise DeliveryError(
                    f"{row.number} is {'held' if row.held else row.state} already: nothing was changed."
                )
            return self._changed(row, held=True)

    def release(self, wanted: str, target: str = ERP) -> DeliveryRow:
        with self._by.decide(Role.CLERK, "released") as decision:
            row = self._still(decision, wanted, target)
            if not row.held:
                raise DeliveryError(f"{row.number} is not held: nothing was changed.")
            return self._changed(row, held=False, next_try=self._now())

    def give_up(self, wanted: str, reason: str, target: str = ERP) -> DeliveryRow:
        """Tried no more. The rep reads the reason as a refusal, and can mend the document and submit it again."""
        if not reason.strip():
            raise DeliveryError("Give the reason: the rep reads it.")
        with self._by.decide(Role.CLERK, "gave up", words=reason.strip()) as decision:
            row = self._still(decision, wanted, target)
            if row.state in {DeliveryState.SENDING, DeliveryState.GIVEN_UP}:
                said = "is with the outside just now" if row.state == DeliveryState.SENDING else "was given up already"
                raise DeliveryError(f"{row.number} {said}: nothing was changed.")
            given_up = self._changed(row, state=DeliveryState.GIVEN_UP, words=reason.strip(), held=False)
            self._tell_rep(decision.writing, row, reason.strip())
            return given_up

    def map_item(self, wanted: str, ours: str, theirs: str) -> DeliveryRow:
        """The ERP calls this item or fee of the document otherwise; then it is tried again."""
        with self._store.reading():
            row = self._row(wanted, ERP)
            names = named_in(row.kind, TakenDocument.get(_same(row)).body)
        if ours not in names:
            raise DeliveryError(f"{row.number} has no item or fee {ours[:40]!r}.{did_you_mean(ours, names)}")
        return self._map(row, MapKind.ITEM, ours, theirs)

    def map_customer(self, wanted: str, theirs: str) -> DeliveryRow:
        """The ERP calls the document's customer otherwise; then it is tried again."""
        with self._store.reading():
            row = self._row(wanted, ERP)
            customer = TakenDocument.get(_same(row)).customer
        if not customer:
            raise DeliveryError(f"{row.number} is a {row.kind} and has no customer to map.")
        return self._map(row, MapKind.CUSTOMER, customer, theirs)

    def _map(self, row: DeliveryRow, kind: MapKind, ours: str, theirs: str) -> DeliveryRow:
        Mappings(self._store, self._by).put(kind, ours, theirs)
        return self.retry(row.document, row.target)

    def _tell_rep(self, writing: Writing, row: DeliveryRow, reason: str) -> None:
        """Where the ERP has refused it, the rep has read that already: then it stands in the history alone."""
        document = TakenDocument.get(_same(row))
        if row.target == ERP and document.state == State.DELIVERED:
            refuse(writing, self._states, document, Move(State.REFUSED, words=reason), self._now())
        else:
            event = self._states.event(row.document, row.revision, State(document.state), _given_up(row, reason))
            DocumentEvent.create(**event, seq=writing.number, at=self._now())

    def _still(self, decision: Decision, wanted: str, target: str) -> DeliveryRow:
        """What is decided about, as it stands now and until the transaction has ended, whatever a worker is about."""
        answers(*first_held(deliveries.keep_still([self._row(wanted, target).document])))
        row = self._row(wanted, target)
        decision.about = row.number
        decision.words = ": ".join(part for part in (_which(target), decision.words) if part)
        return row

    def _row(self, wanted: str, target: str) -> DeliveryRow:
        """The delivery of the newest revision of the document with this number or id, where it is not through."""
        named = (TakenDocument.id == wanted) | (TakenDocument.number == wanted)
        query = _joined(named & (Delivery.target == target)).order_by(Delivery.revision.desc()).limit(1)
        found = rows(query)
        if not found:
            known = [row[0] for row in rows(_joined(_shown("")).limit(MOST).select(TakenDocument.number))]
            hint = did_you_mean(wanted, known)
            raise DeliveryError(
                f"There is no delivery of {wanted[:40]!r} to {target}: `admin deliveries list` shows them.{hint}"
            )
        row = _row(*found[0])
        if (said := _SAID_DONE.get(DeliveryState(row.state))) is not None:
            raise DeliveryError(f"{row.number} is {row.state}: {said}, and nothing is left to do.")
        return row

    def _changed(self, row: DeliveryRow, **values: Any) -> DeliveryRow:
        this = (Delivery.document == row.document) & (Delivery.revision == row.revision)
        this &= Delivery.target == row.target
        Delivery.update(values).where(this).execute()
        return _row(*rows(_joined(this))[0])

    def _now(self) -> int:
        return milliseconds(self._clock.now())


def _which(target: str) -> str:
    """The mail to the rep; empty for the ERP's."""
    return f"the mail to the {target.removeprefix('mail-')}" if target in MAILS else ""


def _given_up(row: DeliveryRow, reason: str) -> str:
    return " ".join(part for part in (_which(row.target), f"given up: {reason}") if part)


def _shown(state: str) -> Any:
    if state == HELD:
        return Delivery.held & Delivery.state.in_(list(HOLDABLE))
    if state:
        return Delivery.state == state
    to_nobody = (Delivery.state == DeliveryState.GIVEN_UP) & (Delivery.code == NO_ADDRESS)
    return Delivery.state.in_(list(NOT_THROUGH)) & ~to_nobody


def _same(row: DeliveryRow) -> Any:
    return (TakenDocument.id == row.document) & (TakenDocument.revision == row.revision)


def _joined(which: Any) -> Any:
    same = (TakenDocument.id == Delivery.document) & (TakenDocument.revision == Delivery.revision)
    return (
        Delivery.select(
            Delivery.document,
            Delivery.revision,
            TakenDocument.number,
            TakenDocument.kind,
            TakenDocument.rep,
            Delivery.target,
            Delivery.state,
            Delivery.held,
            Delivery.attempts,
            TakenDocument.taken_at,
            Delivery.next_try,
            Delivery.words,
            Delivery.code,
            Delivery.after,
        )
        .join(TakenDocument, on=same)
        .where(which)
    )


def _row(*values: Any) -> DeliveryRow:
    document, revision, number, kind, rep, target, state, held, attempts, taken_at, next_try, words, code, after = (
        values
    )
    return DeliveryRow(
        document=document,
        revision=revision,
        number=number,
        kind=kind,
        rep=rep,
        target=target,
        state=state,
        held=bool(held),
        attempts=attempts,
        taken_at=moment(taken_at),
        next_try=moment(next_try),
        words=words,
        code=code,
        unknown=_unknown(code, document, revision),
        waits_for=waited_for(after, target),
    )


def _unknown(code: str, document: str, revision: int) -> str:
    if code != UNKNOWN_ITEM:
        return ""
    taken = TakenDocument.get((TakenDocument.id == document) & (TakenDocument.revision == revision))
    return named_at(taken.kind, taken.body, taken.field)


def waited_for(after: str, target: str) -> str:
    """Number of the document whose delivery must be done first; empty where nothing is in the way."""
    if not after:
        return ""
    same = (TakenDocument.id == Delivery.document) & (TakenDocument.revision == Delivery.revision)
    blocking = (Delivery.document == after) & (Delivery.target == target) & Delivery.state.in_(list(OPEN))
    found = rows(Delivery.select(TakenDocument.number).join(TakenDocument, on=same).where(blocking).limit(1))
    return found[0][0] if found else ""
