"""Price lists, to look at: they come from the ERP and from files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.below_more import BelowMore
from wizterm.office.listing import ListPage
from wizterm.server.office import Office
from wizterm.server.price_list_book import PriceListLine
from wizterm.widgets.rows import Column, Row


class PriceListsPage(ListPage[PriceListLine], BelowMore):
    COMMAND = commands.PRICE_LISTS
    COLUMNS = (
        Column("List", 10),
        Column("Name", 12, grow=True),
        Column("Currency", 8),
        Column("Prices", 9, align="right"),
        Column("Customers", 9, align="right"),
        Column("What else", 20, grow=True),
    )
    EMPTY = "There is no price list yet: `wizterm admin import price_lists.csv` brings them."
    HELP = """
Every price list, with how many prices are on it and how many customers have it. They come from the ERP or from files,
and are changed there; `wizterm admin price-lists show` names the prices of one.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.LEAVE)

    def find(self, office: Office) -> Sequence[PriceListLine]:
        return office.price_lists.all()

    def row_of(self, item: PriceListLine) -> Row:
        cells = (item.id, item.name, item.currency, f"{item.prices:,}", f"{item.customers:,}", _else(item))
        return Row(item.id, cells, style="")


def _else(item: PriceListLine) -> str:
    minimum = f"orders from {item.order_minimum}" if item.order_minimum else ""
    parts = ("without a customer" * item.default, "else base prices" * item.falls_back, minimum)
    return ", ".join(part for part in parts if part)
