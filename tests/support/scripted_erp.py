"""An ERP that answers as it is told, and remembers what it was asked."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from wizterm.connectors.base import Done, Finding, Missing, Outcome, Outgoing

ALL_KINDS = frozenset({"order", "quote", "customer", "cancellation"})


@dataclass
class ScriptedErp:
    """Says yes where no answer is scripted."""

    kinds: frozenset[str] = ALL_KINDS
    answers: deque[Outcome | Exception] = field(default_factory=deque)
    findings: deque[Finding | Exception] = field(default_factory=deque)
    sent: list[Outgoing] = field(default_factory=list)
    looked_up: list[Outgoing] = field(default_factory=list)

    def send(self, document: Outgoing) -> Outcome:
        self.sent.append(document)
        return _next(self.answers, Done(f"ERP-{document.number}"))

    def find(self, document: Outgoing) -> Finding:
        self.looked_up.append(document)
        return _next(self.findings, Missing())


def _next(script, otherwise):
    answer = script.popleft() if script else otherwise
    if isinstance(answer, Exception):
        raise answer
    return answer
