"""What could be wrong at the company: each a small change of the shipped code, in force while its block lasts."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager, nullcontext
from unittest.mock import patch

from msgspec.structs import replace

from wizterm.server import contacts
from wizterm.server.dispatch import claiming
from wizterm.server.dispatch.dispatcher import Dispatcher
from wizterm.server.feeds import cursor as cursors
from wizterm.server.feeds.cursor import DocumentsCursor
from wizterm.server.handovers import Handovers
from wizterm.server.intake import judging
from wizterm.server.intake.taking import Intake
from wizterm.server.store.handing import HandoverRow
from wizterm.server.store.sqlite import _File as StoreFile

Bug = AbstractContextManager[object]
NOTHING_UNIQUE = "".join(
    f"CREATE TABLE loose AS SELECT * FROM {table}; DROP TABLE {table}; ALTER TABLE loose RENAME TO {table};"
    for table in ("documents", "deliveries")
)


@contextmanager
def answers_before_it_commits():
    """The work of a batch is done with the next one."""
    take, take_all, pending = Intake.take, Intake._take_all, []

    def tried(intake, caller, papers, figures, writing):
        writing.undone = True
        return take_all(intake, caller, papers, figures, writing)

    def taken(intake, caller, batch):
        due, pending[:] = list(pending), [(caller, batch)]
        for each in due:
            take(intake, *each)
        with patch.object(Intake, "_take_all", tried):
            return take(intake, caller, batch)

    with patch.object(Intake, "take", taken):
        yield


def knows_nothing_again() -> Bug:
    return patch.object(judging, "_RULES", tuple(rule for rule in judging._RULES if rule is not judging._known))


def cursor_one_too_far() -> Bug:
    def encode(cursor, encode=cursors.encode):
        return encode(replace(cursor, seq=cursor.seq + 1) if isinstance(cursor, DocumentsCursor) else cursor)

    return patch.object(cursors, "encode", encode)


def claims_for_ever() -> Bug:
    return patch.object(claiming, "_TIMES", claiming._TIMES[:2])


def takes_in_two_transactions() -> Bug:
    return patch.object(StoreFile, "atomic", lambda *_: nullcontext())


def gives_a_cart_to_everybody() -> Bug:
    def take(handovers, caller, handover, take=Handovers.take):
        taken = take(handovers, caller, handover)
        with handovers.store.writing():
            HandoverRow.update(taken_by="").where(HandoverRow.id == handover).execute()
        return taken

    return patch.object(Handovers, "take", take)


def does_not_tell_copies_apart() -> Bug:
    return patch.object(contacts, "_allot", lambda caller: caller.installation)


def sends_again_blindly() -> Bug:
    return patch.object(Dispatcher, "_look_up", Dispatcher._send)
