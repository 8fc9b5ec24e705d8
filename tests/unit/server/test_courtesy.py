import asyncio
import threading

from tests.support.patience import HANG_GUARD
from wizterm.server.courtesy import BUSY_SECONDS, REST_SECONDS, Courtesy
from wizterm.server.dispatch.worker import Worker
from wizterm.server.journal import each_request


def test_who_gives_way_goes_on_when_the_last_call_has_been_answered():
    courtesy, went_on = Courtesy(longest=HANG_GUARD), threading.Event()
    waiting = threading.Thread(target=lambda: courtesy.give_way() and went_on.set())
    with courtesy.call():
        with courtesy.call():
            waiting.start()
        assert not went_on.is_set()
    assert went_on.wait(HANG_GUARD)
    waiting.join()


def test_calls_that_never_end_stop_nobody_for_ever():
    courtesy = Courtesy(longest=0.001)
    with courtesy.call():
        assert not courtesy.give_way()
    assert courtesy.give_way()


def test_soon_after_a_call_each_delivery_is_followed_by_a_rest():
    now, rests = [100.0], []
    courtesy = Courtesy(longest=0.001, monotonic=lambda: now[0], rest=rests.append)
    courtesy.give_way()
    assert rests == []
    with courtesy.call():
        pass
    courtesy.give_way()
    assert rests == [REST_SECONDS]
    now[0] += BUSY_SECONDS
    courtesy.give_way()
    assert rests == [REST_SECONDS]


def test_a_call_that_fails_is_no_longer_under_way():
    courtesy = Courtesy(longest=0.001)

    async def failing(scope, receive, send):
        assert not courtesy.give_way()
        raise ConnectionError

    logged = each_request(lambda: "r", lambda: 0.0, around=courtesy.call)(failing)
    try:
        asyncio.run(logged({"type": "http", "path": "/"}, None, None))
    except ConnectionError:
        assert courtesy.give_way()


def test_a_worker_gives_way_after_each_piece_of_work():
    done, seen = threading.Event(), []

    class Pieces:
        def step(self):
            seen.append("piece")
            return len(seen) < 6

        def rest(self):
            done.set()
            return float("inf")

    worker = Worker(Pieces(), give_way=lambda: seen.append("way"))
    worker.start()
    assert done.wait(HANG_GUARD)
    worker.stop()
    assert seen[:5] == ["piece", "way", "piece", "way", "piece"]
