"""`/v1/carts`: carts that a rep has handed over, so that another device of theirs can go on with them.

Handing over has an id of its own, made on the device, so that it can be said again until an answer is heard. What is in
the cart is a text between devices: the server keeps it as it came and does not read it.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

import msgspec

PATH = "/v1/carts"
MOST_WAITING = 100
"""Carts of one rep that nobody has taken yet."""
MOST_TAKEN = 200
"""Of those that other devices took, the newest that are told."""
MOST_BYTES = 640 * 1024
"""Of a cart's text: some 1,000 lines. What escaping adds leaves it below what the server takes in one request."""
LONGEST = 100
"""Characters of an id."""

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]


class CartLabel(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a list says of a cart."""

    cart: Id
    """The cart's own id: that of the document it will become."""
    currency: str
    lines: Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
    total: Decimal
    name: str = ""
    customer: str = ""
    """Public id; empty for a guest cart."""
    customer_name: str = ""
    version: int = 1
    """Of the cart's text: a device that does not read it leaves it on the server."""


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    id: Id
    label: CartLabel
    sha256: str
    """Of the body's UTF-8 bytes, hexadecimal."""
    body: str


class HandedOver(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a cart that was handed over is."""

    id: str
    sha256: str
    label: CartLabel
    device: str
    """Name of the device it came from."""
    at: datetime
    from_here: bool = False
    """Whether the device that asks handed it over."""
    taken_by: str = ""
    """Name of the device that took it; empty while it waits."""
    taken_at: datetime | None = None
    taken_here: bool = False
    """Whether the device that asks took it."""
    arrived: bool = False
    """Whether the device that took it has been heard since: until then its answer may have been lost."""


class HandedCarts(msgspec.Struct, frozen=True, kw_only=True):
    carts: tuple[HandedOver, ...]
    """All that wait, and those from the asking device that another one took; the newest first."""


class TakenCart(msgspec.Struct, frozen=True, kw_only=True):
    handed: HandedOver
    body: str
