"""An ERP that does what it is told, as often as it is told: a document that is sent twice is booked twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from wizterm.connectors.base import Done, Finding, Missing, Outcome, Outgoing, Unknown

KINDS = frozenset({"order", "quote", "customer", "cancellation"})


@dataclass
class Erp:
    kinds: frozenset[str] = KINDS
    booked: list[str] = field(default_factory=list)
    """Keys of documents, in the order they were booked."""
    deaf: int = 0
    """So many answers more are lost after the booking."""
    tell: Callable[[str], object] = lambda _: None
    """Told each key as it is booked."""
    _revisions: set[tuple[str, int]] = field(default_factory=set)
    """By which documents are found, as in a real one; of what was booked before it began the key is known."""

    def send(self, document: Outgoing) -> Outcome:
        self.booked.append(document.key)
        self._revisions.add((document.key, document.revision))
        self.tell(document.key)
        if self.deaf:
            self.deaf -= 1
            return Unknown("The ERP's answer was lost.")
        return Done(f"E-{document.number}")

    def find(self, document: Outgoing) -> Finding:
        had = {revision for key, revision in self._revisions if key == document.key}
        found = document.key in self.booked and (not had or document.revision in had)
        return Done(f"E-{document.number}") if found else Missing()
