"""Questions asked in one call: each is answered as if it had been asked alone, in its turn, on either database."""

from contextlib import closing

import pytest

from wizterm.server.store.ledger import Tally
from wizterm.server.store.opening import open_store
from wizterm.server.store.prepared import prepared
from wizterm.server.store.together import answers, together


@pytest.fixture
def store(tmp_path, store_url):
    with closing(open_store(tmp_path, store_url)) as opened:
        with opened.writing():
            for label, value in [("a", 1), ("b", 2), ("c", 3)]:
                Tally.create(name="letters", label=label, value=value)
        yield opened


@prepared
def _labels(least):
    return Tally.select(Tally.label).where((Tally.name == "letters") & (Tally.value >= least)).order_by(Tally.label)


@prepared
def _raised(label, by):
    return Tally.update(value=Tally.value + by).where(Tally.label == label).returning(Tally.value)


def _climbing(least):
    """Asks once more for each answer that is not empty."""
    found = []
    while (rows := (yield (_labels.of(least),))[0]) != []:
        found.append("".join(label for (label,) in rows))
        least += 1
    return found


def _at_once():
    yield ()
    return "nothing asked"


@pytest.mark.parametrize("asked", [[], [2], [1, 3, 9, 2]])
def test_answers_come_in_the_order_of_their_questions(store, asked):
    with store.reading():
        assert answers(*(_labels.of(least) for least in asked)) == tuple(_labels(least) for least in asked)


def test_a_question_sees_what_those_before_it_have_changed(store):
    with store.writing():
        before, raised, after = answers(_labels.of(3), _raised.of("a", 10), _labels.of(3))
    assert (before, raised, after) == ([("c",)], [(11,)], [("a",), ("c",)])


def test_each_goes_on_asking_at_its_own_pace(store):
    with store.reading():
        assert together(_climbing(1), _at_once(), _climbing(3)) == (["abc", "bc", "c"], "nothing asked", ["c"])


def test_first_questions_of_all_go_in_one_call_and_second_ones_in_another(store, monkeypatch):
    calls = []

    def noted(*questions):
        calls.append(len(questions))
        return answers(*questions)

    monkeypatch.setattr("wizterm.server.store.together.answers", noted)
    with store.reading():
        together(_climbing(3), _climbing(2), _climbing(3))
    assert [count for count in calls if count] == [3, 3, 1]


def test_what_is_asked_after_a_failure_changes_nothing(store):
    @prepared
    def doubled(label):
        return Tally.insert(name="letters", label=label, value=0)

    with pytest.raises(Exception, match=r"(?i)unique"), store.writing():
        answers(_raised.of("a", 1), doubled.of("b"), _raised.of("c", 1))
    with store.reading():
        assert _labels(3) == [("c",)]
