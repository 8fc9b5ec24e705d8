"""Several processes over one folder, sending and submitting at once: each document goes once, from one of them."""

import time

from tests.support.documents_making import enveloped, order
from tests.support.patience import HANG_GUARD
from tests.torture.books import Promises, compare, query
from tests.torture.kills.processes import Forks, rest
from tests.torture.kills.roles import make_sender
from tests.torture.layer import Harm
from tests.torture.size import times
from wizterm.db.device import open_device
from wizterm.db.documents import Documents
from wizterm.domain.clock import SystemClock
from wizterm.domain.document import DocumentId, Kind
from wizterm.domain.records import Frozen

ROW = "many hands on one folder"
HANDS = 2
ROUNDS = times(10)
ORDERS = 5


def submit(folder, session, promises):
    """In a process that knows nothing of the others."""
    database = open_device(folder)
    for _ in range(ORDERS):
        made = enveloped(order(session, "C1"))
        promises.saved(made.id, made.revision, made.body)

        def freeze(counter, made=made):
            return Frozen(
                document=DocumentId(made.id),
                kind=Kind.ORDER,
                number=f"N-{counter}",
                body=made.body,
                submitted_at=SystemClock().now(),
                customer="C1",
                customer_name="Corner Shop",
            )

        Documents(database).submit(freeze)
    database.close()


def unsent(folder):
    return query(folder / "device.db", "SELECT count(*) FROM outbox")[0][0]


def sent_more_than_once(folder):
    often = "SELECT id, count(*) FROM document_event WHERE state = 'sending' GROUP BY id HAVING count(*) > 1"
    return Harm(duplicated=tuple(f"{id_} went {times_} times" for id_, times_ in query(folder / "device.db", often)))


def test_two_senders_and_one_who_submits(tmp_path, server, session, layer):
    row = layer(ROW)
    folder, asked_with = tmp_path / "device", (session.access_token, session.server)
    promises = Promises()
    senders = [Forks() for _ in range(HANDS)]
    submit(folder, session, promises)
    children = [forks.begin("send", folder, server.address, *asked_with) for forks in senders]
    try:
        for _ in range(ROUNDS):
            submit(folder, session, promises)
            row.tried += ORDERS
        drained(folder, server.address, asked_with)
    finally:
        for forks, child in zip(senders, children, strict=True):
            forks.kill(child)
            forks.close()
    row.blame(compare(promises, [folder], tmp_path / "server") + sent_more_than_once(folder))


def drained(folder, address, asked_with):
    """A third hand helps until nothing is left."""
    sender = make_sender(folder, address, *asked_with)
    deadline = time.monotonic() + HANG_GUARD
    while unsent(folder):
        assert time.monotonic() < deadline, "the queue did not empty"
        sender.once()
        rest(0.01)
    sender.close()
