import pytest

from wizterm.terminal.frames import PERIOD, ROUNDS, Frames


class Handle:
    def __init__(self, loop, entry):
        self._loop, self._entry = loop, entry

    def cancel(self):
        if self._entry in self._loop.waiting:
            self._loop.waiting.remove(self._entry)


class ByHand:
    """A loop whose time passes when it is told to."""

    def __init__(self):
        self.now = 0.0
        self.waiting = []

    def time(self):
        return self.now

    def call_at(self, when, call, *words):
        entry = (when, call, words)
        self.waiting.append(entry)
        return Handle(self, entry)

    def call_soon(self, call, *words):
        return self.call_at(self.now, call, *words)

    def round(self):
        due = [entry for entry in self.waiting if entry[0] <= self.now]
        for entry in due:
            self.waiting.remove(entry)
            entry[1](*entry[2])

    def rounds(self, many=ROUNDS + 1):
        for _ in range(many):
            self.round()


@pytest.fixture
def loop():
    return ByHand()


@pytest.fixture
def painted():
    return []


@pytest.fixture
def frames(loop, painted):
    return Frames(lambda: painted.append(loop.now), loop)


def test_after_a_rest_a_change_is_painted_at_once(frames, loop, painted):
    loop.now = 100.0
    frames.resume()
    loop.rounds()
    assert painted == [100.0]


def test_what_changes_within_a_few_rounds_is_one_frame(frames, loop, painted):
    frames.resume()
    loop.rounds(ROUNDS)
    frames.resume()
    loop.rounds(3 * ROUNDS)
    assert len(painted) == 1


def test_a_second_frame_waits_until_the_eye_could_follow(frames, loop, painted):
    frames.resume()
    loop.rounds()
    loop.now = PERIOD * 0.9
    frames.resume()
    loop.rounds()
    assert painted == [0.0]
    loop.now = PERIOD
    loop.rounds()
    assert painted == [0.0, PERIOD]


def test_a_change_long_after_a_frame_waits_for_no_tick(frames, loop, painted):
    frames.resume()
    loop.rounds()
    loop.now = PERIOD * 1.1
    frames.resume()
    loop.rounds()
    assert painted == [0.0, PERIOD * 1.1]


def test_what_was_painted_otherwise_is_not_painted_again(frames, loop, painted):
    frames.resume()
    frames.pause()
    loop.rounds()
    assert painted == []
