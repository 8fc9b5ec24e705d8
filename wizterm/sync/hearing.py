"""Hearing what became of documents."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from wizterm.db.document_feed import DocumentFeed
from wizterm.protocol.changes import DocumentChanges
from wizterm.protocol.problem import Code, ProblemError

_log = logging.getLogger("wizterm.documents")


@dataclass(frozen=True, slots=True)
class Hearing:
    feed: DocumentFeed
    ask: Callable[[str, str], DocumentChanges]
    """Signed in; gives the changes after a cursor, to whoever shows the last contact."""

    def run(self) -> int:
        """Page by page to the last one; gives how many changes were told."""
        told = 0
        while True:
            cursor = self.feed.cursor()
            page = self._page(cursor)
            self.feed.apply(page)
            _note(page)
            told += len(page.changes)
            if not page.more or page.cursor == cursor:
                return told

    def _page(self, cursor: str) -> DocumentChanges:
        try:
            return self.ask(cursor, self.feed.contact())
        except ProblemError as error:
            if error.code != Code.CURSOR_GONE or not cursor:
                raise
        return self.ask("", self.feed.contact())


def _note(page: DocumentChanges) -> None:
    """In the log, beside what was sent."""
    for change in page.changes:
        facts = {"document": change.id, "revision": change.revision, "state": str(change.state)}
        _log.info("heard", extra={"facts": facts | {"external": change.external, "words": change.words}})
