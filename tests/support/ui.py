"""The screens over a real folder: real services, a small catalogue, a clock that stands still, and no network."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.pilot import Pilot
from textual.reactive import var
from textual.screen import Screen

import wizterm.app
from tests.support.outbox_device import FakeClock, id_of, receipt
from tests.support.replica_making import price, product
from tests.support.settling import Settling
from wizterm import commands
from wizterm.bindings import bind
from wizterm.db.device import open_device, set_setting
from wizterm.db.document_feed import DocumentFeed
from wizterm.db.outbox import Apart, Outbox
from wizterm.db.replica_files import ReplicaFiles
from wizterm.desk import Desk
from wizterm.domain.clock import milliseconds
from wizterm.domain.customer import NewCustomer
from wizterm.domain.document import DocumentId, Kind
from wizterm.domain.paper_rules import PaperRules
from wizterm.domain.policy import USUAL, OrderPolicy
from wizterm.domain.product import Stock
from wizterm.domain.scan_rules import USUAL_SCANS, ScanRules
from wizterm.protocol import replica
from wizterm.protocol.changes import DocumentChange, DocumentChanges
from wizterm.protocol.documents import Refused
from wizterm.screens.help import HelpSheet
from wizterm.services.identity import Identity
from wizterm.services.machine import Machine
from wizterm.services.outlook import Mood, Outlook
from wizterm.services.preferences import COMPLETE
from wizterm.terminal.scan_router import ScanningApp
from wizterm.terminal.scan_settings import GateSettings, Timing
from wizterm.theme import THEMES

KIM = Identity("https://orders.northwind.example", "KIM", "Kim Berg", "Northwind Gifts", "7F")
SERVER = "server-1"
GOODS = (
    ("85123A", "White hanging heart t-light holder", "2.95"),
    ("22423", "Regency cakestand 3 tier", "10.95"),
    ("47566", "Party bunting", "4.65"),
)
CUSTOMERS = ("The Paper Lantern", "Café Ost", "Müller & Söhne")


@dataclass
class FakeSyncing:
    """Does nothing, and remembers what it was asked."""

    asked: list[str] = field(default_factory=list)
    stock: Stock | None = None

    def now(self) -> None:
        self.asked.append("now")

    def everything(self) -> None:
        self.asked.append("everything")

    def media(self) -> None:
        self.asked.append("media")

    def submitted(self) -> None:
        self.asked.append("submitted")

    def switched(self) -> None:
        self.asked.append("switched")

    def live_stock(self, sku: str) -> Stock | None:
        self.asked.append(f"stock {sku}")
        return self.stock

    def hand_over(self) -> tuple[str, ...]:
        self.asked.append("hand over")
        return ()

    def stop(self) -> None:
        self.asked.append("stop")


class Folder:
    """A rep's folder with a catalogue, and what happens to documents behind the screen's back."""

    def __init__(
        self,
        path: Path,
        *,
        synced: bool = True,
        tables: dict[str, list[tuple]] | None = None,
        policy: OrderPolicy = USUAL,
        scans: ScanRules = USUAL_SCANS,
        first_id: int = 1,
    ) -> None:
        """`tables` take the place of the catalogue's own; another device makes other ids."""
        self.clock = FakeClock()
        self.path = path
        self._ids = itertools.count(first_id)
        self._database = open_device(path)
        for name in Identity.__slots__:
            set_setting(self._database, name, getattr(KIM, name))
        if synced:
            self.complete_sync()
            self.clock.advance(240)
        _catalogue(path, tables or {})
        self.machine = Machine(
            path,
            clock=self.clock,
            new_id=lambda: id_of(next(self._ids)),
            policy=policy,
            scans=scans,
            papers=PaperRules(folder=str(path)),
        )
        self._outbox = Outbox(self._database, self.clock)
        self._feed = DocumentFeed(self._database, self.clock)

    @property
    def bench(self) -> Any:
        return self.machine.bench

    def complete_sync(self) -> None:
        set_setting(self._database, COMPLETE, str(milliseconds(self.clock.now())))

    def order(self, of: int = 1, *, lines: dict[str, int] | None = None, kind: Kind = Kind.ORDER) -> DocumentId:
        """An order by the customer of this number, a minute after what was before."""
        self.clock.advance(60)
        for sku, count in (lines or {"85123A": 64, "22423": 12}).items():
            self.bench.entry.add(sku, count)
        self.bench.entry.choose_customer(f"c{of}")
        cart = self.bench.entry.current().cart
        return self.bench.submission.submit(cart.id, kind).document

    def new_customer(self, company: str) -> DocumentId:
        self.clock.advance(60)
        return DocumentId(self.bench.submission.new_customer(NewCustomer(company=company, contact="Amy Ross")).id)

    def deliver(self, document: DocumentId) -> None:
        envelope = self._begin(document)
        self._outbox.deliver([receipt(envelope)], SERVER)

    def refuse(self, document: DocumentId, words: str, at_field: str = "") -> None:
        envelope = self._begin(document)
        self._outbox.refuse(
            Refused(id=envelope.id, revision=envelope.revision, code="refused", words=words, field=at_field)
        )

    def confirm(self, document: DocumentId, external: str) -> None:
        self.deliver(document)
        self.clock.advance(60)
        change = DocumentChange(
            id=document.id,
            revision=document.revision,
            kind="order",
            state="confirmed",
            at=self.clock.now(),
            external=external,
        )
        self._feed.apply(DocumentChanges(changes=(change,), cursor="1", more=False))

    def fail(self, document: DocumentId, why: str, rest: timedelta) -> None:
        """An attempt without an answer that settles it."""
        self._begin(document)
        self._outbox.postpone(document, why, rest)

    def fail_for_a_day(self, document: DocumentId, why: str, *, keep_back: bool) -> None:
        """The same failure of its own again and again, until a person has to look at it."""
        for _ in range(2):
            self._begin(document)
            self._outbox.set_apart(document, Apart("trouble", why, keep_back), timedelta(hours=1))
            self.clock.advance(24 * 3600)

    def close(self) -> None:
        self.machine.close()
        self._database.close()

    def _begin(self, document: DocumentId) -> Any:
        self.clock.advance(60)
        envelope = next(each for each in self._outbox.waiting() if each.id == document.id)
        self._outbox.begin([envelope])
        return envelope


