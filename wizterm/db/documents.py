"""Documents on the disk: submitting freezes one, and from then on only its state changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from peewee import Expression, SqliteDatabase, fn

from wizterm.db.device import set_setting, setting
from wizterm.db.document_states import DocumentStates
from wizterm.db.models import CartRow, Document, DocumentEvent, Outbox
from wizterm.domain.clock import milliseconds, moment
from wizterm.domain.document import UNSENT, DocumentId, Kind, State
from wizterm.domain.records import DocumentSummary, Event, Frozen, Ordered
from wizterm.protocol.documents import fingerprint

COUNTER = "document_counter"


class Documents:
    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database
        database.register_function(str.casefold, "folded", 1)

    def submit(self, freeze: Callable[[int], Frozen], *, closing_cart: str = "") -> Frozen:
        """Draw the next number, freeze the document, and write it with its outbox row: all of it or nothing.

        `freeze` is given the counter and builds the bytes; the cart it came from goes in the same transaction. A
        further revision keeps its number, and takes the place of the one that was refused.
        """
        with self._database.atomic():
            counter = int(setting(self._database, COUNTER, "0")) + 1
            frozen = freeze(counter)
            if frozen.document.revision == 1:
                set_setting(self._database, COUNTER, str(counter))
            else:
                self._supersede(frozen)
            self._write(frozen)
            if closing_cart:
                CartRow.delete().where(CartRow.id == closing_cart).execute(self._database)
        return frozen

    def page(
        self,
        *,
        attention: bool = False,
        states: frozenset[State] | None = None,
        kinds: frozenset[Kind] | None = None,
        text: str = "",
        after: DocumentSummary | None = None,
        limit: int = 200,
    ) -> list[DocumentSummary]:
        """The newest first, from behind `after` on; each word of `text` stands in number, customer or ERP number.

        `attention` leaves only what needs a person.
        """
        query = _summaries().limit(limit)
        if attention:
            query = query.where(_NEEDS_A_PERSON)
        if states is not None:
            query = query.where(Document.state.in_([str(state) for state in states]))
        if kinds is not None:
            query = query.where(Document.kind.in_([str(kind) for kind in kinds]))
        for word in text.split():
            query = query.where(_has(word))
        if after is not None:
            query = query.where(_older(after))
        return [_summary(row) for row in query.tuples().execute(self._database)]

    def summary(self, document: DocumentId) -> DocumentSummary | None:
        query = _summaries().where(_is(document))
        return next((_summary(row) for row in query.tuples().execute(self._database)), None)

    def named(self, wanted: str) -> DocumentSummary | None:
        """The latest revision of the document with this number or id."""
        query = _summaries().where((Document.id == wanted) | (Document.number == wanted)).limit(1)
        return next((_summary(row) for row in query.tuples().execute(self._database)), None)

    def numbered(self, number: str) -> list[DocumentSummary]:
        """Documents with this number, ours or the ERP's, the newest revision first."""
        query = _summaries().where((Document.number == number) | ((Document.external == number) & (number != "")))
        return [_summary(row) for row in query.tuples().execute(self._database)]

    def counts(self) -> dict[State, int]:
        rows = self._database.execute_sql("SELECT state, count(*) FROM document GROUP BY state").fetchall()
        return {State(state): count for state, count in rows}

    def oldest(self, states: frozenset[State]) -> datetime | None:
        """When the document that is longest in one of these states was submitted; None where there is none."""
        wanted = Document.state.in_([str(state) for state in states])
        rows = Document.select(fn.MIN(Document.submitted_at)).where(wanted).tuples().execute(self._database)
        return next((moment(at) for (at,) in rows if at is not None), None)

    def attention(self) -> int:
        """How many need a person: refused, or failing by themselves for long."""
        refused = Document.select().where(Document.state == str(State.REFUSED)).count(self._database)
        return int(refused) + int(Outbox.select().where(Outbox.listed == 1).count(self._database))

    def body(self, document: DocumentId) -> tuple[Kind, str] | None:
        """The kind and the frozen bytes."""
        row = Document.select(Document.kind, Document.body).where(_is(document)).tuples().first(self._database)
        return None if row is None else (Kind(row[0]), str(row[1]))

    def history(self, document: DocumentId) -> list[Event]:
        query = (
            DocumentEvent.select(DocumentEvent.state, DocumentEvent.at, DocumentEvent.words)
            .where((DocumentEvent.id == document.id) & (DocumentEvent.revision == document.revision))
            .order_by(DocumentEvent.position)
        )
        return [Event(State(state), moment(at), words) for state, at, words in query.tuples().execute(self._database)]

    def bodies_of(self, kind: Kind) -> list[str]:
        """Frozen bytes of all documents of a kind that were not taken back, oldest first."""
        gone = (str(State.CANCELLED), str(State.SUPERSEDED))
        query = (
            Document.select(Document.body)
            .where((Document.kind == str(kind)) & Document.state.not_in(gone))
            .order_by(Document.submitted_at)
        )
        return [body for (body,) in query.tuples().execute(self._database)]

    def newer_than_the_catalogue(self, kind: Kind, customer: str, pulled_from: datetime | None) -> list[str]:
        """Frozen bytes about the customer that a pull begun at that moment did not bring back; oldest first."""
        gone = (str(State.CANCELLED), str(State.REFUSED), str(State.SUPERSEDED))
        query = Document.select(Document.body).where(
            (Document.customer == customer) & (Document.kind == str(kind)) & Document.state.not_in(gone)
        )
        if pulled_from is not None:
            begun = milliseconds(pulled_from)
            query = query.where(Document.delivered_at.is_null() | (Document.delivered_at >= begun))
        ordered = query.order_by(Document.submitted_at, Document.id)
        return [body for (body,) in ordered.tuples().execute(self._database)]

    def orders_of(self, customer: str) -> list[Ordered]:
        """Orders and quotes of the customer, oldest first; a later revision comes behind an earlier one."""
        named = (Document.id, Document.revision, Document.kind, Document.number, Document.external)
        kinds = (str(Kind.ORDER), str(Kind.QUOTE))
        query = (
            Document.select(*named, Document.state, Document.total)
            .where((Document.customer == customer) & Document.kind.in_(kinds))
            .order_by(Document.submitted_at, Document.id, Document.revision)
        )
        return [
            Ordered(DocumentId(id_, revision), Kind(kind), number, external, State(state), Decimal(total))
            for id_, revision, kind, number, external, state, total in query.tuples().execute(self._database)
        ]

    def newest_revision(self, document_id: str) -> int:
        """Zero where there is no such document."""
        return int(
            Document.select(fn.MAX(Document.revision)).where(Document.id == document_id).scalar(self._database) or 0
        )

    def cancelling(self, document_id: str) -> bool:
        """Whether a cancellation of this document is on its way, or was taken."""
        said = fn.json_extract(Document.body, "$.of") == document_id
        gone = (str(State.CANCELLED), str(State.REFUSED), str(State.SUPERSEDED))
        query = Document.select().where((Document.kind == str(Kind.CANCELLATION)) & said & Document.state.not_in(gone))
        return bool(query.count(self._database))

    def unsent(self, document_id: str) -> bool:
        """Whether the company has no receipt yet for any revision of this document."""
        return bool(Outbox.select().where(Outbox.id == document_id).count(self._database))

    def _supersede(self, frozen: Frozen) -> None:
        """What was refused is done with; what the company has goes when it takes this one."""
        before = DocumentId(frozen.document.id, frozen.document.revision - 1)
        states = DocumentStates(self._database)
        if states.of(before) is State.REFUSED:
            states.change(before, State.SUPERSEDED, milliseconds(frozen.submitted_at))

    def _write(self, frozen: Frozen) -> None:
        at = milliseconds(frozen.submitted_at)
        named = {"id": frozen.document.id, "revision": frozen.document.revision}
        Document.insert(
            **named,
            kind=str(frozen.kind),
            number=frozen.number,
            customer=frozen.customer,
            customer_name=frozen.customer_name,
            currency=frozen.currency,
            total=frozen.total,
            body=frozen.body,
            sha256=fingerprint(frozen.body),
            submitted_at=at,
            state=str(State.QUEUED),
        ).execute(self._database)
        Outbox.insert(**named, after=frozen.after).execute(self._database)
        DocumentEvent.insert(**named, state=str(State.QUEUED), at=at).execute(self._database)


