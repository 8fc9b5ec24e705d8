"""The queue as the rep sees it: one list for each thing that can be the matter with a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizterm.db.documents import Documents
from wizterm.db.outbox import Outbox
from wizterm.domain.document import DocumentId, State
from wizterm.domain.records import DocumentSummary
from wizterm.services.states import state_words

MOST = 500
"""Documents in one list: what was confirmed long ago is found among the orders."""


class Tab(StrEnum):
    WAITING = "queued"
    SENDING = "sending"
    SENT = "delivered"
    CONFIRMED = "confirmed"
    ATTENTION = "refused"

    @property
    def state(self) -> State:
        return State(self.value)

    @property
    def words(self) -> str:
        return state_words(self.state).words

    def beside(self, step: int) -> Tab:
        """The tab that many places on; after the last comes the first."""
        tabs = list(Tab)
        return tabs[(tabs.index(self) + step) % len(tabs)]


@dataclass(frozen=True, slots=True)
class QueueView:
    tab: Tab
    summaries: tuple[DocumentSummary, ...]
    counts: Mapping[Tab, int]


class NotWaitingError(Exception):
    """A document that has left the queue cannot be held."""


class Outgoing:
    def __init__(self, documents: Documents, outbox: Outbox) -> None:
        self._documents = documents
        self._outbox = outbox

    def view(self, tab: Tab | None) -> QueueView:
        """One list with the counts of all; without a tab, the one that a person should see first."""
        counts = self._documents.counts()
        by_tab = {each: counts.get(each.state, 0) for each in Tab} | {Tab.ATTENTION: self._documents.attention()}
        shown = tab or (Tab.ATTENTION if by_tab[Tab.ATTENTION] else Tab.WAITING)
        found = self._listed(shown)
        return QueueView(shown, tuple(found), by_tab)

    def _listed(self, tab: Tab) -> list[DocumentSummary]:
        if tab is Tab.ATTENTION:
            return self._documents.page(attention=True, limit=MOST)
        return self._documents.page(states=frozenset({tab.state}), limit=MOST)

    def hold_or_release(self, document: DocumentId) -> bool:
        """Keep a waiting document back, or let it go again. Gives whether it is held now."""
        summary = self._documents.summary(document)
        if summary is None or not self._outbox.hold(document, held=not summary.held):
            raise NotWaitingError("Only what waits can be held: this one is on its way or was answered.")
        return not summary.held
