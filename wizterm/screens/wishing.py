"""Putting a product on the wishlist of whom the cart at hand is for."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.message import Message

from wizterm.screens.page import Page
from wizterm.widgets.catalogue_pane import CataloguePane
from wizterm.widgets.pane import shop_of


class Wishes(Page, inherit_bindings=False):
    """A page on which products are wished for."""

    @dataclass
    class Kept(Message):
        """It is on the disk."""

        words: str

    def wish_for(self, sku: str) -> None:
        self.ask(lambda bench: bench.wishing.wish(sku), self.Kept)

    @on(CataloguePane.WishWanted)
    def wish_for_the_row(self, message: CataloguePane.WishWanted) -> None:
        message.stop()
        self.wish_for(message.sku)

    @on(Kept)
    def say_kept(self, message: Kept) -> None:
        message.stop()
        self.say(message.words)
        shop_of(self).syncing.submitted()
