"""Queries put into words once: they find what Peewee's own would, on either database, with lists of any length."""

from contextlib import closing

import pytest

from wizterm.server.store.ledger import Tally
from wizterm.server.store.opening import open_store
from wizterm.server.store.prepared import prepared


@pytest.fixture
def store(tmp_path, store_url):
    with closing(open_store(tmp_path, store_url)) as opened:
        with opened.writing():
            for label, value in [("a", 1), ("b", 2), ("c", 3)]:
                Tally.create(name="letters", label=label, value=value)
        yield opened


@prepared
def _values(name, labels):
    return Tally.select(Tally.value).where((Tally.name == name) & Tally.label.in_(labels)).order_by(Tally.value)


@pytest.mark.parametrize(
    ("labels", "values"),
    [([], []), (["b"], [2]), (["c", "a"], [1, 3]), (["a", "b", "c"], [1, 2, 3]), (["a", "x", "y", "z", "c"], [1, 3])],
)
def test_lists_of_any_length_find_what_is_in_them(store, labels, values):
    with store.reading():
        assert [value for (value,) in _values("letters", labels)] == values


def test_what_is_given_is_a_value_and_never_words(store):
    with store.reading():
        assert _values("letters' OR 1=1 --", ["a'); DROP TABLE tallies; --"]) == []
        assert _values("letters", ["a"]) == [(1,)]


def test_a_change_tells_how_many_rows_it_met(store):
    @prepared
    def raised(by, least):
        return Tally.update(value=Tally.value + by).where(Tally.value >= least)

    with store.writing():
        assert raised.change(10, 2) == 2
        assert raised.change(10, 100) == 0
    with store.reading():
        assert _values("letters", ["a", "b", "c"]) == [(1,), (12,), (13,)]


def test_it_is_put_into_words_once_for_lists_of_about_one_length(store):
    built = []

    @prepared
    def counted(labels):
        built.append(len(labels))
        return Tally.select(Tally.value).where(Tally.label.in_(labels))

    with store.reading():
        for length in (5, 6, 7, 8, 8, 5):
            counted(["a"] * length)
    assert built == [8]


def test_one_query_serves_two_stores_of_two_kinds(tmp_path, store):
    with closing(open_store(tmp_path / "another")) as another:
        with another.writing():
            Tally.create(name="letters", label="a", value=7)
        with another.reading():
            assert _values("letters", ["a"]) == [(7,)]
    with store.reading():
        assert _values("letters", ["a"]) == [(1,)]
