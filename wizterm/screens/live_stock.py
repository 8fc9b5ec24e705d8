"""Asking the company for the stock of one product, beside the screen that shows the last sync's."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.message import Message

from wizterm.domain.clock import age
from wizterm.domain.product import Stock
from wizterm.domain.quantity import show
from wizterm.screens.calling import Calling
from wizterm.screens.page import Page
from wizterm.services.online_only import PAYMENT, why_not
from wizterm.widgets.catalogue_pane import CataloguePane
from wizterm.widgets.pane import shop_of


class LiveStock(Page, Calling):
    @dataclass
    class Known(Message):
        sku: str
        stock: Stock | None

    def ask_stock(self, command: str, sku: str) -> None:
        if reason := why_not(command, self.outlook):
            self.say(reason, "warning")
        else:
            syncing = shop_of(self).syncing
            self.call("live stock", lambda: syncing.live_stock(sku), lambda stock: self.Known(sku, stock))

    @on(CataloguePane.StockWanted)
    def ask_for_the_row(self, message: CataloguePane.StockWanted) -> None:
        message.stop()
        self.ask_stock("catalogue.live-stock", message.sku)

    @on(Known)
    def say_stock(self, message: Known) -> None:
        message.stop()
        if message.stock is None:
            self.say(f"{message.sku}: the company keeps no count of it.")
            return
        ago = age(shop_of(self).machine.clock.now() - message.stock.at)
        counted = "just now" if ago == "just now" else f"{ago} ago"
        said = f"{message.sku}: {show(message.stock.quantity)} in stock, counted {counted}."
        if message.stock.reason:
            self.say(f"{said} {message.stock.reason}", "warning")
        else:
            self.say(said)

    def action_pay(self) -> None:
        self.say(why_not(PAYMENT, self.outlook), "warning")