_SUMMARY = (
    Document.id,
    Document.revision,
    Document.kind,
    Document.state,
    Document.number,
    Document.customer_name,
    Document.currency,
    Document.total,
    Document.submitted_at,
    Document.external,
    Document.words,
)


_NEEDS_A_PERSON = Document.state.in_([str(state) for state in (State.REFUSED, *UNSENT)]) & (
    (Document.state == str(State.REFUSED)) | (Outbox.listed == 1)
)


def _summaries() -> Any:
    return (
        Document.select(*_SUMMARY, Outbox.why, Outbox.held, Outbox.listed)
        .join(Outbox, "LEFT JOIN", on=(Outbox.id == Document.id) & (Outbox.revision == Document.revision))
        .order_by(Document.submitted_at.desc(), Document.id.desc(), Document.revision.desc())
    )


def _summary(row: tuple[object, ...]) -> DocumentSummary:
    document_id, revision, kind, state, number, customer, currency, total, at, external, words, why, held, listed = row
    return DocumentSummary(
        document=DocumentId(str(document_id), int(str(revision))),
        kind=Kind(str(kind)),
        state=State(str(state)),
        number=str(number),
        customer_name=str(customer),
        currency=str(currency),
        total=str(total),
        submitted_at=moment(int(str(at))),
        external=str(external),
        words=str(words or why or ""),
        held=bool(held),
        listed=bool(listed),
    )


def _has(word: str) -> Expression:
    """Whether it says the word anywhere, however it is capitalised; no character stands for others."""
    said = fn.folded(Document.number.concat(" ").concat(Document.customer_name).concat(" ").concat(Document.external))
    return fn.instr(said, word.casefold()) > 0


def _older(than: DocumentSummary) -> Expression:
    at = milliseconds(than.submitted_at)
    return (Document.submitted_at < at) | (
        (Document.submitted_at == at)
        & (
            (Document.id < than.document.id)
            | ((Document.id == than.document.id) & (Document.revision < than.document.revision))
        )
    )


def _is(document: DocumentId) -> object:
    return (Document.id == document.id) & (Document.revision == document.revision)
