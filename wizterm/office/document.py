"""One document whole: what was ordered, what happened to it, and where its deliveries stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from wizterm.bindings import bind
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain
from wizterm.office import commands
from wizterm.office.delivery_actions import DeliveryActions
from wizterm.office.reading import ReadingPage
from wizterm.office.words import DELIVERY_WORDS, DOCUMENT_WORDS, HELD_WORDS, TO_DECIDE, hung
from wizterm.screens.prompt import Prompt
from wizterm.server.archive import DeliveryLine, DocumentLine
from wizterm.server.archive import DocumentPage as Page
from wizterm.server.deliveries import ERP, TO_CUSTOMER, TO_OFFICE, TO_REP, DeliveryState
from wizterm.server.delivery_desk import DeliveryRow
from wizterm.server.office import Office


@dataclass(frozen=True, slots=True)
class Dossier:
    pages: tuple[Page, ...]
    """The newest revision first."""
    delivery: DeliveryRow | None
    """The one that a person can still do something about."""


class DocumentPage(ReadingPage, DeliveryActions):
    COMMAND = commands.DOCUMENTS
    HELP = """
All that is known of one document: its lines as they were agreed, its history, its deliveries, the doubts that were
noted when it came. An older revision stands below the newer one.

`a` puts a code that a rep found into every device's catalogue, `n` declines it with a reason that the rep reads.

`d` says that you have seen the doubts: they stay here and call nobody any more.

`r` tries its delivery again, `h` holds it, `m` says what the ERP calls an item it does not know, `g` gives it up.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.ACCEPT, commands.DECLINE, commands.SEEN, commands.BACK)

    @dataclass
    class Read(Message):
        dossier: Dossier

    def __init__(self, document: str) -> None:
        super().__init__()
        self._document = document
        self._delivery: DeliveryRow | None = None
        self._told: Dossier | None = None

    def look_again(self) -> None:
        self.look("document", lambda office: _dossier(office, self._document), self.Read)

    @property
    def at_hand(self) -> DeliveryRow | None:
        return self._delivery

    @on(Read)
    def show(self, message: Read) -> None:
        """What has not changed is not painted again."""
        message.stop()
        if message.dossier == self._told:
            return
        self._told, self._delivery = message.dossier, message.dossier.delivery
        pages = message.dossier.pages
        title = plain(pages[0].line.number) if pages else "Gone"
        self.tell(title, lambda width: Content("\n\n").join(Content("\n").join(_told(page, width)) for page in pages))
        self.refresh_bindings()

    def on_resize(self) -> None:
        """What was painted was broken to another width."""
        self._told = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is through needs nobody."""
        if action in {"retry", "hold", "map", "give_up"} and self._delivery is None:
            return False
        if action == commands.SEEN.action and not self._doubted:
            return False
        if action in {commands.ACCEPT.action, commands.DECLINE.action} and not self._to_decide:
            return False
        return super().check_action(action, parameters)

    @property
    def _to_decide(self) -> bool:
        """Whether it suggests a code that nobody has decided about."""
        newest = self._told.pages[0].line if self._told and self._told.pages else None
        return newest is not None and bool(newest.suggests) and newest.state == "delivered"

    @property
    def _doubted(self) -> bool:
        return self._told is not None and any(page.line.doubted for page in self._told.pages)

    def action_accept(self) -> None:
        self.ask(
            lambda office: office.codes.accept(self._document),
            lambda number: self.Done(f"{number} is accepted: devices hear of the code with their next sync."),
        )

    def action_decline(self) -> None:
        """Ask why first: the rep reads it."""
        hint = "The rep reads this, and may take the suggestion back."
        self.app.push_screen(
            Prompt("Decline the code? Say why", hint=hint, longest=300, enter="declines"), self._decline
        )

    def _decline(self, reason: str | None) -> None:
        if reason is not None:
            self.ask(
                lambda office: office.codes.decline(self._document, reason),
                lambda number: self.Done(f"{number} is declined: the rep reads why."),
            )

    def action_seen(self) -> None:
        self.ask(
            lambda office: office.doubts.seen(self._document),
            lambda number: self.Done(f"The doubts about {number} are seen: they call nobody any more."),
        )

    def action_back(self) -> None:
        self.dismiss()


def _dossier(office: Office, document: str) -> Dossier:
    return Dossier(office.archive.pages(document), office.deliveries.of(document))


def _told(page: Page, width: int) -> Iterator[Content]:
    yield from _head(page.line)
    yield from _contents(page, width)
    yield from _happened(page, width)
    for delivery in page.deliveries:
        yield from _delivery(delivery, width)
    if page.doubts:
        yield Content.styled(f"Doubts, when it came{'' if page.line.doubted else ': seen'}", "$accent bold")
    for doubt in page.doubts:
        yield Content.styled(hung("  ", plain(doubt.words), width), "$text-warning")
    yield Content.styled(f"id {page.line.id}\nsha256 {page.sha256}", "$foreground 50%")


def _head(line: DocumentLine) -> Iterator[Content]:
    to_decide = line.suggests and line.state == "delivered"
    state = TO_DECIDE if to_decide else DOCUMENT_WORDS.get(line.state, line.state)
    whose = plain(line.customer_name) or "no customer"
    yield Content.assemble((f"{line.kind.capitalize()}, revision {line.revision}", "bold"), f" · {whose}")
    came = f"of {line.rep} · taken {line.taken_at:%Y-%m-%d %H:%M} UTC"
    yield Content(f"{f'{state} {plain(line.external)}'.rstrip()} · {came}")
    if line.words:
        yield Content.styled(plain(line.words), "$text-error")
    if line.suggests:
        yield Content.styled(f"The code {plain(line.suggests)}", "bold")


def _contents(page: Page, width: int) -> Iterator[Content]:
    for each in page.lines.lines:
        figures = f"{each.quantity:>7} × {page.lines.price_of(each):>9}  {each.net:>10}"
        yield Content(hung(f"  {plain(each.sku):<12}{figures}  ", plain(each.name), width))
    if page.lines.lines:
        yield Content.styled(f"  total {plain(page.lines.currency)} {page.lines.total}", "bold")
    if page.lines.note:
        yield Content(f"  note: {plain(page.lines.note)}")


def _happened(page: Page, width: int) -> Iterator[Content]:
    yield Content.styled("History", "$accent bold")
    for event in page.history:
        state = DOCUMENT_WORDS.get(event.state, event.state)
        yield Content(hung(f"  {event.at:%Y-%m-%d %H:%M:%S}  {state:<11}  ", plain(event.words), width).rstrip())
    for decision in page.decided:
        when = f"{decision.at:%Y-%m-%d %H:%M:%S}"
        yield Content(hung(f"  {when}  {plain(decision.who)} ", plain(decision.told_there), width))


_TARGETS = {
    ERP: "To the ERP",
    TO_CUSTOMER: "Mail to the customer",
    TO_REP: "Mail to the rep",
    TO_OFFICE: "Mail to the office",
}


def _delivery(delivery: DeliveryLine, width: int) -> Iterator[Content]:
    state = HELD_WORDS if delivery.held else DELIVERY_WORDS[DeliveryState(delivery.state)]
    waits = f", waits for {plain(delivery.waits_for)}" if delivery.waits_for else ""
    yield Content.styled(_TARGETS.get(delivery.target, plain(delivery.target)), "$accent bold")
    lead = f"  {state}, {counted(delivery.attempts, 'attempt')}{waits}  "
    yield Content(hung(lead, plain(delivery.words), width).rstrip())
