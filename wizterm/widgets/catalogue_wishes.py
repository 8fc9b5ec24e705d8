"""What the catalogue asks of the screen it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from textual.message import Message

from wizterm.domain.browsing import Browse
from wizterm.widgets.pane import Pane


class CatalogueWishes(Pane):
    @dataclass
    class FirstWanted(Message):
        """Enter before the list has followed the words."""

        words: str
        count: Decimal | None
        browse: Browse

    @dataclass
    class WhyWanted(Message):
        """Where the price of a product comes from."""

        sku: str
        customer: str
        price_list: str

    @dataclass
    class StockWanted(Message):
        """The rep wants to know the stock of now."""

        sku: str

    @dataclass
    class WishWanted(Message):
        """The customer would like to have the product some day."""

        sku: str

    @dataclass
    class AddWanted(Message):
        """Enter on a product."""

        sku: str
        count: Decimal | None

    @dataclass
    class ShelvesWanted(Message):
        """To browse by category or collection."""

        browse: Browse

    @dataclass
    class ProductWanted(Message):
        """All about one product."""

        sku: str

    @dataclass
    class VariantsWanted(Message):
        """All colours and sizes of one product."""

        sku: str

    @dataclass
    class FiltersWanted(Message):
        browse: Browse
        words: str
