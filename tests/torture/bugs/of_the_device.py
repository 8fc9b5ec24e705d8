"""What could be wrong on the device: each a small change of the shipped code, in force while its block lasts."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from unittest.mock import patch

from msgspec.structs import replace

from wizterm.db import outbox as outbox_module
from wizterm.db.device import DeviceDatabase, open_device
from wizterm.db.document_feed import DocumentFeed
from wizterm.db.document_states import DocumentStates
from wizterm.db.documents import Documents
from wizterm.db.handovers import Handovers
from wizterm.db.locks import FolderLock
from wizterm.db.models import CartRow, Document, DocumentEvent, HandoverRow
from wizterm.db.models import Outbox as Row
from wizterm.db.outbox import Outbox
from wizterm.db.replay import Replay
from wizterm.domain.document import DocumentId, State
from wizterm.protocol.backoff import Backoff
from wizterm.protocol.documents import Answers, Taken, fingerprint
from wizterm.protocol.faults import NotOurServerError
from wizterm.queue.outcomes import RULES, Trouble
from wizterm.queue.round import Round
from wizterm.services.door import Door
from wizterm.sync.client import HttpClient

Bug = AbstractContextManager[object]


def a_page_is_a_receipt() -> Bug:
    def post(client, token, batch, post=HttpClient.post_documents):
        try:
            return post(client, token, batch)
        except NotOurServerError:
            return Answers(answers=tuple(_forged(envelope) for envelope in batch.documents))

    def deliver(outbox, receipts, server, deliver=Outbox.deliver):
        return deliver(outbox, [replace(receipt, server=server) for receipt in receipts], server)

    return _both(patch.object(HttpClient, "post_documents", post), patch.object(Outbox, "deliver", deliver))


def a_401_deletes() -> Bug:
    def put_back(outbox, batch, why="", *, may_be_there=True, put_back=Outbox.put_back):
        if why in {RULES[Trouble.IDENTITY].words, RULES[Trouble.NOT_OURS].words}:
            for envelope in batch:
                _forget(outbox._database, envelope.id)
        else:
            put_back(outbox, batch, why, may_be_there=may_be_there)

    return patch.object(Outbox, "put_back", put_back)


def gives_up_after_two_tries() -> Bug:
    def put_back(outbox, batch, why="", *, may_be_there=True, put_back=Outbox.put_back):
        tired = [each for each in batch if outbox.attempts(DocumentId(each.id, each.revision)) > 1]
        put_back(outbox, batch, why, may_be_there=may_be_there)
        for envelope in tired:
            Row.delete().where(Row.id == envelope.id).execute(outbox._database)

    return patch.object(Outbox, "put_back", put_back)


def keeps_the_newest_two() -> Bug:
    def submit(documents, freeze, *, closing_cart="", submit=Documents.submit):
        frozen = submit(documents, freeze, closing_cart=closing_cart)
        rows = Row.select(Row.id).order_by(Row.position.desc()).tuples().execute(documents._database)
        for (document,) in list(rows)[2:]:
            _forget(documents._database, document)
        return frozen

    return patch.object(Documents, "submit", submit)


def builds_the_bytes_again() -> Bug:
    def waiting(outbox, *most, waiting=Outbox.waiting):
        bodies = [(each, each.body.replace('"version":1', '"version": 1')) for each in waiting(outbox, *most)]
        return [replace(each, body=body, sha256=fingerprint(body)) for each, body in bodies]

    return patch.object(Outbox, "waiting", waiting)


def does_not_take_up_what_was_on_its_way() -> Bug:
    return patch.object(Outbox, "recover", lambda _: 0)


def submits_in_two_transactions() -> Bug:
    return patch.object(DeviceDatabase, "atomic", lambda *_: nullcontext())


def pairs_answers_by_their_place() -> Bug:
    def settle(round_, batch, answers, settle=Round._settle):
        pairs = zip(batch, answers.answers, strict=False)
        settle(round_, batch, Answers(answers=tuple(_forged(envelope, round_._server) for envelope, _ in pairs)))

    return patch.object(Round, "_settle", settle)


def forgets_a_word_that_came_before_its_receipt() -> Bug:
    return patch.object(DocumentFeed, "_keep", lambda *_: None)


def withdraws_what_may_have_arrived() -> Bug:
    return patch.object(Outbox, "may_be_there", lambda *_: False)


def takes_a_refusal_for_a_yes() -> Bug:
    def follow(states, said, at, follow=DocumentStates.follow):
        follow(states, replace(said, state=State.CONFIRMED) if said.state == State.REFUSED else said, at)

    return patch.object(DocumentStates, "follow", follow)


def numbers_begin_anew() -> Bug:
    return patch("wizterm.db.documents.setting", lambda *_: "0")


def rests_by_a_clock_that_was_ahead() -> Bug:
    return patch.object(outbox_module, "_rests", lambda now: Row.next_try_at > now)


def lets_two_send() -> Bug:
    return patch.object(FolderLock, "acquire", lambda _: True)


def ignores_the_epoch() -> Bug:
    return patch.object(Replay, "notice", lambda *_: 0)


def keeps_a_cart_that_it_handed_over() -> Bug:
    return patch.object(Handovers, "_turn", lambda *_: None)


def drops_a_cart_that_it_handed_over() -> Bug:
    def begin(handovers, handover, label, body, begin=Handovers.begin):
        begin(handovers, handover, label, body)
        CartRow.delete().where(CartRow.id == label.cart).execute(handovers._database)

    def trying(handovers, handover):
        HandoverRow.delete().where(HandoverRow.id == handover).execute(handovers._database)

    return _both(patch.object(Handovers, "begin", begin), patch.object(Handovers, "trying", trying))


def signing_out_empties_the_queue() -> Bug:
    def lock(door, folder, lock=Door.lock):
        lock(door, folder)
        database = open_device(folder)
        Row.delete().execute(database)
        database.close()

    return patch.object(Door, "lock", lock)


def rests_without_jitter() -> Bug:
    def rest(backoff):
        backoff._failures += 1
        return min(backoff.longest, backoff.first * 2.0 ** (backoff._failures - 1))

    return patch.object(Backoff, "next", rest)


def _forged(envelope, server=""):
    named = {"id": envelope.id, "revision": envelope.revision, "sha256": envelope.sha256}
    return Taken(**named, server=server, epoch="", sequence=0)


def _forget(database, document):
    for model in (DocumentEvent, Row, Document):
        model.delete().where(model.id == document).execute(database)


@contextmanager
def _both(*bugs):
    with ExitStack() as stack:
        for bug in bugs:
            stack.enter_context(bug)
        yield
