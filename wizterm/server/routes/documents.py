"""Documents up, and what became of them down."""

from __future__ import annotations

from litestar import get, post
from litestar.params import FromQuery, JSONBody

from wizterm.protocol import changes, documents
from wizterm.protocol.changes import DocumentChanges
from wizterm.protocol.documents import Answers, Batch
from wizterm.server.routes.asking import AnyRequest, problems, protocol, token


@post(documents.PATH, status_code=200, sync_to_thread=True, responses=problems(413))
def post_documents(request: AnyRequest, data: JSONBody[Batch]) -> Answers:
    """Take a batch of documents, each exactly once."""
    return protocol(request).post_documents(token(request), data)


@get(changes.PATH, sync_to_thread=True, responses=problems(410))
def document_changes(
    request: AnyRequest,
    cursor: FromQuery[str] = "",
    contact: FromQuery[str] = "",
    unsent: FromQuery[int] = changes.NOT_SAID,
) -> DocumentChanges:
    """What became of the rep's documents since the cursor, and the next contact."""
    return protocol(request).document_changes(token(request), cursor, contact, unsent)
