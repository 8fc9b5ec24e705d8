"""What every page of the office has: the head, the footer, its questions to the desk, and a plain word for faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from wizterm.bindings import bind
from wizterm.desk import Desk
from wizterm.domain.clock import Clock
from wizterm.domain.text import plain
from wizterm.messages import WorkFailed
from wizterm.office import commands
from wizterm.office.head import OfficeHead
from wizterm.office.words import explain, whom_it_needs
from wizterm.server.deciding import Role, SignedOutError
from wizterm.server.delivery_desk import DeliveryRow
from wizterm.server.office import Door, Office, Standing
from wizterm.server.overview import Overview
from wizterm.widgets.key_line import KeyLine

T = TypeVar("T")
LOOK_EVERY = 2.0
"""Seconds between looks at the store: what other processes do shows by itself."""


class House(Protocol):
    """What the app offers its pages."""

    desk: Desk
    door: Door
    office: Office
    role: Role
    clock: Clock
    company: str
    who: str

    def go(self, name: str) -> None:
        """Show the page that this action names, in place of the one at hand and of what lies on it."""
        ...

    def sign_out(self, why: str) -> None:
        """Show nothing more, and ask who is there."""
        ...


def house_of(node: MessagePump) -> House:
    """The app, as its pages may use it."""
    return cast("House", node.app)


class OfficePage(Screen[None]):
    """A full page; `body` stands between head and footer, `look_again` brings what it shows up to date."""

    COMMAND = commands.OVERVIEW
    """What opens it."""
    HELP = ""
    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.PAGES)

    @dataclass
    class Counted(Message):
        standing: Standing

    @dataclass
    class Done(Message):
        """What the office decided has been done."""

        words: str

    @dataclass
    class NotSeen(Message):
        """A look-up failed; the next one is made by itself."""

        slot: str
        error: Exception

    @dataclass
    class Seen(Message):
        slot: str

    def __init__(self) -> None:
        super().__init__()
        self._unseen: set[str] = set()
        """Look-ups that failed last time."""
        self._complaint = ""
        """What was said about it: once is enough for as long as it lasts."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the person's role does not cover is not offered."""
        least = commands.LEAST.get(action)
        if least is not None and not house_of(self).role.covers(least):
            return False
        return super().check_action(action, parameters)

    def body(self) -> ComposeResult:
        yield from ()

    def compose(self) -> ComposeResult:
        house = house_of(self)
        yield OfficeHead(house.company, house.who, self.COMMAND.id)
        yield from self.body()
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(LOOK_EVERY, self._look_at_everything)
        self._look_at_everything()

    def action_overview(self) -> None:
        house_of(self).go("overview")

    def action_documents(self) -> None:
        house_of(self).go("documents")

    def action_deliveries(self) -> None:
        house_of(self).go("deliveries")

    def action_devices(self) -> None:
        house_of(self).go("devices")

    def action_reps(self) -> None:
        house_of(self).go("reps")

    def action_decisions(self) -> None:
        house_of(self).go("decisions")

    def action_more(self) -> None:
        house_of(self).go("more")

    def look_again(self) -> None:
        """Ask for what the page shows."""

    def ask(self, work: Callable[[Office], T], answer: Callable[[T], Message]) -> None:
        """Have something done; nothing that was asked is dropped."""
        house = house_of(self)
        office = house.office
        house.desk.ask(lambda: work(office), answer, self)

    def look(self, slot: str, work: Callable[[Office], T], answer: Callable[[T], Message]) -> None:
        """Look something up; a newer look in the same slot takes its place."""
        house = house_of(self)
        office = house.office

        def seen(found: T) -> Message:
            self.post_message(self.Seen(slot))
            return answer(found)

        house.desk.look(slot, lambda: work(office), seen, self, lambda error: self.NotSeen(slot, error))

    def decide(self, work: Callable[[Office], DeliveryRow], what: str) -> None:
        """Have something done with a delivery, and say so."""
        self.ask(work, lambda row: self.Done(f"{row.number} {what}"))

    @on(Counted)
    def show_counts(self, message: Counted) -> None:
        message.stop()
        overview, role = message.standing.overview, message.standing.role
        head = self.query_one(OfficeHead)
        head.needed, head.whom = overview.needs_people, whom_it_needs(role)
        if role != house_of(self).role:
            house_of(self).role = role
            head.who = house_of(self).who
            self.refresh_bindings()
        self.show_overview(overview)

    def show_overview(self, overview: Overview) -> None:
        """For the page that shows more of it than its head does."""

    @on(Done)
    def say_what_was_done(self, message: Done) -> None:
        message.stop()
        self.say(message.words)
        self._look_at_everything()

    @on(WorkFailed)
    def say_what_failed(self, message: WorkFailed) -> None:
        message.stop()
        if isinstance(message.error, SignedOutError):
            house_of(self).sign_out(str(message.error))
        else:
            self.say(explain(message.error), "error")

    @on(NotSeen)
    def say_what_cannot_be_seen(self, message: NotSeen) -> None:
        message.stop()
        if isinstance(message.error, SignedOutError):
            house_of(self).sign_out(str(message.error))
            return
        self._unseen.add(message.slot)
        self.query_one(OfficeHead).stale = True
        if (words := explain(message.error)) != self._complaint:
            self._complaint = words
            self.say(words, "error")

    @on(Seen)
    def forget_complaint(self, message: Seen) -> None:
        message.stop()
        self._unseen.discard(message.slot)
        if not self._unseen:
            self._complaint = ""
            self.query_one(OfficeHead).stale = False

    def say(self, words: str, severity: Literal["information", "error"] = "information") -> None:
        self.app.notify(plain(words), severity=severity, markup=False)

    def _look_at_everything(self) -> None:
        self.look("overview", lambda office: office.standing(), self.Counted)
        self.look_again()
