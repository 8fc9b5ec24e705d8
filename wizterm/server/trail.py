"""A document's way through the server, in the log: each line bears its id, from the device's call to the ERP's yes."""

from __future__ import annotations

import logging

from wizterm.connectors.base import NO_ADDRESS, Done, Later, Outcome, Refused, Unknown
from wizterm.protocol import documents
from wizterm.protocol.documents import Answers, Batch
from wizterm.server.auth import Caller
from wizterm.server.dispatch.claiming import Claim
from wizterm.server.dispatch.following import SetAside
from wizterm.server.tallies import REFUSALS, Tallies

_log = logging.getLogger("wizterm.documents")


def note_answers(tallies: Tallies, caller: Caller, batch: Batch, answers: Answers) -> None:
    """What each document of a batch was answered."""
    for envelope, answer in zip(batch.documents, answers.answers, strict=True):
        said = {"document": envelope.id, "revision": envelope.revision, "kind": envelope.kind}
        said |= {"sha256": envelope.sha256, "rep": caller.rep, "device": caller.device}
        match answer:
            case documents.Taken(sequence=sequence):
                _log.info("taken", extra={"facts": said | {"sequence": sequence}})
            case documents.Refused(code=code, words=words):
                tallies.add(REFUSALS, code)
                _log.warning("refused", extra={"facts": said | {"code": code, "words": words}})
            case documents.Later(seconds=seconds):
                _log.info("later", extra={"facts": said | {"seconds": seconds}})


def note_delivery(claimed: Claim, outcome: Outcome | SetAside) -> None:
    """What the outside answered, or that it did not."""
    document = claimed.document
    said: dict[str, object] = {"document": document.id, "revision": document.revision, "kind": document.kind}
    said |= {"number": document.number, "key": document.key, "target": claimed.target, "attempt": claimed.attempt}
    match outcome:
        case Done(external=external):
            _log.info("delivered", extra={"facts": said | {"external": external}})
        case Refused(words=words, code=code) if code == NO_ADDRESS:
            _log.info("nobody to write to", extra={"facts": said | {"words": words}})
        case Refused(words=words):
            _log.warning("refused outside", extra={"facts": said | {"words": words}})
        case Later(words=words):
            _log.info("delivery rests", extra={"facts": said | {"words": words}})
        case Unknown(words=words):
            _log.warning("delivery uncertain", extra={"facts": said | {"words": words}})
        case SetAside(state=state, words=words):
            _log.info("delivery set aside", extra={"facts": said | {"state": state, "words": words}})
