"""One round: everything that may go, goes, batch after batch, until nothing is left or a trouble ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from wizterm.db.device import DeviceFileError
from wizterm.db.outbox import LONGEST_REST, Apart
from wizterm.domain.document import DocumentId, WrongMoveError
from wizterm.protocol.documents import MOST_DOCUMENTS, Answer, Answers, Batch, Envelope, Later, Refused, Taken
from wizterm.protocol.faults import NotOurServerError, UnreachableError
from wizterm.protocol.problem import ProblemError
from wizterm.queue.outcomes import RULES, Fault, Then, Trouble, long_rest, may_have_arrived, patience, trouble
from wizterm.queue.sendable import Sendable
from wizterm.queue.trail import note_answers, note_failure

Post = Callable[[Batch], Answers]
"""Sends a batch, signed in; raises the protocol's problem or fault."""

MOST_ALONE: Final = 3
"""Documents in a row that fail by themselves: then it is the server, and the round ends."""
SHORTEST_LATER: Final = 1.0
LONGEST_LATER: Final = LONGEST_REST.total_seconds()


@dataclass(slots=True)
class Tally:
    """What a round came to."""

    delivered: int = 0
    refused: int = 0
    stopped_by: Trouble | None = None
    words: str = ""
    told_to_rest: float | None = None
    """Seconds, where the other end named them."""


class Round:
    """Run it once, by whoever holds the sender's lock."""

    def __init__(
        self, outbox: Sendable, post: Post, server: str, *, go_on: Callable[[], bool], told: Callable[[Tally], None]
    ) -> None:
        self._outbox = outbox
        self._post = post
        self._server = server
        self._go_on = go_on
        self._told = told
        self._tally = Tally()
        self._most = MOST_DOCUMENTS
        self._alone: list[DocumentId] = []
        """Those that failed by themselves since anything was answered."""

    def run(self) -> Tally:
        try:
            while self._tally.stopped_by is None and self._go_on() and (batch := self._outbox.waiting(self._most)):
                self._told(self._tally)
                self._send(batch)
        except DeviceFileError as error:
            self._stop(Trouble.OUR_DISK, str(error))
        return self._tally

    def _send(self, batch: Sequence[Envelope]) -> None:
        self._outbox.begin(batch)
        try:
            answers = self._post(Batch(documents=tuple(batch)))
        except (UnreachableError, NotOurServerError, ProblemError) as error:
            self._failed(batch, error)
            return
        self._settle(batch, answers)
        self._most = min(MOST_DOCUMENTS, self._most * 2)
        self._alone.clear()

    def _settle(self, batch: Sequence[Envelope], answers: Answers) -> None:
        """Each document by its own answer; those without one of their own go again."""
        by_document = {DocumentId(answer.id, answer.revision): answer for answer in answers.answers}
        note_answers(batch, by_document)
        sent = {DocumentId(envelope.id, envelope.revision): envelope for envelope in batch}
        heard = self._deliver(by_document[document] for document in sent.keys() & by_document.keys())
        unheard = [
            envelope
            for document, envelope in sent.items()
            if document not in heard and not self._heard(by_document.get(document))
        ]
        if unheard:
            self._outbox.put_back(unheard, RULES[Trouble.NOT_OURS].words)
            self._stop(Trouble.NOT_OURS)

    def _deliver(self, answers: Iterable[Answer]) -> set[DocumentId]:
        """All receipts at once: a transaction for each costs a sync of the disk for each."""
        delivered = self._outbox.deliver([each for each in answers if isinstance(each, Taken)], self._server)
        self._tally.delivered += len(delivered)
        return delivered

    def _heard(self, answer: Answer | None) -> bool:
        """Whether the answer, which is no receipt that counts, could be taken at its word."""
        try:
            match answer:
                case Refused():
                    self._outbox.refuse(answer)
                    self._tally.refused += 1
                case Later():
                    seconds = min(max(answer.seconds, SHORTEST_LATER), LONGEST_LATER)
                    document = DocumentId(answer.id, answer.revision)
                    self._outbox.postpone(document, answer.words, timedelta(seconds=seconds))
                case _:
                    return False
        except WrongMoveError:
            return False
        return True

    def _failed(self, batch: Sequence[Envelope], error: Fault) -> None:
        kind = trouble(error)
        note_failure(batch, kind.name, str(error))
        rule = RULES[kind]
        if rule.stops:
            self._outbox.put_back(batch, rule.words, may_be_there=may_have_arrived(error))
            self._stop(kind, str(error), patience(error))
        elif len(batch) > 1:
            self._outbox.put_back(batch, may_be_there=may_have_arrived(error))
            self._most = len(batch) // 2
        else:
            self._failed_alone(batch[0], kind, str(error))

    def _failed_alone(self, envelope: Envelope, kind: Trouble, words: str) -> None:
        document = DocumentId(envelope.id, envelope.revision)
        if RULES[kind].then is Then.REFUSE and not self._outbox.may_be_there(document):
            self._outbox.refuse(Refused(id=document.id, revision=document.revision, code=kind.name, words=words))
            self._tally.refused += 1
            return
        rest = timedelta(seconds=long_rest(self._outbox.attempts(document)))
        rule = RULES[kind]
        self._outbox.set_apart(document, Apart(kind.name, f"{rule.words} {words}", rule.keep_back), rest)
        self._alone.append(document)
        if len(self._alone) >= MOST_ALONE:
            self._outbox.absolve(self._alone)
            self._stop(kind, words)

    def _stop(self, kind: Trouble, words: str = "", rest: float | None = None) -> None:
        self._tally.stopped_by = kind
        self._tally.words = words or RULES[kind].words
        self._tally.told_to_rest = rest
