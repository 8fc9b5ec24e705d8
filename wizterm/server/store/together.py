"""Questions that need not wait for each other's answers, asked in one call.

    def _book(sku: str) -> Asking[Book]:
        listed, agreed = yield _listed.of(sku), _agreed.of(sku)
        return Book(listed, agreed)

    book, terms = together(_book("A"), _terms())  # the first questions of both go in one call, then the second ones

Each still sees what is committed when its turn comes, and they are answered in their order.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

from wizterm.server.store.base import current, in_one_call
from wizterm.server.store.prepared import Question, Rows

T = TypeVar("T")
Asking = Generator[tuple[Question, ...], tuple[Rows, ...], T]
"""Gives questions, is sent their rows, and may ask more; comes to what was made of them."""
_WORTH_IT = 2


def answers(*questions: Question) -> tuple[Rows, ...]:
    """The rows of each; needs a transaction.

    On SQLite, where a question that is not read to its end keeps the file locked, one after the other.
    """
    if len(questions) < _WORTH_IT or not current().for_update:
        return tuple(each.query(*each.arguments) for each in questions)
    with in_one_call():
        cursors = [each.query.sent(each.arguments) for each in questions]
    return tuple(cursor.fetchall() for cursor in cursors)


def together(*each: Asking[Any]) -> tuple[Any, ...]:
    """What each comes to, in as many calls as the one that asks most often."""
    made: list[Any] = [None] * len(each)
    told: dict[int, tuple[Rows, ...] | None] = dict.fromkeys(range(len(each)))
    while told:
        asked: dict[int, tuple[Question, ...]] = {}
        for place, rows in told.items():
            try:
                asked[place] = each[place].send(rows)  # type: ignore[arg-type]  # None begins a generator
            except StopIteration as end:
                made[place] = end.value
        found = iter(answers(*(question for questions in asked.values() for question in questions)))
        told = {place: tuple(next(found) for _ in questions) for place, questions in asked.items()}
    return tuple(made)
