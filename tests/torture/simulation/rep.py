"""What a rep does with a machine, drawn by chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.torture.carts import CartPromises
from tests.torture.simulation.device import SimulatedDevice
from wizterm.domain.customer import NewCustomer
from wizterm.domain.document import Kind, State
from wizterm.services.cart_summary import Where
from wizterm.services.words import plain_reason
from wizterm.services.workbench import Workbench

SKUS = ("MUG", "TRAY", "HAT")
PAPERS = frozenset({Kind.ORDER, Kind.QUOTE})


class Rep:
    def __init__(self, device: SimulatedDevice, carts: CartPromises, chance: Random, *, busy_with_carts: int) -> None:
        """`busy_with_carts` is how much of the work is with those that wait, and go from one machine to another."""
        self.device = device
        self._carts = carts
        self._weights = [
            weight * (busy_with_carts if name in _ABOUT_CARTS else 1) for name, (weight, _) in _DOES.items()
        ]
        self._chance = chance

    def act(self) -> str:
        """Something, drawn by chance; gives what came of it."""
        if not self.device.running:
            return "is off"
        if not self.device.parting.over:
            return "is a copy, and waits"
        does = self._chance.choices(list(_DOES), weights=self._weights)[0]
        try:
            said = _DOES[does][1](self)
        except Exception as error:
            if plain_reason(error) is None:
                raise
            said = f"no: {type(error).__name__}"
        self.device.acted()
        return f"{does}: {said}"

    def let_go(self) -> None:
        """Nothing is held any more, so that everything can come to rest."""
        for paper in self._bench.documents.page(states=frozenset({State.QUEUED})):
            if paper.held:
                self._bench.outgoing.hold_or_release(paper.document)

    @property
    def _bench(self) -> Workbench:
        return self.device.machine.bench

    def _order(self, kind: Kind = Kind.ORDER) -> str:
        return self._submitted(self._filled(), kind)

    def _quote(self) -> str:
        return self._order(Kind.QUOTE)

    def _fill(self) -> str:
        """A cart that is left for later, or for another machine."""
        cart = self._filled()
        self._carts.kept(self._bench.entry.open(cart).cart)
        return cart

    def _hand_over(self) -> str:
        carts = [each for each in self._bench.shelf.all() if each.lines]
        if not carts:
            return ""
        cart = self._chance.choice(carts).cart
        self._bench.handover.hand_over(cart)
        return cart

    def _take(self) -> str:
        there = [each for each in self._bench.handover.all() if each.where in {Where.SERVER, Where.GOING}]
        if not there:
            return ""
        handover = self._chance.choice(there).id
        self._bench.handover.take(handover)
        return handover

    def _submit(self) -> str:
        carts = [each for each in self._bench.shelf.all() if each.lines]
        return self._submitted(self._chance.choice(carts).cart, Kind.ORDER) if carts else ""

    def _customer(self) -> str:
        made = self._bench.submission.new_customer(
            NewCustomer(company=f"Shop {self._chance.randint(1, 999)}", contact="Ann", email="ann@shop.example")
        )
        self.device.customers.append(made.id)
        return made.name

    def _hold(self) -> str:
        waiting = self._bench.documents.page(states=frozenset({State.QUEUED}))
        return str(self._bench.outgoing.hold_or_release(self._chance.choice(waiting).document)) if waiting else ""

    def _cancel(self) -> str:
        page = self._bench.documents.page(kinds=PAPERS)
        return self._bench.taking_back.cancel(self._chance.choice(page).document) if page else ""

    def _revise(self) -> str:
        page = self._bench.documents.page(states=frozenset({State.REFUSED, State.DELIVERED}), kinds=PAPERS)
        if not page:
            return ""
        paper = self._chance.choice(page)
        self._bench.again.revise(paper.document)
        self._bench.entry.add("HAT", 1)
        return self._submitted(self._bench.entry.current().cart.id, paper.kind)

    def _filled(self) -> str:
        """A cart with some lines, marked so that it is known again whatever becomes of it."""
        entry = self._bench.entry
        entry.begin(self._chance.choice(self.device.customers))
        mark = self._carts.mark()
        entry.change(lambda cart: replace(cart, note=mark))
        for _ in range(self._chance.randint(1, 4)):
            entry.add(self._chance.choice(SKUS), self._chance.randint(1, 30))
        return entry.current().cart.id

    def _submitted(self, cart: str, kind: Kind) -> str:
        frozen = self._bench.submission.submit(cart, kind)
        self.device.promises.saved(frozen.document.id, frozen.document.revision, frozen.body)
        return frozen.number


_DOES: dict[str, tuple[int, Callable[[Rep], str]]] = {
    "order": (8, Rep._order),
    "quote": (2, Rep._quote),
    "fill": (1, Rep._fill),
    "hand over": (1, Rep._hand_over),
    "take": (1, Rep._take),
    "submit": (1, Rep._submit),
    "customer": (2, Rep._customer),
    "hold": (2, Rep._hold),
    "cancel": (2, Rep._cancel),
    "revise": (2, Rep._revise),
}
"""How often, and what."""
_ABOUT_CARTS = frozenset({"fill", "hand over", "take", "submit"})
