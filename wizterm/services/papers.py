"""Orders, quotes and other documents of this machine, for reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from peewee import SqliteDatabase

from wizterm.db.documents import Documents
from wizterm.db.standing import Standing, standing
from wizterm.domain.clock import age
from wizterm.domain.document import DocumentId, Kind, State
from wizterm.domain.records import DocumentSummary, Event
from wizterm.protocol import bodies
from wizterm.services.outlook import Mood, Outlook
from wizterm.services.paper_filter import EVERYTHING, PaperFilter

PAGE = 100


class NoPaperError(Exception):
    """A document that is not on this machine."""


@dataclass(frozen=True, slots=True)
class PaperPage:
    text: str
    """What was looked for."""
    summaries: tuple[DocumentSummary, ...]
    more: bool
    within: PaperFilter = EVERYTHING


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with everything this machine knows of it."""

    summary: DocumentSummary
    body: bodies.Body | None
    """None where it was written by a newer program and cannot be read by this one."""
    history: tuple[Event, ...] = ()
    standing: Standing = field(default_factory=Standing)


class Papers:
    def __init__(self, documents: Documents, database: SqliteDatabase) -> None:
        self._documents = documents
        self._database = database

    def page(
        self, text: str, after: DocumentSummary | None = None, most: int = PAGE, within: PaperFilter = EVERYTHING
    ) -> PaperPage:
        """Orders and quotes that say every word of the text, the newest first."""
        found = self._documents.page(states=within.states, kinds=within.kinds, text=text, after=after, limit=most + 1)
        return PaperPage(text, tuple(found[:most]), more=len(found) > most, within=within)

    def paper(self, document: DocumentId) -> Paper:
        summary = self._documents.summary(document)
        frozen = self._documents.body(document)
        if summary is None or frozen is None:
            raise NoPaperError("That document is not on this machine.")
        return Paper(
            summary,
            _read(*frozen),
            tuple(self._documents.history(document)),
            standing(self._database, document),
        )


def why_it_waits(paper: Paper, outlook: Outlook, now: datetime) -> str:
    """A sentence on what keeps a document here; empty where nothing does."""
    if paper.summary.state is not State.QUEUED:
        return ""
    if paper.summary.listed or paper.summary.held:
        return _with_a_person(paper, now)
    if paper.standing.after:
        return f"It goes after {paper.standing.after}, which the company has to have first."
    if (rest := paper.standing.next_try) is not None and rest > now:
        return f"It rests, and is tried again {_in(rest, now)}."
    if outlook.mood is not Mood.ONLINE:
        return f"{outlook.words}: it is safe on this machine and goes by itself."
    return "It is sent automatically, in its turn."


def _with_a_person(paper: Paper, now: datetime) -> str:
    if not paper.summary.listed:
        return "Held back: h in the queue releases it."
    if paper.summary.held:
        return "It has failed for a day, so it is kept here: ask the office, then h in the queue lets it go."
    rest = paper.standing.next_try
    again = _in(rest, now) if rest is not None and rest > now else "in a moment"
    return f"It has failed for a day: tell the office. It is tried again {again}."


def _in(rest: datetime, now: datetime) -> str:
    said = age(rest - now)
    return "in a moment" if said == "just now" else f"in {said}"


def _read(kind: Kind, text: str) -> bodies.Body | None:
    try:
        return bodies.decode(str(kind), text)
    except (msgspec.ValidationError, bodies.UnknownKindError):
        return None
