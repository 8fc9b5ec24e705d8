"""What the list of carts does with those on other devices: hands over, takes, and says what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.message import Message

from wizterm.messages import WorkFailed
from wizterm.screens.calling import Calling
from wizterm.screens.page import Sheet
from wizterm.services.cart_summary import CartSummary, Where
from wizterm.services.online_only import HAND_OVER, why_not
from wizterm.widgets.pane import shop_of


class CartsElsewhere(Sheet[bool], Calling):
    class Moving(Message):
        """A cart is to go to the server, or to come from there."""

    @dataclass
    class Moved(Message):
        said: tuple[str, ...]

    @property
    def current(self) -> CartSummary | None:
        """The cart under the cursor."""
        return None

    def list_carts(self) -> None:
        """Show them all as they stand now."""

    @on(Moving)
    def begin_to_move(self, message: Moving) -> None:
        message.stop()
        self.list_carts()
        self.move()

    @on(Moved)
    def say_moved(self, message: Moved) -> None:
        message.stop()
        for words in message.said:
            self.say(words)
        self.list_carts()

    @on(WorkFailed)
    def list_anew(self) -> None:
        """What could not be done may have changed where a cart is."""
        self.list_carts()

    def action_hand_over(self) -> None:
        cart = self.current
        if cart is not None and cart.where is not Where.HERE:
            self.take(cart)
        elif self.barred:
            self.say(self.barred, "warning")
        elif cart is not None:
            self.ask(lambda bench: bench.handover.hand_over(cart.id), lambda _: self.Moving())

    def here(self) -> CartSummary | None:
        """The cart under the cursor, where it can be changed; else it is said where it is."""
        cart = self.current
        if cart is None or cart.where is Where.HERE:
            return cart
        self.say("That cart is not on this device: Enter takes it here, where no other device has it.", "warning")
        return None

    @property
    def barred(self) -> str:
        """Why carts cannot go to the server or come from it just now; empty where they can."""
        return why_not(HAND_OVER, shop_of(self).outlook)

    def take(self, cart: CartSummary) -> None:
        if cart.where in {Where.GONE, Where.SETTLED}:
            self.say("Another device of yours went on with that cart: it is there now.", "warning")
        elif cart.where is Where.UNREADABLE:
            self.say("That cart cannot be read here: update this WizTerm, or ask the office to free it.", "warning")
        elif self.barred:
            self.say(self.barred, "warning")
        else:
            self.ask(lambda bench: bench.handover.take(cart.id), lambda _: self.Moving())

    def move(self, *, quietly: bool = False) -> None:
        self.call("carts", shop_of(self).syncing.hand_over, self.Moved, quietly=quietly)
