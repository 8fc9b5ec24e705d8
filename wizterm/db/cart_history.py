"""The steps of each cart, the newest last, so that they can be taken back also after a restart."""

from __future__ import annotations

import msgspec
from peewee import SqliteDatabase

from wizterm.db.models import CartStep
from wizterm.domain.cart_change import CartChange
from wizterm.protocol.decoding import decoded

MOST = 200
"""Steps kept of one cart: more than anybody takes back one by one."""


class CartHistory:
    """Call it inside the transaction that changes the cart."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def remember(self, cart: str, change: CartChange) -> None:
        """One more step; what had been taken back before it cannot be done again."""
        self._database.execute_sql("DELETE FROM cart_step WHERE cart = ? AND undone = 1", (cart,))
        body = msgspec.json.encode(change).decode()
        added = self._database.execute_sql("INSERT INTO cart_step (cart, body, undone) VALUES (?, ?, 0)", (cart, body))
        oldest = added.lastrowid - MOST
        self._database.execute_sql("DELETE FROM cart_step WHERE cart = ? AND position <= ?", (cart, oldest))

    def newest_done(self, cart: str) -> tuple[int, CartChange] | None:
        return self._step(cart, undone=False)

    def oldest_undone(self, cart: str) -> tuple[int, CartChange] | None:
        return self._step(cart, undone=True)

    def mark(self, position: int, *, undone: bool) -> None:
        CartStep.update(undone=int(undone)).where(CartStep.position == position).execute(self._database)

    def forget(self, cart: str) -> None:
        CartStep.delete().where(CartStep.cart == cart).execute(self._database)

    def _step(self, cart: str, *, undone: bool) -> tuple[int, CartChange] | None:
        order = CartStep.position if undone else CartStep.position.desc()
        query = (
            CartStep.select(CartStep.position, CartStep.body)
            .where((CartStep.cart == cart) & (CartStep.undone == int(undone)))
            .order_by(order)
            .limit(1)
        )
        for position, body in query.tuples().execute(self._database):
            return position, decoded(body, CartChange)
        return None
