"""Which orders and quotes a list shows, besides what is typed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wizterm.domain.document import Kind, State

ORDERS = frozenset({Kind.ORDER, Kind.QUOTE})
_KINDS: tuple[tuple[str, frozenset[Kind]], ...] = (
    ("orders and quotes", ORDERS),
    ("orders", frozenset({Kind.ORDER})),
    ("quotes", frozenset({Kind.QUOTE})),
)
_STATES: tuple[tuple[str, frozenset[State] | None], ...] = (
    ("in every state", None),
    ("waiting", frozenset({State.QUEUED, State.SENDING})),
    ("sent", frozenset({State.DELIVERED})),
    ("confirmed", frozenset({State.CONFIRMED})),
    ("needing attention", frozenset({State.REFUSED})),
    ("revised or cancelled", frozenset({State.SUPERSEDED, State.CANCELLED})),
)


@dataclass(frozen=True, slots=True)
class PaperFilter:
    kind: int = 0
    state: int = 0

    @property
    def kinds(self) -> frozenset[Kind]:
        return _KINDS[self.kind][1]

    @property
    def states(self) -> frozenset[State] | None:
        """None: every state."""
        return _STATES[self.state][1]

    def next_kind(self) -> PaperFilter:
        return replace(self, kind=(self.kind + 1) % len(_KINDS))

    def next_state(self) -> PaperFilter:
        return replace(self, state=(self.state + 1) % len(_STATES))

    def __str__(self) -> str:
        return f"{_KINDS[self.kind][0]} {_STATES[self.state][0]}"


EVERYTHING = PaperFilter()
