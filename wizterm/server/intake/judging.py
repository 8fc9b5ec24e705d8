"""The rules a paper passes before it is taken. Each looks at one thing and gives an answer, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from wizterm.domain.document import State
from wizterm.protocol.bodies import CancellationBody, OrderBody, WishlistBody
from wizterm.protocol.documents import Answer, Taken
from wizterm.server import deliveries
from wizterm.server.intake.reading import Paper, later, refused
from wizterm.server.intake.standing import Standing

SOON = 5.0
"""Seconds until what a paper waits for has probably come."""


def judge(paper: Paper, standing: Standing) -> Answer | None:
    """The first answer a rule gives; None where the paper is to be taken."""
    return next((answer for rule in _RULES if (answer := rule(paper, standing)) is not None), None)


def _known(paper: Paper, standing: Standing) -> Answer | None:
    known = standing.revisions(paper.id).get(paper.revision)
    if known is None or known.rep != standing.caller.rep:
        return None
    if known.sha256 == paper.envelope.sha256:
        return Taken(
            id=paper.id,
            revision=paper.revision,
            sha256=known.sha256,
            server=standing.server,
            epoch=standing.epoch,
            sequence=known.sequence,
        )
    words = "The server has this revision with other content: submit the change as a new revision."
    return refused(paper.envelope, "other_content", words, sha256=known.sha256)


def _attributed(paper: Paper, standing: Standing) -> Answer | None:
    caller = standing.caller
    if paper.body.rep != caller.rep:
        words = f"The document is {paper.body.rep[:20]}'s, the sign-in {caller.rep}'s: let its own rep send it."
        return refused(paper.envelope, "not_your_document", words, "rep")
    if paper.body.installation not in standing.codes:
        words = f"No device of yours bears the code {paper.body.installation[:20]!r}."
        return refused(paper.envelope, "not_your_device", words, "installation")
    others = standing.revisions(paper.id).values()
    if any(known.rep != caller.rep or known.kind != paper.kind for known in others):
        return refused(paper.envelope, "not_your_document", "Another document has this id already.", "id")
    return None


def _in_scope(paper: Paper, standing: Standing) -> Answer | None:
    if not isinstance(paper.body, OrderBody | WishlistBody):
        return None
    customer = paper.body.customer.id
    if customer in standing.once_mine:
        return None
    if customer not in standing.customers and _is_uuid(customer):
        return later(paper.envelope, SOON, "Its customer is new and has not come yet.")
    words = f"{paper.body.customer.name[:60]} is not among your customers: ask the office."
    return refused(paper.envelope, "not_your_customer", words, "customer.id")


def _unbooked(paper: Paper, standing: Standing) -> Answer | None:
    """A new revision cannot take the place of what the outside has, or may have."""
    for revision, known in standing.revisions(paper.id).items():
        if revision > paper.revision or known.state == State.SUPERSEDED:
            continue
        if known.state == State.CANCELLED:
            return refused(paper.envelope, "cancelled", "The document was cancelled: begin a new one.", "revision")
        if known.state == State.CONFIRMED or deliveries.booked(paper.id, revision):
            words = f"Revision {revision} is booked, or may be: begin a new document."
            return refused(paper.envelope, "already_booked", words, "revision")
    return None


def _takes_back_own(paper: Paper, standing: Standing) -> Answer | None:
    if not isinstance(paper.body, CancellationBody):
        return None
    revisions = standing.revisions(paper.body.of)
    if not revisions:
        return later(paper.envelope, SOON, "The document it cancels has not come yet.")
    if any(known.rep != standing.caller.rep for known in revisions.values()):
        return refused(paper.envelope, "not_your_document", "It cancels another rep's document.", "of")
    return None


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


_RULES: tuple[Callable[[Paper, Standing], Answer | None], ...] = (
    _known,
    _attributed,
    _in_scope,
    _unbooked,
    _takes_back_own,
)
