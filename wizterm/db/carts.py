"""Carts on the disk: every change is committed when it is made, and writes only what it changed.

What is asked with every key goes past Peewee's builder, which takes longer than SQLite does.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from peewee import SqliteDatabase

from wizterm.db.cart_history import CartHistory
from wizterm.db.models import CartLineRow, CartRow
from wizterm.domain.approval import Approval
from wizterm.domain.cart import Cart, Line, Revised
from wizterm.domain.cart_change import change
from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.domain.details import Details
from wizterm.domain.discount import CartDiscount
from wizterm.domain.fees import Fee
from wizterm.protocol.decoding import decoded

DISCARDED_KEPT = 20
"""Carts thrown away that can still be brought back."""
OPEN = CartRow.discarded == 0
LOCKED = CartRow.discarded == 2
"""Handed over: it stands here until another device has it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A cart with what the shelf knows of it."""

    cart: Cart
    touched_at: datetime
    held: bool


class Carts:
    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._history = CartHistory(database)

    def ids(self) -> list[str]:
        """The carts one goes through, in the order they were begun (their ids rise with time); no held ones."""
        rows = self._database.execute_sql("SELECT id FROM cart WHERE discarded = 0 AND held = 0 ORDER BY id")
        return [cart_id for (cart_id,) in rows]

    def latest(self) -> str | None:
        """The open cart that was touched last."""
        rows = self._database.execute_sql(
            "SELECT id FROM cart WHERE discarded = 0 AND held = 0 ORDER BY touched_at DESC, id DESC LIMIT 1"
        )
        return next((cart_id for (cart_id,) in rows), None)

    def all(self) -> list[Kept]:
        """Every open cart, the one at hand first, held ones last."""
        query = (
            CartRow.select(CartRow.id, CartRow.touched_at, CartRow.held)
            .where(OPEN)
            .order_by(CartRow.held, CartRow.touched_at.desc(), CartRow.id.desc())
        )
        rows = query.tuples().execute(self._database)
        found = [(self.load(cart_id), at, held) for cart_id, at, held in rows]
        return [Kept(cart, moment(at), bool(held)) for cart, at, held in found if cart is not None]

    def load(self, cart_id: str) -> Cart | None:
        row = CartRow.select().where(CartRow.id == cart_id).first(self._database)
        if row is None:
            return None
        lines = self._database.execute_sql("SELECT body FROM cart_line WHERE cart = ? ORDER BY position", (cart_id,))
        return Cart(
            id=row.id,
            currency=row.currency,
            price_list=row.price_list,
            customer=row.customer,
            name=row.name,
            lines=tuple(decoded(body, Line) for (body,) in lines),
            discounts=decoded(row.discounts, tuple[CartDiscount, ...]),
            note=row.note,
            details=decoded(row.details, Details),
            revision=row.revision,
            quote=row.quote,
            fees=decoded(row.fees, tuple[Fee, ...]),
            approvals=decoded(row.approvals, tuple[Approval, ...]),
            revised=_revised(row.revised),
        )

    def transaction(self) -> AbstractContextManager[object]:
        """All that is done within it, or nothing."""
        return self._database.atomic()

    def save(self, cart: Cart, before: Cart | None, *, touch: bool = True) -> None:
        """Write what differs from `before` and remember the step, in one transaction; None for a cart that is new.

        Whoever saves without touching leaves at hand what is.
        """
        with self._database.atomic():
            self._write(cart, before, touch=touch)
            if before is not None and cart != before:
                self._history.remember(cart.id, change(before, cart))

    def undo(self, cart_id: str) -> Cart | None:
        """The cart as it was before its last step; None where there is no step to take back."""
        with self._database.atomic():
            found, cart = self._history.newest_done(cart_id), self.load(cart_id)
            if found is None or cart is None:
                return None
            position, step = found
            self._history.mark(position, undone=True)
            return self._write(step.undone(cart), cart)

    def redo(self, cart_id: str) -> Cart | None:
        """The cart with the step again that was taken back last; None where there is none."""
        with self._database.atomic():
            found, cart = self._history.oldest_undone(cart_id), self.load(cart_id)
            if found is None or cart is None:
                return None
            position, step = found
            self._history.mark(position, undone=False)
            return self._write(step.redone(cart), cart)

    def forget_steps(self, cart_id: str) -> None:
        """No step up to here can be taken back."""
        self._history.forget(cart_id)

    def touch(self, cart_id: str) -> None:
        """Make this the cart at hand; one that was held is so no more."""
        self._set(cart_id, touched_at=self._touch_time(), held=0)

    def hold(self, cart_id: str) -> None:
        """Put it aside."""
        self._set(cart_id, held=1)

    def is_open(self, cart_id: str) -> bool:
        return self._is(cart_id, OPEN)

    def is_locked(self, cart_id: str) -> bool:
        """Whether it was handed over, and may be on another device or on the server."""
        return self._is(cart_id, LOCKED)

    def drop(self, cart_id: str) -> None:
        """Take it off the disk for good, and all that was to be undone with it."""
        CartRow.delete().where(CartRow.id == cart_id).execute(self._database)

    def remove(self, cart_id: str) -> None:
        """Throw the cart away; it can be brought back while few were thrown away after it."""
        with self._database.atomic():
            self._set(cart_id, discarded=1, touched_at=self._touch_time())
            old = [old_id for (old_id,) in _discarded().offset(DISCARDED_KEPT).tuples().execute(self._database)]
            CartRow.delete().where(CartRow.id.in_(old)).execute(self._database)

    def bring_back(self) -> str | None:
        """The cart thrown away last is open again, and at hand; None where there is none."""
        for (cart_id,) in _discarded().limit(1).tuples().execute(self._database):
            self._set(cart_id, discarded=0, held=0, touched_at=self._touch_time())
            return str(cart_id)
        return None

    def _write(self, cart: Cart, before: Cart | None, *, touch: bool = True) -> Cart:
        self._save_head(cart, touch=touch)
        standing = {} if before is None else {line.id: (at, line) for at, line in enumerate(before.lines)}
        self._save_lines(
            cart.id,
            [
                (position, line)
                for position, line in enumerate(cart.lines)
                if standing.pop(line.id, None) != (position, line)
            ],
        )
        for line_id in standing:
            self._drop_line(cart.id, line_id)
        return cart

    def _save_head(self, cart: Cart, *, touch: bool) -> None:
        head = {
            "id": cart.id,
            "name": cart.name,
            "customer": cart.customer,
            "price_list": cart.price_list,
            "currency": cart.currency,
            "note": cart.note,
            "discounts": msgspec.json.encode(cart.discounts).decode(),
            "details": msgspec.json.encode(cart.details).decode(),
            "revision": cart.revision,
            "quote": cart.quote,
            "fees": msgspec.json.encode(cart.fees).decode(),
            "approvals": msgspec.json.encode(cart.approvals).decode(),
            "revised": msgspec.json.encode(cart.revised).decode(),
            "touched_at": self._touch_time(),
        }
        kept = {"id"} if touch else {"id", "touched_at"}
        changed = ", ".join(f"{name} = excluded.{name}" for name in head if name not in kept)
        self._database.execute_sql(
            f"INSERT INTO cart ({', '.join(head)}, held, discarded) VALUES ({', '.join('?' * len(head))}, 0, 0) "  # noqa: S608 - names of columns
            f"ON CONFLICT (id) DO UPDATE SET {changed}",
            tuple(head.values()),
        )

    def _save_lines(self, cart_id: str, lines: list[tuple[int, Line]]) -> None:
        self._database.cursor().executemany(
            "INSERT INTO cart_line (cart, id, position, body) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (cart, id) DO UPDATE SET position = excluded.position, body = excluded.body",
            [(cart_id, line.id, position, msgspec.json.encode(line).decode()) for position, line in lines],
        )

    def _drop_line(self, cart_id: str, line_id: str) -> None:
        CartLineRow.delete().where((CartLineRow.cart == cart_id) & (CartLineRow.id == line_id)).execute(self._database)

    def _is(self, cart_id: str, state: Any) -> bool:
        query = CartRow.select(CartRow.id).where(state & (CartRow.id == cart_id))
        return any(True for _ in query.tuples().execute(self._database))

    def _set(self, cart_id: str, **columns: int) -> None:
        CartRow.update(columns).where(CartRow.id == cart_id).execute(self._database)

    def _touch_time(self) -> int:
        """Later than any other: a clock that was set back must not bring another cart to hand."""
        latest = self._database.execute_sql("SELECT coalesce(max(touched_at), 0) FROM cart").fetchone()[0]
        return max(milliseconds(self._clock.now()), int(latest) + 1)


def _revised(text: str) -> Revised | None:
    return None if text == "null" else decoded(text, Revised)


def _discarded() -> Any:
    """Ids of the carts thrown away, the last one first."""
    return CartRow.select(CartRow.id).where(CartRow.discarded == 1).order_by(CartRow.touched_at.desc())
