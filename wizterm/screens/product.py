"""All about one product: picture, facts, what this customer bought, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.money import currency
from wizterm.domain.quantity import show
from wizterm.messages import WorkFailed
from wizterm.screens.adding import Adding
from wizterm.screens.live_stock import LiveStock
from wizterm.screens.product_code import ProductCodeSheet
from wizterm.screens.variant_grid import VariantGridPage
from wizterm.screens.whole import OpensWhole
from wizterm.screens.wishing import Wishes
from wizterm.services.cart_view import CartView
from wizterm.services.product_card import ProductCard
from wizterm.services.workbench import Workbench
from wizterm.widgets import figures
from wizterm.widgets.drawing import Drawing, drawing
from wizterm.widgets.pane import shop_of
from wizterm.widgets.picture import Picture
from wizterm.widgets.pixels import NoPictureError
from wizterm.widgets.product_facts import facts
from wizterm.widgets.rows import Column, Row, Rows


class ProductPage(OpensWhole, Adding, LiveStock, Wishes):
    DEFAULT_CSS = """
    ProductPage {
        & > #top { height: 1fr; }
        & > #top > Picture { width: 44; height: 1fr; margin: 1 2 0 1; }
        & > #top > VerticalScroll { width: 1fr; height: 1fr; padding: 1 1 0 0; scrollbar-size-vertical: 1; }
        & > Rows { height: 10; border-top: solid $border-blurred; padding: 0 1; }
        &.-narrow > #top > Picture { width: 24; height: 12; }
        &.-tiny > #top > Picture { display: none; }
        &.-tiny > #top > VerticalScroll { padding: 1 1 0 1; }
        &.-narrow > Rows, &.-tiny > Rows { height: 6; }
    }
    """

    HELP = """
The step of the price that this customer pays for what is in the cart, or for the least that can be ordered, is marked.
The list below shows the variants of the product, then what sells best on its shelf.

Pictures come with Media Sync, in the settings; without one the page says so.
"""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (70, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    """Where a picture would leave the facts no room there is none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(commands.BACK),
        *bind(*(command for command in commands.of("product") if command is not commands.ADD_PRODUCT)),
        *bind(commands.ADD_PRODUCT, priority=True),
    ]

    @dataclass
    class Read(Message):
        card: ProductCard
        quantity: Decimal
        """Of it in the cart."""

    @dataclass
    class Drawn(Message):
        sku: str
        drawn: Drawing

    @dataclass
    class NotDrawn(Message):
        words: str

    @dataclass
    class Added(Message):
        view: CartView

    def __init__(self, sku: str) -> None:
        super().__init__()
        self._sku = sku
        self._variants = 0
        self._card: ProductCard | None = None

    def body(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Picture()
            with VerticalScroll(can_focus=False):
                yield Static(id="facts")
        yield Rows(
            Column("SKU", 14),
            Column("Related", 20, grow=True, both_ends=True),
            Column("Price", 5, align="right"),
            Column("Stock", 5, align="right"),
            empty="Nothing goes with it.",
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A product without colours and sizes has no sheet of them, one that stands alone nothing beside it."""
        if action == commands.OPEN_RELATED.action and self.is_mounted:
            return self.query_one(Rows).current is not None
        if action == commands.VARIANTS.action and not self._variants:
            return False
        return super().check_action(action, parameters)

    def action_live_stock(self) -> None:
        self.ask_stock("product.live-stock", self._sku)

    def action_wish(self) -> None:
        self.wish_for(self._sku)

    def on_mount(self) -> None:
        self.query_one(Rows).focus()
        self._open(self._sku)

    @on(Read)
    def show(self, message: Read) -> None:
        message.stop()
        card, in_ = message.card, currency(message.card.price_list.currency)
        self.note = card.product.sku
        self._variants = card.variants
        self.refresh_bindings()
        self._card = card
        self.query_one("#facts", Static).update(facts(card, message.quantity, shop_of(self).machine.clock))
        rows = [
            Row(
                offer.product.sku,
                (offer.product.sku, offer.product.name, figures.price(offer.price, in_), figures.stock(offer.stock)),
            )
            for offer in card.related
        ]
        self.query_one(Rows).replace(rows, more=False, keep_cursor=False)
        self._draw(card)
        self.let_see()

    @on(Drawn)
    def show_picture(self, message: Drawn) -> None:
        message.stop()
        if message.sku == self._sku:
            self.query_one(Picture).show(message.drawn)

    @on(Picture.Resized)
    def draw_again(self, message: Picture.Resized) -> None:
        message.stop()
        if self._card is not None:
            self._draw(self._card)

    @on(NotDrawn)
    def show_no_picture(self, message: NotDrawn) -> None:
        message.stop()
        self.query_one(Picture).words = message.words

    @on(Added)
    def tell_added(self, message: Added) -> None:
        message.stop()
        held = sum(
            (line.count for line in message.view.cart.lines if line.sku == self._sku and not line.is_credit), Decimal(0)
        )
        self.say(message.view.said or f"{show(held)} × {self._sku} are in the cart.")
        self._open(self._sku)

    @on(Rows.Chosen)
    def add_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_add()

    def added(self, view: CartView) -> Message:
        return self.Added(view)

    def action_add(self) -> None:
        self.add_product(self._sku)

    def action_related(self) -> None:
        if (row := self.query_one(Rows).current) is not None:
            self._open(row.key)

    def action_variants(self) -> None:
        self.app.push_screen(VariantGridPage(self._sku), lambda _: self._open(self._sku))

    def action_code(self) -> None:
        if self._card is not None:
            product = self._card.product
            self.app.push_screen(ProductCodeSheet(product.gtin or product.sku, product.name))

    def action_close(self) -> None:
        self.action_back()

    def _open(self, sku: str) -> None:
        self._sku = sku
        self.look("product", lambda bench: _read(bench, sku), lambda read: self.Read(*read))

    def _draw(self, card: ProductCard) -> None:
        """Beside the facts, and after them: unpacking a picture takes longer than all else."""
        picture = self.query_one(Picture)
        path = next((path for digest in card.pictures if (path := shop_of(self).machine.picture(digest))), None)
        picture.show(())
        if path is None:
            picture.words = "picture not fetched yet" if card.pictures else "no picture"
            return
        sku, size = card.product.sku, picture.size
        background = self.background_colors[1].rich_color.get_truecolor().hex
        protocol = shop_of(self).picture_protocol
        shop_of(self).desk.look(
            "picture",
            lambda: drawing(protocol, path, size, background),
            lambda drawn: self.Drawn(sku, drawn),
            self,
            failed=lambda error: self.NotDrawn(str(error)) if isinstance(error, NoPictureError) else WorkFailed(error),
        )


def _read(bench: Workbench, sku: str) -> tuple[ProductCard, Decimal]:
    cart = bench.entry.cart()
    held = sum((line.quantity for line in cart.lines if line.sku == sku and not line.is_credit), Decimal(0))
    return bench.cards.card(sku, bench.customers.get(cart.customer), cart.price_list), held
