"""One document: what it says, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.document import DocumentId
from wizterm.domain.money import currency
from wizterm.domain.records import DocumentSummary
from wizterm.domain.text import plain
from wizterm.protocol.bodies import (
    Address,
    BarcodeBody,
    CancellationBody,
    CustomerBody,
    OrderBody,
    OrderLine,
    WishlistBody,
)
from wizterm.screens.paper_actions import PaperActions
from wizterm.services.outlook import Outlook
from wizterm.services.papers import Paper
from wizterm.services.states import kind_words
from wizterm.widgets.order_lines import COLUMNS, chosen_with, line_row, order_sums, why_price
from wizterm.widgets.pane import Pane, shop_of
from wizterm.widgets.paper_card import PaperCard
from wizterm.widgets.rows import Rows


class DocumentPage(PaperActions):
    DEFAULT_CSS = """
    DocumentPage {
        & > #panes { height: 1fr; layout: horizontal; }
        & #said { width: 1fr; height: 1fr; }
        & .to { height: auto; margin-bottom: 1; }
        & Rows { height: 1fr; }
        & .why { height: auto; max-height: 4; color: $foreground 70%; }
        & .sums { height: auto; text-align: right; }
        & PaperCard { width: 42; height: 1fr; }
        &.-narrow {
            & > #panes { layout: vertical; }
            & PaperCard { width: 1fr; height: 7; }
        }
        &.-without-lines { & Rows, & .why, & .sums { display: none; } }
    }
    """

    HELP = """
This is what was submitted, to the letter: it does not change when the catalogue does. The line under the list says
why the price of the line under the cursor is what it is.

Beside it stands what became of it. Tab goes there and back.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("paper"))

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    """Where it is wide, the history stands beside the document."""

    paper: var[Paper | None] = var(None)

    @dataclass
    class Read(Message):
        paper: Paper

    def __init__(self, document: DocumentId, *, again: bool = False) -> None:
        """`again`: whether it is opened to be ordered again."""
        super().__init__()
        self._again = again
        self._document = document

    def body(self) -> ComposeResult:
        with Container(id="panes"):
            with Pane(id="said") as said:
                said.border_title = "What it says"
                yield Static(classes="to")
                yield Rows(*COLUMNS, empty="This document has no lines.")
                yield Static(classes="why")
                yield Static(classes="sums")
            yield PaperCard(shop_of(self).machine.clock).data_bind(DocumentPage.paper, DocumentPage.outlook)

    @property
    def paper_at_hand(self) -> DocumentSummary | None:
        return self.paper.summary if self.paper is not None else None

    def look_again(self) -> None:
        self._look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of what cannot be read here nothing can be made."""
        if action in _FOR_PAPERS and self.paper is not None and self.paper.body is None:
            return False
        return super().check_action(action, parameters)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Rows))
        self._look()

    def watch_outlook(self, before: Outlook, after: Outlook) -> None:
        if self.is_mounted and before.counts != after.counts:
            self._look()

    @on(Read)
    def show(self, message: Read) -> None:
        message.stop()
        first = self.paper is None
        self.call_after_refresh(self.refresh_bindings)
        self.paper = paper = message.paper
        self.note = f"{kind_words(paper.summary.kind)} {paper.summary.number}"
        if first:
            self._show_body(paper)
        self.let_see()
        if first and self._again:
            self.action_reorder()

    @on(Rows.Highlighted)
    def say_why(self, message: Rows.Highlighted) -> None:
        message.stop()
        self._say_why()

    def _show_body(self, paper: Paper) -> None:
        """Once: the bytes are frozen."""
        body = paper.body
        self.query_one(".to", Static).update(_heading(paper))
        self.set_class(not isinstance(body, OrderBody), "-without-lines")
        if isinstance(body, OrderBody):
            in_ = currency(body.currency)
            self.query_one(Rows).replace([line_row(line, in_) for line in body.lines], more=False, keep_cursor=False)
            self.query_one(".sums", Static).update(order_sums(body))
            self._say_why()
        else:
            self.query_one(PaperCard).focus()

    def _say_why(self) -> None:
        line = self._line
        if line is not None and self.paper is not None:
            in_ = currency(self.paper.summary.currency)
            words = [why_price(line, in_), chosen_with(line, in_)]
            self.query_one(".why", Static).update(Content("\n".join(filter(None, words))))

    @property
    def _line(self) -> OrderLine | None:
        row = self.query_one(Rows).current
        if row is None or self.paper is None or not isinstance(self.paper.body, OrderBody):
            return None
        return next((line for line in self.paper.body.lines if str(line.line) == row.key), None)

    def _look(self) -> None:
        self.look("paper", lambda bench: bench.papers.paper(self._document), self.Read)


_FOR_PAPERS = frozenset(command.action for command in commands.of("paper"))


def _heading(paper: Paper) -> Content:
    match paper.body:
        case OrderBody() as order:
            return _order(order)
        case CustomerBody() as customer:
            return _customer(customer)
        case CancellationBody() as cancellation:
            return Content(plain(f"Takes back the document {cancellation.of}. {cancellation.reason}"))
        case BarcodeBody() as barcode:
            unit = f", {barcode.unit}" if barcode.unit else ""
            return Content(plain(f"The code {barcode.code} stands on {barcode.sku}{unit}."))
        case WishlistBody() as wishes:
            came, gone = (", ".join(skus) or "nothing" for skus in (wishes.added, wishes.removed))
            return Content(plain(f"The wishlist of {wishes.customer.name}: added {came}, taken off {gone}."))
        case _:
            return Content("This document cannot be read here: update WizTerm to see what it says.")


def _order(order: OrderBody) -> Content:
    party = order.customer
    first = Content.assemble(
        f"{plain(party.number or 'new')}  ", Content.styled(plain(party.name), "bold"), f"  {plain(order.price_list)}"
    )
    ship = " · ".join(
        part for part in (_address(order.delivery or party.shipping), order.contact or party.contact) if part
    )
    lines = [first, Content(plain(f"ship: {ship}" if ship else "")), Content(plain(" · ".join(_details(order))))]
    if order.note:
        lines.append(Content(plain(f"✎ {order.note}")))
    return Content("\n").join(line for line in lines if line.plain)


def _details(order: OrderBody) -> tuple[str, ...]:
    signed, days = order.signature, order.deliver_from
    how = "signed" if signed and signed.strokes else "name typed"
    parts = (
        f"their number {order.po_number}" if order.po_number else "",
        f"deliver {days}{f' to {order.deliver_to}' if order.deliver_to else ''}" if days else "",
        order.payment_method,
        f"for {order.sold_by}" if order.sold_by else "",
        f"holds until {order.valid_until}" if order.valid_until else "",
        f"✍ {how} by {signed.name or 'the customer'} {signed.at:%Y-%m-%d %H:%M} UTC" if signed else "",
    )
    return tuple(part for part in parts if part)


def _customer(customer: CustomerBody) -> Content:
    facts = {
        "Company": customer.company,
        "Contact": customer.contact,
        "E-mail": customer.email,
        "Telephone": customer.phone,
        "Billing": _address(customer.billing),
        "Shipping": _address(customer.shipping) or "as billing",
        "Price list": customer.price_list,
        "Terms": customer.payment_terms,
        "Rep": customer.assigned_to,
        "Note": customer.note,
    }
    return Content("\n").join(
        Content.assemble(Content.styled(f"{title:<12}", "$foreground 60%"), plain(said))
        for title, said in facts.items()
        if said
    )


def _address(address: Address) -> str:
    parts = (address.line, address.city, address.postcode, address.country)
    return ", ".join(part for part in parts if part)
