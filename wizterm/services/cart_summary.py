"""A cart as the list of carts shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Where(StrEnum):
    """Where a cart lives."""

    HERE = "here"
    GOING = "going"
    """Locked here: the server has not been heard to have it."""
    SERVER = "server"
    COMING = "coming"
    """Asked for; the server has not been heard to give it."""
    UNREADABLE = "unreadable"
    """It has come here, and this program makes no cart of it."""
    GONE = "gone"
    """Another device asked for it, and has not been heard to have it."""
    SETTLED = "settled"
    """Another device went on with it."""


@dataclass(frozen=True, slots=True)
class CartSummary:
    id: str
    """The cart's; the handing over's where it is not here."""
    name: str
    customer: str
    """The name; empty for a guest cart."""
    lines: int
    total: Decimal
    currency: str
    touched_at: datetime
    """When it was handed over or taken, where it is not here."""
    held: bool = False
    at_hand: bool = False
    where: Where = Where.HERE
    device: str = ""
    """Which one it came from; where it is gone, which one has it."""
    cart: str = ""
    """Id of what stands here of it; empty where nothing does."""
