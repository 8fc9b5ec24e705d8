"""What the main screen does with prices: discounts, units, other lists and customers, approvals, and why."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.message import Message

from wizterm.domain.cart import Line
from wizterm.domain.money import currency
from wizterm.domain.prices import PriceList
from wizterm.domain.quantity import EACH
from wizterm.screens.approval import ApprovalSheet
from wizterm.screens.cart_desk import CartDesk
from wizterm.screens.choose_fee import ChooseFee
from wizterm.screens.choose_list import ChooseList
from wizterm.screens.discounts import DiscountsSheet
from wizterm.screens.prompt import CartPrompt
from wizterm.screens.proposal_sheet import ProposalSheet
from wizterm.screens.why import WhySheet
from wizterm.services.approving import Wanted
from wizterm.services.charging import Charge
from wizterm.services.repricing import Proposal
from wizterm.services.why import Why
from wizterm.widgets.cart_pane import CartPane
from wizterm.widgets.catalogue_pane import CataloguePane

NOTHING_TAKES_IT_AWAY = "Nothing typed takes it away."


class PriceDesk(CartDesk, inherit_bindings=False):
    @dataclass
    class Proposed(Message):
        proposal: Proposal

    @dataclass
    class Explained(Message):
        why: Why

    @dataclass
    class ListsFound(Message):
        lists: tuple[PriceList, ...]

    @dataclass
    class FeesFound(Message):
        charges: tuple[Charge, ...]

    @dataclass
    class ApprovalWanted(Message):
        wanted: Wanted

    @on(CartPane.PriceWanted)
    def see_to_prices(self, message: CartPane.PriceWanted) -> None:
        message.stop()
        if message.what == "discounts":
            self._show_discounts(message.line)
        elif message.what == "approve":
            self.ask(lambda bench: bench.approving.wanted(), self.ApprovalWanted)
        elif message.what == "fees":
            self.ask(lambda bench: bench.charging.offered(), self.FeesFound)
        elif message.what == "price_list":
            self.ask(lambda bench: bench.repricing.lists(), self.ListsFound)
        elif message.line is not None:
            self._see_to_line(message.what, message.line)

    @on(CataloguePane.WhyWanted)
    def explain_offer(self, message: CataloguePane.WhyWanted) -> None:
        message.stop()
        customer, price_list = message.customer, message.price_list
        self.ask(lambda bench: bench.why.product(message.sku, None, customer, price_list), self.Explained)

    @on(Explained)
    def show_why(self, message: Explained) -> None:
        message.stop()
        self.app.push_screen(WhySheet(message.why))

    @on(ListsFound)
    def offer_lists(self, message: ListsFound) -> None:
        message.stop()
        here = self.view.cart.price_list if self.view else ""
        self.app.push_screen(ChooseList(message.lists, here), self._propose_list)

    @on(FeesFound)
    def offer_fees(self, message: FeesFound) -> None:
        message.stop()

        def turn(code: str | None) -> None:
            if code is not None:
                self._change(lambda bench: bench.charging.turn(code))

        self.app.push_screen(ChooseFee(message.charges, self.view.cart.currency if self.view else "GBP"), turn)

    @on(ApprovalWanted)
    def ask_for_approval(self, message: ApprovalWanted) -> None:
        message.stop()
        self.app.push_screen(ApprovalSheet(message.wanted), self._changed)

    @on(Proposed)
    def show_difference(self, message: Proposed) -> None:
        """Other prices are kept at once where nothing that stands there changes."""
        message.stop()
        proposal = message.proposal
        if proposal.is_plain:
            self._change(lambda bench: bench.repricing.keep(proposal))
            return

        def keep(yes: bool | None) -> None:  # noqa: FBT001 - what the sheet gives
            if yes:
                self._change(lambda bench: bench.repricing.keep(proposal))
            else:
                self.say("Nothing was changed: the cart keeps its customer and its prices.")

        self.app.push_screen(ProposalSheet(proposal), keep)

    def propose_customer(self, customer_id: str) -> None:
        """Show what a customer's prices change, then keep them."""
        self.ask(lambda bench: bench.repricing.for_customer(customer_id), self.Proposed)

    def _propose_list(self, list_id: str | None) -> None:
        if list_id is not None:
            self.ask(lambda bench: bench.repricing.for_list(list_id), self.Proposed)

    def _see_to_line(self, what: str, line: Line) -> None:
        if what == "why":
            self.ask(lambda bench: bench.why.line(line.id), self.Explained)
        elif what == "case":
            self._change(lambda bench: bench.quantities.add_case(line.id))
        elif what in {"below", "above"}:
            self._change(lambda bench: bench.quantities.nearest(line.id, above=what == "above"))
        elif what == "full":
            self._change(lambda bench: bench.discounting.full_price(line.id))
        else:
            self._prompt(_line_prompt(what, line, self.view.cart.currency if self.view else ""))

    def _show_discounts(self, line: Line | None) -> None:
        if self.view is None:
            return

        def act(what: str | None) -> None:
            if what is None:
                return
            if what.isdigit():
                self._change(lambda bench: bench.discounting.remove_from_cart(int(what) - 1))
            elif what in {"cart_percent", "cart_amount"}:
                self._prompt(_cart_prompt(what, self.view.cart.currency if self.view else ""))
            elif line is not None:
                self._see_to_line(what, line)

        self.app.push_screen(DiscountsSheet(self.view, line), act)


def _line_prompt(what: str, line: Line, code: str) -> CartPrompt:
    """What is asked for a line, and what becomes of the answer."""
    named = f"{line.sku} {line.name}"
    standing = line.discount.value if line.discount is not None and str(line.discount.off) == what else None
    value = f"{standing.normalize():f}" if standing is not None else ""
    if what == "percent":
        hint = f"Percent of the line, such as 5 or 12.5. {NOTHING_TAKES_IT_AWAY}"
        return CartPrompt(
            f"% off {named}",
            lambda bench, text: bench.discounting.line_percent(line.id, text),
            hint=hint,
            value=value,
            longest=8,
        )
    if what == "amount":
        hint = f"Off the whole line, in {code}. {NOTHING_TAKES_IT_AWAY}"
        return CartPrompt(
            f"Amount off {named}",
            lambda bench, text: bench.discounting.line_amount(line.id, text),
            hint=hint,
            value=value,
            longest=16,
        )
    price = currency(code).show_price(line.price.amount) if line.price is not None else ""
    one = "piece" if line.unit == EACH or line.unit.factor != 1 else line.unit.code
    hint = f"In {code}, for one {one}. {NOTHING_TAKES_IT_AWAY}"
    return CartPrompt(
        f"Price of {named}",
        lambda bench, text: bench.discounting.line_price(line.id, text),
        hint=hint,
        value=price,
        longest=20,
    )


def _cart_prompt(what: str, code: str) -> CartPrompt:
    if what == "cart_percent":
        hint = "Percent of what is left after the discounts before it, such as 2."
        return CartPrompt(
            "% off the cart", lambda bench, text: bench.discounting.cart_percent(text), hint=hint, longest=8
        )
    hint = f"In {code}, off the whole cart."
    return CartPrompt(
        "Amount off the cart", lambda bench, text: bench.discounting.cart_amount(text), hint=hint, longest=16
    )
