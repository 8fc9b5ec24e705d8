"""The carts that the server in memory keeps for a rep's devices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from msgspec.structs import replace

from wizterm.protocol.documents import fingerprint
from wizterm.protocol.handover import HandedCarts, HandedOver, HandOver, TakenCart
from wizterm.protocol.problem import Code, problem

Who = tuple[str, str]
"""Rep and device."""


@dataclass
class Kept:
    owner: Who
    handed: HandedOver
    body: str
    taker: Who | None = None


@dataclass
class FakeCarts:
    kept: dict[str, Kept] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def keep(self, who: Who, request: HandOver) -> HandedOver:
        if fingerprint(request.body) != request.sha256:
            raise problem(400, Code.BAD_REQUEST, "Damaged", field="sha256")
        if request.id not in self.kept:
            handed = HandedOver(id=request.id, sha256=request.sha256, label=request.label, device=who[1], at=self.now())
            self.kept[request.id] = Kept(who, handed, request.body)
        kept = self._of(who, request.id)
        if kept.handed.sha256 != request.sha256:
            raise problem(400, Code.BAD_REQUEST, "Another cart", field="id")
        return _seen(kept, who)

    def told(self, who: Who) -> HandedCarts:
        for kept in self.kept.values():
            if kept.taker == who:
                kept.handed = replace(kept.handed, arrived=True)
        mine = [kept for kept in self.kept.values() if kept.owner[0] == who[0]]
        wanted = [kept for kept in mine if kept.taker is None or (kept.owner == who and kept.taker != who)]
        return HandedCarts(carts=tuple(_seen(kept, who) for kept in reversed(wanted)))

    def take(self, who: Who, handover: str) -> TakenCart:
        kept = self._of(who, handover)
        if kept.taker is None:
            kept.taker = who
            kept.handed = replace(kept.handed, taken_by=who[1], taken_at=self.now())
        if kept.taker != who:
            raise problem(409, Code.TAKEN_ELSEWHERE, "Taken", f"It was continued on {kept.taker[1]}.")
        return TakenCart(handed=_seen(kept, who), body=kept.body)

    def _of(self, who: Who, handover: str) -> Kept:
        if handover not in self.kept or self.kept[handover].owner[0] != who[0]:
            raise problem(404, Code.NOT_FOUND, "No such cart")
        return self.kept[handover]


def _seen(kept: Kept, who: Who) -> HandedOver:
    return replace(kept.handed, from_here=kept.owner == who, taken_here=kept.taker == who)
