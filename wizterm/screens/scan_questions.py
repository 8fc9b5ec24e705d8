"""What a scan asks for besides being counted: an answer, a page, a command."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wizterm.domain.money import currency
from wizterm.domain.options import Chosen
from wizterm.domain.scan_commands import Order, ScanCommand
from wizterm.domain.scanned import Choices, ScannedCustomer, ScannedDocument, ScannedProduct, Thing
from wizterm.screens.customer import CustomerPage
from wizterm.screens.document import DocumentPage
from wizterm.screens.options import OptionsSheet
from wizterm.screens.rounding import RoundingSheet
from wizterm.screens.scan_desk import ScanDesk
from wizterm.screens.which_one import WhichOne
from wizterm.services.scan_result import OptionsAsked, RoundingAsked, ScanResult, Tone


class ScanQuestions(ScanDesk):
    def follow(self, result: ScanResult) -> None:
        match result.asked or result.meaning:
            case OptionsAsked() as asked:
                self._ask_for_options(result, asked)
            case RoundingAsked() as asked:
                self._ask_how_many(result, asked)
            case Choices() as choices:
                self._ask_which(result, choices)
            case ScannedProduct() as scanned if result.looked_up:
                self.show_product(scanned.product.sku, result.words)
            case ScannedCustomer() as scanned if result.looked_up:
                self.app.push_screen(CustomerPage(scanned.customer.id))
            case ScannedDocument() as scanned:
                self.app.push_screen(DocumentPage(scanned.document))
            case ScanCommand() as command:
                self._obey(command)

    def show_product(self, sku: str, words: str) -> None:
        """A product was looked up."""

    def _obey(self, command: ScanCommand) -> None:
        if command.order is Order.LOOK_UP:
            self.action_look_up()
            return
        if command.order is Order.TIMES:
            self.tally.times = command.times
        self.obey(command.order)

    def _ask_for_options(self, result: ScanResult, asked: OptionsAsked) -> None:
        def take(chosen: Sequence[Chosen] | None) -> None:
            if chosen is None:
                words = "Left out: nothing was chosen with it, and nothing counted."
                self.tell_scan(ScanResult(Tone.MISSED, result.code, words, result.title, result.name))
            else:
                self.have_scanned(
                    result.code, lambda bench: bench.scans.take_with(result.code, asked, chosen, result.wish)
                )

        self.app.push_screen(OptionsSheet(asked.scanned.product, asked.modifiers, currency(asked.currency)), take)

    def _ask_how_many(self, result: ScanResult, asked: RoundingAsked) -> None:
        def settle(quantity: Decimal | None) -> None:
            if quantity is not None:
                self.have_scanned(result.code, lambda bench: bench.scans.settle(result.code, asked, quantity))

        self.app.push_screen(RoundingSheet(asked), settle)

    def _ask_which(self, result: ScanResult, choices: Choices) -> None:
        reading, wish = choices.reading, result.wish

        def take(thing: Thing | None) -> None:
            if thing is None:
                return
            if result.looked_up:
                self.have_scanned(result.code, lambda bench: bench.scans.remembered(reading, thing))
            else:
                self.have_scanned(result.code, lambda bench: bench.scans.choose(reading, thing, wish))

        self.app.push_screen(WhichOne(choices), take)