class ShopApp(Settling, ScanningApp[None]):
    """What the screens are promised by the app, and one screen on top."""

    CSS_PATH = str(Path(wizterm.app.__file__).with_name("wizterm.tcss"))
    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("app"))

    outlook: var[Outlook] = var(Outlook())

    def __init__(self, folder: Folder, first: Callable[[], Screen[Any]]) -> None:
        super().__init__(scanner=GateSettings(timing=Timing.NEVER))
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.folder = folder
        self.machine = folder.machine
        self.identity = KIM
        self.picture_protocol = "half-cells"
        self.syncing = FakeSyncing()
        self.given: list[Any] = []
        """What the screen on top gave when it was left."""
        self.said: list[str] = []
        """What was said in the corner."""
        self.signed_out = 0
        self._first = first

    def on_mount(self) -> None:
        self.desk = Desk(interrupter=lambda: self.machine.bench.interrupt, on_thread_end=self.machine.close_bench)
        self.outlook = Outlook(mood=Mood.ONLINE, words="Online", synced_at=self.folder.clock.now())
        self.push_screen(self._first(), self.given.append)

    def on_unmount(self) -> None:
        self.desk.close()

    def notify(self, message: str, **options: Any) -> None:
        self.said.append(message)
        super().notify(message, **options)

    def on_signed_out(self) -> None:
        self.signed_out += 1

    def action_help(self) -> None:
        self.push_screen(HelpSheet())


async def fire(app: ShopApp, *codes: str) -> str:
    """Scan one after another, before the first has been answered, and read the screen when all are."""
    await app.settle()
    app.burst(*(key for code in codes for key in ("f9", *code, "enter")))
    await app.settle()
    return screen_text(app)


@asynccontextmanager
async def opened(folder: Folder, screen: Any, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Any]:
    """The app with this screen, once it has settled, and how its keys are pressed."""
    app = ShopApp(folder, screen)
    async with app.run_test(size=size) as pilot:
        await app.settle(pilot)
        yield app, pilot


def screen_text(app: App[Any]) -> str:
    """What a person reads, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()[:height]
    return "\n".join(strip.text[:width].rstrip() for strip in lines)


async def press(app: Settling, pilot: Pilot[Any], *keys: str) -> str:
    """Press each key when the one before has been answered, and read the screen when all is."""
    await app.settle()
    for key in keys:
        await pilot.press(key)
        await app.settle()
    return screen_text(app)


def _catalogue(folder: Path, other: dict[str, list[tuple]]) -> None:
    """Three products, three customers and two price lists, in use."""
    files = ReplicaFiles(folder)
    made = files.folder / "made.db"
    tables = {
        "price_lists": [("retail", "Retail", "GBP", 0, 1, ""), ("trade", "Trade", "GBP", 0, 0, "")],
        "products": [product(place, sku=sku, name=name) for place, (sku, name, _) in enumerate(GOODS)],
        "prices": [price(place, amount=amount, sku=sku) for place, (sku, _, amount) in enumerate(GOODS)],
        "customers": [
            (f"c{place}", f"{12922 + place}", name, "retail", "30 days", "", "", "", "KIM")
            for place, name in enumerate(CUSTOMERS, start=1)
        ],
        "contacts": [("k1", "c1", "Amy Ross", "amy@lantern.example", "")],
        "addresses": [("a1", "c1", "shipping", "14 Stonegate", "York", "YO1 8AS", "UK")],
    } | other
    with closing(sqlite3.connect(made)) as connection:
        replica.create(connection)
        for name, rows in tables.items():
            replica.fill(connection, replica.BY_NAME[name], rows)
        replica.index_all(connection)
        connection.commit()
    files.switch(files.accept(made))


def busy_week(folder: Folder) -> dict[str, DocumentId]:
    """A document in each state that a rep meets, by what became of it."""
    made = {"confirmed": folder.order(1), "delivered": folder.order(2, lines={"47566": 10})}
    folder.confirm(made["confirmed"], "SO-4711")
    folder.deliver(made["delivered"])
    folder.clock.advance(2 * 24 * 3600)
    made["refused"] = folder.order(1, lines={"22423": 24, "47566": 6})
    folder.refuse(made["refused"], "The account is on stop: ask accounts.", "customer")
    made["quote"] = folder.order(3, lines={"85123A": 200}, kind=Kind.QUOTE)
    folder.fail(made["quote"], "The server is in trouble with it.", timedelta(minutes=5))
    folder.clock.advance(3 * 3600)
    made["customer"] = folder.new_customer("Bergmann & Töchter")
    made["waiting"] = folder.order(2)
    made["held"] = folder.order(3, lines={"22423": 6})
    folder.bench.outgoing.hold_or_release(made["held"])
    return made
