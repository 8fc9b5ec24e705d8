"""What the office has decided, and who of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizterm.domain.clock import moment
from wizterm.server.store.people import Decided
from wizterm.server.store.store import Store

MOST = 200


@dataclass(frozen=True, slots=True)
class DecisionLine:
    id: str
    at: datetime
    who: str
    role: str
    """As it was then; `host` for commands and screens on the server's own host."""
    did: str
    about: str
    """Number of a document, code of a rep or device, name of a person."""
    words: str

    @property
    def told(self) -> str:
        """What was done, without who and when."""
        return _with(self.words, f"{self.did} {self.about}".rstrip())

    @property
    def told_there(self) -> str:
        """The same, where it is plain what it is about."""
        return _with(self.words, self.did.removesuffix(" about"))


class Decisions:
    def __init__(self, store: Store) -> None:
        self._store = store

    def newest(self, *, who: str = "", about: str = "", most: int = MOST) -> tuple[DecisionLine, ...]:
        """The latest first; only those of one person, or about one thing, where that is asked."""
        with self._store.reading():
            query = Decided.select().order_by(Decided.at.desc(), Decided.id.desc()).limit(most)
            if who:
                query = query.where(Decided.who == who)
            if about:
                query = query.where(Decided.about == about)
            return tuple(_line(each) for each in query)


def about(thing: str) -> tuple[DecisionLine, ...]:
    """What was decided about it, in order; needs a transaction."""
    query: Any = Decided.select().where(Decided.about == thing).order_by(Decided.at, Decided.id)
    return tuple(_line(each) for each in query)


def _with(words: str, done: str) -> str:
    return f"{done}: {words}" if words else done


def _line(each: Decided) -> DecisionLine:
    return DecisionLine(each.id, moment(each.at), each.who, each.role, each.did, each.about, each.words)
