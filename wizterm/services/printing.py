"""Orders and quotes as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from wizterm.db.device import FILE, DeviceFileError, open_device
from wizterm.db.documents import Documents
from wizterm.domain.clock import Clock
from wizterm.domain.document import DocumentId, State
from wizterm.domain.paper_rules import PaperRules
from wizterm.paper.faces import wide_face
from wizterm.paper.pages import SIZES, Page
from wizterm.paper.pdf import pdf
from wizterm.protocol.bodies import OrderBody
from wizterm.services.identity import Identities
from wizterm.services.paper_files import file_named, keep
from wizterm.services.papers import Papers
from wizterm.services.states import state_words

_NO_LONGER = frozenset({State.CANCELLED, State.SUPERSEDED, State.REFUSED})


class NothingToPrintError(Exception):
    """What was named is no order or quote of this machine; the message says what to name."""


class Printing:
    def __init__(
        self, papers: Papers, documents: Documents, identities: Identities, rules: PaperRules, clock: Clock
    ) -> None:
        self._papers = papers
        self._documents = documents
        self._identities = identities
        self._rules = rules
        self._clock = clock

    def write(self, documents: Sequence[DocumentId], name: str) -> str:
        """Write them into one file; gives a sentence on where it is."""
        path = file_named(name, ".pdf")
        return keep(self.pdf(documents), path)

    def pdf(self, documents: Sequence[DocumentId]) -> bytes:
        """Each begins on a page of its own."""
        made = [self._pages(document) for document in documents]
        title = ", ".join(number for number, _ in made)
        pages = [page for _, each in made for page in each]
        return pdf(pages, title=title, at=self._clock.now(), face=wide_face(self._rules.font))

    def numbered(self, number: str) -> DocumentId:
        """The newest revision of the document with this number, ours or the company's."""
        found = self._documents.numbered(number)
        if not found:
            raise NothingToPrintError(f"There is no order {number[:40]} on this machine: name it by its number.")
        return found[0].document

    def _pages(self, document: DocumentId) -> tuple[str, list[Page]]:
        from wizterm.paper.order_paper import Letterhead, order_pages  # noqa: PLC0415 - symbols cost a start 0.1 s

        paper = self._papers.paper(document)
        summary, body = paper.summary, paper.body
        if not isinstance(body, OrderBody):
            raise NothingToPrintError(f"{summary.number} is no order or quote that this program can print.")
        identity = self._identities.known()
        letterhead = Letterhead(
            company=identity.company if identity else "",
            rep=identity.rep_name if identity and identity.rep == body.rep else "",
            terms=self._rules.terms,
            size=SIZES[self._rules.size],
        )
        standing = state_words(summary.state).words if summary.state in _NO_LONGER else ""
        return summary.number, order_pages(body, letterhead, standing)


@contextmanager
def open_printing(folder: Path, rules: PaperRules, clock: Clock) -> Iterator[Printing]:
    """Over a folder that a terminal may have open at the same time. Raises `DeviceFileError`."""
    if not (folder / FILE).exists():
        raise DeviceFileError(f"There are no orders in {folder}: expected the folder of a rep who has signed in.")
    database = open_device(folder)
    try:
        documents = Documents(database)
        yield Printing(Papers(documents, database), documents, Identities(database), rules, clock)
    finally:
        database.close()
