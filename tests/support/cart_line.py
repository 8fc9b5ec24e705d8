"""What the line to the company does with carts, over a server in memory and without threads."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support.fake_carts import FakeCarts
from tests.support.ui import Folder
from wizterm.db.handovers import Handovers
from wizterm.protocol.handover import HandedCarts, HandedOver, HandOver, TakenCart
from wizterm.sync.handing_over import HandingOver


@dataclass
class CartLine:
    """One device of Kim's."""

    server: FakeCarts
    device: str
    folder: Folder
    asked: list[str] = field(default_factory=list)

    def __call__(self) -> tuple[str, ...]:
        """In place of `Syncing.hand_over`."""
        return HandingOver(self, Handovers(self.folder.machine.database, self.folder.clock)).run()

    def hand_over_the_cart_at_hand(self) -> None:
        bench = self.folder.bench
        bench.handover.hand_over(bench.entry.current().cart.id)
        self()

    def take_the_only_one(self) -> str:
        self()
        (found,) = self.folder.bench.handover.all()
        self.folder.bench.handover.take(found.id)
        self()
        return self.folder.bench.handover.unpack()

    def carts(self) -> HandedCarts:
        return self.server.told(self._who)

    def hand_over(self, request: HandOver) -> HandedOver:
        return self.server.keep(self._who, request)

    def take_cart(self, handover: str) -> TakenCart:
        return self.server.take(self._who, handover)

    @property
    def _who(self) -> tuple[str, str]:
        return "KIM", self.device
