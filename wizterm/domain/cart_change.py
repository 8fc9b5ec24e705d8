"""One step in the life of a cart, small enough to keep: it can be taken back, and done again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wizterm.domain.cart import Cart, Line

Placed = tuple[int, Line]
"""A line and where it stands."""


@dataclass(frozen=True, slots=True)
class CartChange:
    before: Cart
    """Without lines."""
    after: Cart
    """Without lines."""
    lost: tuple[Placed, ...]
    """Lines that went or changed, as they were."""
    gained: tuple[Placed, ...]
    """Lines that came or changed, as they are."""

    def undone(self, cart: Cart) -> Cart:
        """The cart as it was, from the cart as this step left it."""
        return _turn(cart, self.before, self.gained, self.lost)

    def redone(self, cart: Cart) -> Cart:
        return _turn(cart, self.after, self.lost, self.gained)


def change(before: Cart, after: Cart) -> CartChange:
    kept = _kept(before, after)
    return CartChange(
        before=replace(before, lines=()),
        after=replace(after, lines=()),
        lost=_others(before, kept),
        gained=_others(after, kept),
    )


def _kept(before: Cart, after: Cart) -> set[str]:
    """Ids of lines that stayed as they were, in the order they had."""
    standing = {line.id: line for line in before.lines}
    kept = [line.id for line in after.lines if _same(standing.get(line.id), line)]
    stayed = set(kept)
    in_order = [line.id for line in before.lines if line.id in stayed]
    return stayed if kept == in_order else set()


def _same(before: Line | None, after: Line) -> bool:
    """A change leaves all lines but a few as the objects they were; comparing 500 of them costs 2 ms."""
    return before is after or before == after


def _others(cart: Cart, kept: set[str]) -> tuple[Placed, ...]:
    return tuple((place, line) for place, line in enumerate(cart.lines) if line.id not in kept)


def _turn(cart: Cart, head: Cart, out: tuple[Placed, ...], back: tuple[Placed, ...]) -> Cart:
    """Each line that comes back finds its place again: those before it stand already."""
    gone = {line.id for _, line in out}
    lines = [line for line in cart.lines if line.id not in gone]
    for place, line in back:
        lines.insert(place, line)
    return replace(head, lines=tuple(lines))
