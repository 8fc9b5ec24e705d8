import pytest

from tests.support.outbox_device import SERVER, Device, id_of, receipt
from wizterm.db.document_feed import DocumentFeed
from wizterm.protocol.changes import DocumentChange, DocumentChanges
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.protocol.problem import Code, problem
from wizterm.sync.hearing import Hearing


@pytest.fixture
def device(tmp_path):
    device = Device(tmp_path)
    for number in (1, 2):
        device.submit(number)
    batch = device.outbox.waiting()
    device.outbox.begin(batch)
    for envelope in batch:
        device.outbox.deliver([receipt(envelope)], SERVER)
    yield device
    device.close()


class Feed:
    def __init__(self, device):
        self.pages = {
            "": self.page(device, 1, "c1", more=True),
            "c1": self.page(device, 2, "c2", more=False),
            "c2": DocumentChanges(changes=(), cursor="c2", more=False),
        }
        self.asked = []

    def page(self, device, number, cursor, *, more):
        change = DocumentChange(id=id_of(number), revision=1, kind="order", state="confirmed", at=device.clock.now())
        return DocumentChanges(changes=(change,), cursor=cursor, more=more)

    def __call__(self, cursor, contact):
        self.asked.append(cursor)
        answer = self.pages[cursor]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def feed(device):
    return Feed(device)


@pytest.fixture
def hearing(device, feed):
    return Hearing(DocumentFeed(device.database, device.clock), feed)


def test_pages_are_heard_to_the_last_and_only_once(hearing, feed, device):
    assert hearing.run() == 2
    assert hearing.run() == 0
    assert feed.asked == ["", "c1", "c2"]
    assert device.states() == {"confirmed": 2}


def test_a_page_that_breaks_off_is_asked_for_again(hearing, feed):
    second = feed.pages["c1"]
    feed.pages["c1"] = UnreachableError("cut", Unreachable.CUT_OFF)
    with pytest.raises(UnreachableError):
        hearing.run()
    feed.pages["c1"] = second
    assert hearing.run() == 1


def test_a_cursor_that_is_gone_hears_everything_again(hearing, feed, device):
    hearing.run()
    feed.pages["c2"] = problem(410, Code.CURSOR_GONE, "restored from a backup")
    assert hearing.run() == 2
    assert device.history(1).count("confirmed") == 1


def test_a_feed_that_stands_still_is_left(hearing, feed):
    feed.pages[""] = DocumentChanges(changes=(), cursor="", more=True)
    assert hearing.run() == 0
