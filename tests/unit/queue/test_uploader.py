import threading

import pytest

from tests.support.outbox_device import SERVER
from tests.support.patience import HANG_GUARD
from tests.support.scripted_post import ScriptedPost, taken
from wizterm.db.locks import FolderLock
from wizterm.db.replay import Replay
from wizterm.queue.sender import Sender
from wizterm.queue.uploader import Uploader


@pytest.fixture
def post():
    return ScriptedPost()


@pytest.fixture
def told():
    return []


@pytest.fixture
def uploader(device, post, told):
    sender = Sender(
        outbox=device.outbox,
        replay=Replay(device.database, device.clock),
        epoch=lambda: "e1",
        connect=lambda: post,
        server=lambda: SERVER,
        may_send=lambda: True,
        lock=FolderLock(device.folder / "sender.lock"),
        clock=device.clock,
        jitter=lambda low, high: low,
        on_change=told.append,
    )
    uploader = Uploader(sender)
    yield uploader
    assert uploader.stop(HANG_GUARD)


def test_what_was_waiting_goes_at_the_start(uploader, device):
    device.submit(1)
    uploader.start()
    assert uploader.send_and_wait(HANG_GUARD)
    assert device.state(1) == "delivered"


def test_what_a_crash_left_on_its_way_goes_at_the_start(uploader, device):
    device.submit(1)
    device.outbox.begin(device.outbox.waiting())
    uploader.start()
    assert uploader.send_and_wait(HANG_GUARD)
    assert device.state(1) == "delivered"


def test_a_nudge_sends_what_was_submitted_meanwhile(uploader, device):
    uploader.start()
    for number in range(1, 6):
        device.submit(number)
        assert uploader.send_and_wait(HANG_GUARD)
        assert device.state(number) == "delivered"


def test_a_fault_of_our_own_does_not_end_the_thread(uploader, device, post, caplog):
    device.submit(1)
    post.script = [ZeroDivisionError("a fault of ours")]
    uploader.start()
    while device.state(1) != "delivered":
        assert uploader.send_and_wait(HANG_GUARD)
    assert "a fault of this program" in caplog.text


def test_stopping_does_not_wait_for_ever_for_an_answer(uploader, device, post):
    asked, answer = threading.Event(), threading.Event()

    def late(batch):
        asked.set()
        assert answer.wait(HANG_GUARD)
        return taken(batch)

    device.submit(1)
    post.script = [late]
    uploader.start()
    assert asked.wait(HANG_GUARD)
    assert not uploader.stop(0.01)
    answer.set()


def test_who_waits_for_a_round_is_let_go_by_a_stop(uploader):
    assert uploader.stop()
    assert uploader.send_and_wait(HANG_GUARD)
