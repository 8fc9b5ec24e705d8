"""A document's way out, in the log: each line bears its id, which is the server's and the ERP's too."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from wizterm.domain.document import DocumentId
from wizterm.protocol.documents import Answer, Envelope, Later, Refused, Taken

_log = logging.getLogger("wizterm.documents")


def note_answers(batch: Sequence[Envelope], answers: Mapping[DocumentId, Answer]) -> None:
    """What the server said of each."""
    for envelope in batch:
        said = _named(envelope)
        match answers.get(DocumentId(envelope.id, envelope.revision)):
            case Taken(sequence=sequence, server=server):
                _log.info("sent", extra={"facts": said | {"sequence": sequence, "server": server}})
            case Refused(code=code, words=words):
                _log.info("refused", extra={"facts": said | {"code": code, "words": words}})
            case Later(seconds=seconds, words=words):
                _log.info("later", extra={"facts": said | {"seconds": seconds, "words": words}})
            case None:
                _log.info("not answered", extra={"facts": said})


def note_failure(batch: Sequence[Envelope], trouble: str, words: str) -> None:
    """Nobody said anything of these."""
    for envelope in batch:
        _log.info("not heard", extra={"facts": _named(envelope) | {"trouble": trouble, "words": words}})


def _named(envelope: Envelope) -> dict[str, object]:
    return {
        "document": envelope.id,
        "revision": envelope.revision,
        "kind": envelope.kind,
        "sha256": envelope.sha256,
    }
