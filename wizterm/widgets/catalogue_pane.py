"""The catalogue: search as you type, add with Enter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.browsing import EVERYTHING, Browse
from wizterm.domain.clock import Clock
from wizterm.messages import WorkFailed
from wizterm.services.cart_view import CartView
from wizterm.services.catalogue import Offer, OfferPage
from wizterm.widgets.browse_line import BrowseLine, shelf_title
from wizterm.widgets.catalogue_wishes import CatalogueWishes
from wizterm.widgets.list_keys import ListKeys
from wizterm.widgets.offer_figures import PLAIN, columns_for, found_words, offer_facts, offer_row
from wizterm.widgets.rows import Column, Rows
from wizterm.widgets.search_field import SearchField, count_and_words
from wizterm.widgets.steady_text import SteadyText

LONGEST_SEARCH = 200
_FIRST = (commands.SORT, commands.WHY_OFFER, commands.SHEET)
"""Keys that the search field would take for its own."""


class CataloguePane(CatalogueWishes, ListKeys):
    DEFAULT_CSS = """
    CataloguePane {
        & > .facts { height: 3; color: $foreground 70%; text-wrap: nowrap; text-overflow: ellipsis; }
        & > Rows { height: 1fr; }
    }
    """

    HELP = """
Type the beginning of any word of a product's name or description, its SKU or its barcode. The list follows while you
type, best sellers first, and shows only what this customer may buy, at this customer's price. Where nothing
matches, the nearest words that do are looked for instead.

Write `12*` before the words, or alone, and Enter adds twelve; `-3*` takes three back, where the office lets you.

→ at the end of the field opens all about a product, ← at its beginning opens categories and collections. A filter
narrows the list by what products are and by what this customer bought. Esc takes back the words, then the filters,
then goes a category up.

Alt+I, from the cart too, asks for a file with a picture, and lists the products whose pictures are like it.

