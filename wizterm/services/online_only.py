"""What only a network can do, and why it cannot be done just now."""

from __future__ import annotations

from wizterm.services.outlook import Mood, Outlook

LIVE_STOCK = frozenset({"catalogue.live-stock", "product.live-stock"})
PAYMENT = "order.pay"
HAND_OVER = "carts.hand-over"


class OnlineOnlyError(Exception):
    """The message says what is missing."""


def why_not(command: str, outlook: Outlook) -> str:
    """A sentence; empty where the command can be used."""
    if command == PAYMENT:
        return "Payments are online only, and not set up by your company."
    if command == HAND_OVER and outlook.mood is not Mood.ONLINE:
        return f"Going on with a cart on another device is online only: {outlook.words.lower()}."
    if command in LIVE_STOCK and outlook.mood is not Mood.ONLINE:
        return f"Live stock is online only: {outlook.words.lower()}. The list shows the stock of the last sync."
    return ""
