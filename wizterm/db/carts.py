"""Carts on the disk: every change is committed when it is made, and writes only what it changed."""

from __future__ import annotations

import msgspec
from peewee import SqliteDatabase

from wizterm.db.models import CartLineRow, CartRow
from wizterm.domain.cart import Cart, Line
from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.discount import CartDiscount


class Carts:
    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def ids(self) -> list[str]:
        """All open carts in the order they were begun: their ids rise with time."""
        return [
            cart_id for (cart_id,) in CartRow.select(CartRow.id).order_by(CartRow.id).tuples().execute(self._database)
        ]

    def latest(self) -> str | None:
        """The cart that was touched last."""
        query = CartRow.select(CartRow.id).order_by(CartRow.touched_at.desc(), CartRow.id.desc()).limit(1)
        return next((cart_id for (cart_id,) in query.tuples().execute(self._database)), None)

    def load(self, cart_id: str) -> Cart | None:
        row = CartRow.select().where(CartRow.id == cart_id).first(self._database)
        if row is None:
            return None
        lines = CartLineRow.select(CartLineRow.body).where(CartLineRow.cart == cart_id).order_by(CartLineRow.position)
        return Cart(
            id=row.id,
            currency=row.currency,
            price_list=row.price_list,
            customer=row.customer,
            name=row.name,
            lines=tuple(msgspec.json.decode(body, type=Line) for (body,) in lines.tuples().execute(self._database)),
            discounts=msgspec.json.decode(row.discounts, type=tuple[CartDiscount, ...]),
            note=row.note,
        )

    def save(self, cart: Cart, before: Cart | None) -> None:
        """Write what differs from `before`, in one transaction; None for a cart that is new."""
        with self._database.atomic():
            self._save_head(cart)
            standing = {} if before is None else {line.id: (at, line) for at, line in enumerate(before.lines)}
            for position, line in enumerate(cart.lines):
                if standing.pop(line.id, None) != (position, line):
                    self._save_line(cart.id, position, line)
            for line_id in standing:
                self._drop_line(cart.id, line_id)

    def touch(self, cart_id: str) -> None:
        """Make this the cart at hand."""
        CartRow.update(touched_at=self._now()).where(CartRow.id == cart_id).execute(self._database)

    def remove(self, cart_id: str) -> None:
        """Take the cart off the disk; the caller has it as a document, or the rep threw it away."""
        CartRow.delete().where(CartRow.id == cart_id).execute(self._database)

    def _save_head(self, cart: Cart) -> None:
        head = {
            "id": cart.id,
            "name": cart.name,
            "customer": cart.customer,
            "price_list": cart.price_list,
            "currency": cart.currency,
            "note": cart.note,
            "discounts": msgspec.json.encode(cart.discounts).decode(),
            "touched_at": self._now(),
        }
        changed = {name: value for name, value in head.items() if name != "id"}
        CartRow.insert(head).on_conflict(conflict_target=[CartRow.id], update=changed).execute(self._database)

    def _save_line(self, cart_id: str, position: int, line: Line) -> None:
        body = msgspec.json.encode(line).decode()
        CartLineRow.insert(cart=cart_id, id=line.id, position=position, body=body).on_conflict(
            conflict_target=[CartLineRow.cart, CartLineRow.id], update={"position": position, "body": body}
        ).execute(self._database)

    def _drop_line(self, cart_id: str, line_id: str) -> None:
        CartLineRow.delete().where((CartLineRow.cart == cart_id) & (CartLineRow.id == line_id)).execute(self._database)

    def _now(self) -> int:
        return milliseconds(self._clock.now())
