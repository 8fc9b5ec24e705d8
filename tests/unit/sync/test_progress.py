import pytest

from wizterm.sync.progress import Meter, Progress, Step, still


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0, "a few seconds"),
        (9.9, "a few seconds"),
        (10, "10 s"),
        (41, "50 s"),
        (90, "2 min"),
        (3600, "60 min"),
        (7200, "2 h"),
        (7201, "3 h"),
    ],
)
def test_what_is_still_to_come_is_said_in_round_numbers(seconds, words):
    assert still(seconds) == words


def test_nothing_is_said_before_anything_has_moved():
    assert Progress(Step.FETCHING, 0, 100).seconds_left is None


def test_the_speed_leaves_out_what_was_there_before():
    told = []
    times = iter([0.0, 2.0])
    Meter(Step.FETCHING, 1000, tell=told.append, monotonic=lambda: next(times), had=600).at(800)
    assert told == [Progress(Step.FETCHING, 800, 1000, 100.0)]
    assert told[0].seconds_left == 2.0


def test_a_step_without_an_end_is_no_part_of_anything():
    assert Progress(Step.APPLYING, 5, 0).part == 0.0
