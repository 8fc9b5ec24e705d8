"""What can be done with an order or a quote that was submitted, on whatever page it is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message

from wizterm import commands
from wizterm.domain.document import DocumentId
from wizterm.domain.records import DocumentSummary
from wizterm.screens.cart_desk import CartDesk
from wizterm.screens.confirm import Confirm
from wizterm.screens.file_prompt import FilePrompt
from wizterm.screens.reorder import ReorderSheet
from wizterm.screens.whole import OpensWhole
from wizterm.services.again import may_be_copied, may_be_ordered, may_be_revised
from wizterm.services.cart_view import CartView
from wizterm.services.taking_back import may_be_taken_back, what_cancelling_does
from wizterm.services.workbench import Workbench
from wizterm.widgets.pane import shop_of

_POSSIBLE = {
    commands.REORDER.action: may_be_copied,
    commands.COPY_TO_CART.action: may_be_copied,
    commands.REVISE.action: may_be_copied,
    commands.MAKE_ORDER.action: may_be_copied,
    commands.PRINT.action: may_be_copied,
    commands.CANCEL.action: may_be_taken_back,
}
"""Of which documents a key can do anything at all, or say why it does not."""
_OFFERED = {
    commands.REVISE.id: may_be_revised,
    commands.QUEUE_REVISE.id: may_be_revised,
    commands.MAKE_ORDER.id: may_be_ordered,
}
"""Of which it does something just now; of the others it says why not."""


class PaperActions(OpensWhole):
    @dataclass
    class InTheCart(Message):
        """A cart was made from the document, and is at hand."""

        view: CartView

    @dataclass
    class TakenBack(Message):
        said: str

    @property
    def paper_at_hand(self) -> DocumentSummary | None:
        """The document under the cursor, or the one that is shown."""
        return None

    @property
    def turned(self) -> dict[str, str]:
        """The footer does not offer what the document at hand does not allow."""
        summary = self.paper_at_hand
        return {name: "" for name, may in _OFFERED.items() if summary is None or not may(summary)}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if (may := _POSSIBLE.get(action)) is not None and self.is_mounted:
            return (summary := self.paper_at_hand) is not None and may(summary)
        return super().check_action(action, parameters)

    @on(InTheCart)
    def go_to_the_cart(self, message: InTheCart) -> None:
        message.stop()
        if message.view.said:
            self.say(message.view.said)
        stack = self.app.screen_stack
        desk = next((screen for screen in stack if isinstance(screen, CartDesk)), None)
        if desk is None:
            self.dismiss()
            return
        desk.view = message.view
        for _ in stack[stack.index(desk) + 1 :]:
            self.app.pop_screen()

    def say_written(self, said: str | None) -> None:
        """A file was written; the sentence says where."""
        if said is not None:
            self.say(said)

    @on(TakenBack)
    def say_taken_back(self, message: TakenBack) -> None:
        message.stop()
        self.say(message.said)
        shop_of(self).syncing.submitted()
        self.look_again()

    def look_again(self) -> None:
        """Show what became of the documents that are seen here."""

    def action_reorder(self) -> None:
        """The same again, all or some of it."""
        if (summary := self.paper_at_hand) is not None:
            self.app.push_screen(ReorderSheet(summary), lambda lines: self._reorder(summary.document, lines))

    def action_copy(self) -> None:
        self._make(lambda bench, document: bench.again.reorder(document))

    def action_revise(self) -> None:
        self._make(lambda bench, document: bench.again.revise(document))

    def action_make_order(self) -> None:
        self._make(lambda bench, document: bench.again.order_from_quote(document))

    def action_cancel(self) -> None:
        """Ask first: what is cancelled stays so."""
        if (summary := self.paper_at_hand) is not None:
            question = Confirm(
                f"Cancel {summary.number}?",
                words=what_cancelling_does(summary),
                yes="cancel it",
                no="leave it",
            )
            self.app.push_screen(question, lambda yes: self._cancel(summary.document) if yes else None)

    def action_print(self) -> None:
        """Ask for the name of the file."""
        if (summary := self.paper_at_hand) is not None:
            document = summary.document
            name = shop_of(self).machine.papers_folder / f"{_file_name(summary.number)}.pdf"
            prompt = FilePrompt(
                f"Write {summary.number} as a PDF",
                lambda bench, to: bench.printing.write([document], to),
                suggested=name,
                hint="A file that is not there yet. Its name ends in .pdf.",
            )
            self.app.push_screen(prompt, self.say_written)

    def _reorder(self, document: DocumentId, lines: frozenset[int] | None) -> None:
        if lines is not None:
            self.ask(lambda bench: bench.again.reorder(document, lines), self.InTheCart)

    def _cancel(self, document: DocumentId) -> None:
        self.ask(lambda bench: bench.taking_back.cancel(document), self.TakenBack)

    def _make(self, work: Callable[[Workbench, DocumentId], CartView]) -> None:
        if (summary := self.paper_at_hand) is not None:
            document = summary.document
            self.ask(lambda bench: work(bench, document), self.InTheCart)


def _file_name(number: str) -> str:
    """A number as every system takes it for a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in number)