▦ stands before what comes in colours and sizes: all of them open as a sheet of quantities. ↓ stands after a price that
falls with the quantity; the lines below the list say from how many.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*(command for command in commands.of("catalogue") if command not in _FIRST)),
        *bind(*_FIRST, priority=True),
    ]

    view: var[CartView | None] = var(None)

    @dataclass
    class Found(Message):
        """A page of the search is here."""

        page: OfferPage
        first: bool

    def __init__(self, clock: Clock, **options: Any) -> None:
        super().__init__(**options)
        self._clock = clock
        self._offers: dict[str, Offer] = {}
        self._page: OfferPage | None = None
        self._browse = EVERYTHING
        self._columns: tuple[Column, ...] = PLAIN
        """Of the head and of every row: they change together, and stay while the pane is hidden and has no width."""
        self.frame(shelf_title(EVERYTHING))

    @property
    def turned(self) -> dict[str, str]:
        """Nothing found is nothing to add; what is typed meanwhile may find more, so the keys stay."""
        return {} if self._rows.current else {commands.ADD.id: "", commands.PRODUCT.id: ""}

    def action_live_stock(self) -> None:
        if (row := self._rows.current) is not None:
            self.post_message(self.StockWanted(row.key))

    def action_wish(self) -> None:
        if (row := self._rows.current) is not None:
            self.post_message(self.WishWanted(row.key))

    def compose(self) -> ComposeResult:
        yield SearchField("Search by name, SKU, barcode or description", longest=LONGEST_SEARCH)
        yield BrowseLine()
        yield Rows(*PLAIN, empty="")
        yield SteadyText(classes="facts")

    def on_mount(self) -> None:
        self._rows.can_focus = False

    def on_resize(self) -> None:
        """Where there is more room, more is shown."""
        if not self.size.width:
            return
        page, self._columns = self._page, (columns := columns_for(self.size.width))
        rows = [offer_row(offer, page, columns) for offer in self._offers.values()] if page else []
        self._rows.set_columns(columns, rows)

    def focus_search(self) -> None:
        self.query_one(SearchField).focus()

    def watch_view(self, before: CartView | None, after: CartView | None) -> None:
        """Another customer or price list means other prices."""
        if after is None or not self.is_mounted:
            return
        buyer = (after.customer, after.price_list)
        if before is None or buyer != (before.customer, before.price_list):
            self.search()

    def search_if_nothing_is_shown(self) -> None:
        """For when a catalogue has come that was not there."""
        if self._page is None:
            self.search()

    def search(self) -> None:
        """Look the words up again, from the first page."""
        self._look(after=0)

    @on(Input.Changed)
    def search_as_typed(self, message: Input.Changed) -> None:
        message.stop()
        self.search()

    @on(Rows.MoreWanted)
    def fetch_more(self, message: Rows.MoreWanted) -> None:
        message.stop()
        if self._offers:
            self._look(after=list(self._offers.values())[-1].row)

    @on(Found)
    def show_page(self, message: Found) -> None:
        message.stop()
        page = message.page
        if (page.query, page.browse) != (self._wanted[1], self._browse):
            return
        offers = {offer.product.sku: offer for offer in page.offers}
        rows = [offer_row(offer, page, self._columns) for offer in page.offers]
        if message.first:
            self._offers, self._page = offers, page
            self._rows.say_when_empty("Nothing found. Try fewer letters, or another word.")
            self._rows.replace(rows, more=page.more, keep_cursor=False)
            self.frame(shelf_title(self._browse), found_words(page))
            self.query_one(BrowseLine).tell(page.browse, page.query, page.instead)
            self._show_facts()
        else:
            self._offers |= offers
            self._rows.extend(rows, more=page.more)

    @on(Rows.Highlighted)
    def show_facts(self, message: Rows.Highlighted) -> None:
        message.stop()
        self._show_facts()

    @on(Rows.Chosen)
    def add_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_add()

    def action_add(self) -> None:
        """Add what is under the cursor, as many as stand before the star.

        Enter can come before the list has followed the words: then it means the first product they find.
        """
        count, words = self._wanted
        row = self._rows.current
        if self._page is None or (self._page.query, self._page.browse) != (words, self._browse):
            self.post_message(self.FirstWanted(words, count, self._browse))
        elif row is not None:
            self.post_message(self.AddWanted(row.key, count))
        self._ready_for_the_next()

    @on(WorkFailed)
    def forget_page(self) -> None:
        """What is shown may no longer hold; the screen says why."""
        if self._page is None:
            self.say_nothing_yet()
        self._page = None

    def say_nothing_yet(self) -> None:
        self._rows.say_when_empty("The catalogue comes with the first sync.")

    def action_why(self) -> None:
        row = self._rows.current
        if row is not None and self.view is not None:
            self.post_message(self.WhyWanted(row.key, self.view.cart.customer, self.view.cart.price_list))

    def action_clear(self) -> None:
        """Take back what narrows the list, the nearest first."""
        field = self.query_one(SearchField)
        if field.value:
            field.value = ""
        else:
            self.show(self._browse.wider())

    def action_categories(self) -> None:
        self.post_message(self.ShelvesWanted(self._browse))

    def action_product(self) -> None:
        if (row := self._rows.current) is not None:
            self.post_message(self.ProductWanted(row.key))

    def action_variants(self) -> None:
        if (row := self._rows.current) is not None:
            self.post_message(self.VariantsWanted(row.key))

    def action_filter(self) -> None:
        self.post_message(self.FiltersWanted(self._browse, self._wanted[1]))

    def action_sort(self) -> None:
        self.show(replace(self._browse, order=self._browse.order.next))

    def show(self, browse: Browse) -> None:
        """Show this part of the catalogue, in its order."""
        if browse != self._browse:
            self._browse = browse
            self.search()

    @property
    def _rows(self) -> Rows:
        return self.query_one(Rows)

    @property
    def _wanted(self) -> tuple[Decimal | None, str]:
        return count_and_words(self.query_one(SearchField).value)

    def _ready_for_the_next(self) -> None:
        """The count is used up; the words stay, marked, so that the next ones typed take their place."""
        count, words = self._wanted
        field = self.query_one(SearchField)
        if count is not None:
            field.value = words
        field.select_all()

    def _look(self, after: int) -> None:
        if self.view is None:
            return
        words, customer, browse = self._wanted[1], self.view.customer, self._browse
        list_id = self.view.cart.price_list
        instead = self._page.instead if self._page and after else ""
        self.look(
            "catalogue",
            lambda bench: bench.search.page(words, customer, after, browse, instead, list_id=list_id),
            lambda page: self.Found(page, first=not after),
        )

    def _show_facts(self) -> None:
        row = self._rows.current
        offer = self._offers.get(row.key) if row else None
        facts = offer_facts(offer, self._page, self._clock) if offer and self._page else Content()
        self.query_one(".facts", SteadyText).show(facts)
