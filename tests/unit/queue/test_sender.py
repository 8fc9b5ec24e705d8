import pytest

from tests.support.outbox_device import SERVER
from tests.support.scripted_post import ScriptedPost
from wizterm.db.locks import FolderLock
from wizterm.db.replay import Replay
from wizterm.protocol.documents import Answers, Later
from wizterm.protocol.faults import NotOurServerError, Unreachable, UnreachableError
from wizterm.protocol.problem import Code, problem
from wizterm.queue.sender import Sender

CUT = UnreachableError("cut", Unreachable.CUT_OFF)


@pytest.fixture
def post():
    return ScriptedPost()


@pytest.fixture
def gate():
    return {"open": True}


@pytest.fixture
def told():
    return []


@pytest.fixture
def sender(device, post, gate, told):
    return Sender(
        outbox=device.outbox,
        replay=Replay(device.database, device.clock),
        epoch=lambda: "e1",
        connect=lambda: post,
        server=lambda: SERVER,
        may_send=lambda: gate["open"],
        lock=FolderLock(device.folder / "sender.lock"),
        clock=device.clock,
        jitter=lambda low, high: high,
        on_change=told.append,
    )


def test_with_nothing_waiting_it_rests_until_something_happens(sender):
    assert sender.once() is None


def test_offline_mode_makes_no_call_at_all(sender, device, post, gate):
    gate["open"] = False
    device.submit(1)
    assert sender.once() is None
    assert post.batches == []


def test_going_offline_ends_the_round_before_the_next_batch(sender, device, post, gate):
    for number in range(1, 61):
        device.submit(number)
    post.fails = lambda numbers: gate.update(open=False)
    sender.once()
    assert len(post.batches) == 1


def test_the_rest_doubles_up_to_half_a_minute_and_starts_again_after_a_success(sender, device, post):
    device.submit(1)
    post.script = [CUT] * 6
    assert [sender.once() for _ in range(6)] == [2, 4, 8, 16, 30, 30]
    assert sender.once() is None
    device.submit(2)
    post.script = [CUT]
    assert sender.once() == 2


def test_a_server_that_asks_for_patience_gets_it_though_somebody_nudges(sender, device, post):
    device.submit(1)
    post.script = [problem(429, Code.TOO_MANY, "slow down", retry_after=45.0)]
    assert sender.once() == 45
    device.clock.advance(15)
    assert sender.once() == 30
    assert len(post.batches) == 1
    device.clock.advance(30)
    sender.once()
    assert device.state(1) == "delivered"


def test_a_missing_sign_in_waits_for_a_person(sender, device, post):
    device.submit(1)
    post.script = [problem(401, Code.SIGN_IN_NEEDED, "sign in")]
    assert sender.once() is None
    assert device.state(1) == "queued"


def test_it_wakes_when_the_first_resting_document_may_go(sender, device, post):
    device.submit(1)
    post.script = [
        lambda batch: Answers(answers=(Later(id=batch.documents[0].id, revision=1, seconds=12),)),
    ]
    assert sender.once() == 12
    device.clock.advance(12)
    sender.once()
    assert device.state(1) == "delivered"


def test_two_processes_never_both_send(sender, device, post):
    device.submit(1)
    other = FolderLock(device.folder / "sender.lock")
    assert other.acquire()
    sender.once()
    assert post.batches == []
    other.release()
    sender.once()
    assert device.state(1) == "delivered"


def test_another_senders_documents_are_left_on_their_way(sender, device):
    device.submit(1)
    other = FolderLock(device.folder / "sender.lock")
    assert other.acquire()
    device.outbox.begin(device.outbox.waiting())
    sender.recover()
    assert device.state(1) == "sending"
    other.release()
    sender.recover()
    assert device.state(1) == "queued"


def test_nothing_ever_expires(sender, device, post):
    device.submit(1)
    post.script = [NotOurServerError("html")] * 400
    for _ in range(400):
        sender.once()
        device.clock.advance(86_400)
    assert device.state(1) == "queued"
    sender.once()
    assert device.state(1) == "delivered"


def test_the_screen_hears_the_start_and_the_end_of_a_round(sender, device, told):
    device.submit(1)
    sender.once()
    assert [(summary.sending, summary.unsent) for summary in told] == [(True, 1), (False, 0)]
    assert told[-1].delivered == 1
