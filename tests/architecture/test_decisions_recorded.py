"""Every `admin` command runs over a copy of one store: what changes it leaves a decision, what reads leaves none."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import click
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from docs import pages
from tests.support.documents_making import batch, code, enveloped, handed_over, line, order
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import PASSWORD, QUICK, StoreOffice, decided_here
from wizterm.cli import importing, main
from wizterm.config import Mail
from wizterm.connectors import loading
from wizterm.connectors.base import Done, Later, Refused
from wizterm.connectors.examining import Examination
from wizterm.connectors.pulling import Page, Pull, Rows
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.domain.paper_rules import USUAL_PAPERS
from wizterm.protocol.pins import new_pin
from wizterm.protocol.proof import new_key, proof, public_key
from wizterm.protocol.sealed import Contents, written
from wizterm.protocol.session import SignIn
from wizterm.server.approvals import Managers
from wizterm.server.company import open_company
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.device_list import DeviceList
from wizterm.server.in_process import ServerProtocol
from wizterm.server.mail.setup import post
from wizterm.server.mappings import MapKind, Mappings
from wizterm.server.office_users import OfficeUsers
from wizterm.server.store import ledger
from wizterm.server.store.backing_up import back_up

COMMANDS = {
    path.removeprefix("wizterm admin ")
    for path, command, _ in pages.walk()
    if path.startswith("wizterm admin ") and not isinstance(command, click.Group)
}
DEVICE, KEY = str(uuid4()), new_key()
LISTS = "id,name,currency,default\nTRADE,Trade,GBP,yes\n"
PRODUCTS = "sku,name\nMUG,Mug\nTRAY,Tray\n"
PRICES = "price_list,sku,price\nTRADE,MUG,4.5\nTRADE,TRAY,4.5\n"
CUSTOMERS = "number,name,price_list,rep,email\nC1,Corner Shop,TRADE,KIM,shop@corner.example\n"
SECRET = "a password of length"
PIN = "135790"
CHANGES = [
    "approvals code 7K2M-9XQ4 --rep KIM --percent 15 --manager MAX",
    "carts free {cart} --yes",
    "codes accept {code}",
    "codes decline {code} --reason no",
    "customers assign C1 LEE",
    "customers unassign C1 KIM",
    "deliveries give-up {refused} --reason no --yes",
    "deliveries hold {waiting}",
    "deliveries map-customer {refused} 10412",
    "deliveries map-item {refused} MUG CUP",
    "deliveries release {held}",
    "deliveries retry {refused}",
    "devices let-in {shut_out}",
    "devices revoke {device}",
    "documents seen {doubted}",
    "erp pull",
    "import {made}/stock.csv",
    "import --watch {tmp}/drop",
    "intake {made}/kim.orders",
    "managers add MIA --name Mia --pin-stdin",
    "managers remove MAX",
    "mappings put item MUG CUP",
    "mappings remove item TRAY",
    "media add {made}/MUG.png",
    "reps add EVE --name Eve --password-stdin",
    "reps change KIM --most-line-discount 15 --may-credit",
    "reps email KIM kim@company.example",
    "reps let-in KIM",
    "reps password KIM --password-stdin",
    "reps shut-out KIM",
    "restore {made}/backup.db --yes",
    "restored",
    "tokens revoke KIM",
    "users add Bob --password-stdin",
    "users password Ada --password-stdin",
    "users remove Ada",
    "users role Ada viewer",
]
READS = [
    "backup {tmp}/another.db",
    "carts list",
    "codes list",
    "customers list",
    "customers show C1",
    "decisions list",
    "deliveries list",
    "devices list",
    "documents list",
    "documents show {refused}",
    "erp check",
    "erp pulls",
    "import --dry-run {made}/stock.csv",
    "mail check",
    "mail show {confirmed}",
    "managers list",
    "mappings list",
    "price-lists list",
    "price-lists show TRADE",
    "reps list",
    "reps show KIM",
    "tokens list",
    "users list",
]


class Erp(ScriptedErp):
    """One that gives a catalogue, and says how it is."""

    pulls = frozenset({Pull.ITEMS})

    def pull(self, _what, _cursor):
        return Page((Rows("products", ("sku", "name"), (("JUG", "Jug"),)),), "1", more=False)

    def examine(self):
        return Examination(reachable=True)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A store in which every command finds what it is about, and the files that some of them read."""
    made = tmp_path_factory.mktemp("made")
    folder, erp = made / "store", Erp()
    way = post(Mail(folder=str(made / "mails"), sender="orders@testers.example"), USUAL_PAPERS, "Testers & Co")
    company = open_company(folder, name="Testers & Co", connector=erp, passwords=QUICK, post=way)
    with closing(company):
        office, server = StoreOffice(company.store), ServerProtocol(company)
        office.load(price_lists=LISTS, products=PRODUCTS, prices=PRICES)
        office.rep("KIM")
        office.rep("LEE")
        office.load(customers=CUSTOMERS)
        kim, kiosk = (server.sign_in(_asked(device)) for device in (DEVICE, str(uuid4())))
        papers = {
            "confirmed": order(kim, "C1"),
            "refused": order(kim, "C1"),
            "doubted": order(kim, "C1", line(1, price="0.01")),
            "code": code(kim, "04012345678901", "MUG"),
            "waiting": order(kim, "C1"),
            "held": order(kim, "C1"),
        }
        erp.answers += [
            Done("SO-1"),
            Refused("No MUG.", code="unknown_item"),
            Done("SO-2"),
            *(Later(900, "Closed."),) * 2,
        ]
        for paper in papers.values():
            server.post_documents(kim.access_token, batch(paper))
            company.dispatcher.step()
        cart = handed_over("spring restock")
        server.hand_over(kim.access_token, cart)
        server.take_cart(kiosk.access_token, cart.id)
        by = decided_here(company.store)
        DeviceList(company.store, by).revoke(kiosk.installation)
        DeliveryDesk(company.store, by, clock=company.clock, new_id=uuid7).hold(papers["held"].number)
        Mappings(company.store, by).put(MapKind.ITEM, "TRAY", "TRAY-9")
        OfficeUsers(company.store, by, QUICK).add("Ada", SECRET)
        Managers(company.store, by).add("MAX", "Max", new_pin(PIN, time_cost=1, memory_kib=8))
        with company.store.reading():
            sealed = Contents(
                server=ledger.fact("server"),
                device=DEVICE,
                rep="KIM",
                made_at=SystemClock().now(),
                documents=(enveloped(order(kim, "C1")),),
            )
    (made / "kim.orders").write_bytes(written(sealed, Ed25519PrivateKey.from_private_bytes(KEY)))
    (made / "stock.csv").write_text("sku,quantity\nMUG,4\n", encoding="utf-8")
    (made / "MUG.png").write_bytes(b"\x89PNG\r\n\x1a\nsmall")
    back_up(folder, made / "backup.db")
    numbers = {name: paper.number for name, paper in papers.items()}
    return {"made": str(made), "cart": cart.id, "device": kim.installation, "shut_out": kiosk.installation, **numbers}


@pytest.fixture
def run(world, tmp_path, monkeypatch):
    """Runs a command over a copy of the store; gives what stood there before and after, and what was decided."""
    folder = tmp_path / "store"
    shutil.copytree(Path(world["made"]) / "store", folder)
    (tmp_path / "drop").mkdir()
    shutil.copy(Path(world["made"]) / "stock.csv", tmp_path / "drop")
    monkeypatch.setattr(loading, "load", lambda _name, _settings: Erp())
    looks = iter([True, False])
    monkeypatch.setattr(importing, "_until_stopped", lambda _every: lambda: next(looks))
    monkeypatch.setenv("WIZTERM_MAIL_FOLDER", str(tmp_path / "mails"))
    monkeypatch.setenv("WIZTERM_MAIL_SENDER", "orders@testers.example")

    def run(words):
        before = standing(folder)
        line = words.format(**world, tmp=tmp_path).split()
        typed = f"{PIN if '--pin-stdin' in words else SECRET}\n"
        told = CliRunner().invoke(main, ["admin", "--folder", str(folder), *line], input=typed)
        assert told.exit_code == 0, told.output
        return before, standing(folder)

    return run


def standing(folder):
    """Every row by its table."""
    with closing(sqlite3.connect(folder / "server.db")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: set(database.execute(f'SELECT * FROM "{name}"')) for name in tables}


def decided(before, after):
    """What was written down in between."""
    return after.pop("decisions") - before.pop("decisions")


def _asked(device):
    """A sign-in of KIM's."""
    return SignIn(
        rep="KIM", password=PASSWORD, device=device, public_key=public_key(KEY), proof=proof(KEY, device, "KIM")
    )


def _command(words):
    """Its name, as the help says it."""
    name = " ".join(words.split()[:2])
    return name if name in COMMANDS else words.split()[0]


def test_every_command_is_known_either_to_change_the_store_or_to_read_it():
    changes, reads = ({_command(words) for words in each} for each in (CHANGES, READS))
    assert changes | reads == COMMANDS
    assert changes & reads == {"import"}


@pytest.mark.parametrize("words", CHANGES)
def test_a_command_that_changes_the_store_leaves_a_decision_and_no_secret(run, words):
    before, after = run(words)
    written_down = decided(before, after)
    assert written_down
    assert after != before or words.startswith("approvals code")
    assert not [cell for row in written_down for cell in row if str(cell) in {SECRET, PIN, PASSWORD}]


@pytest.mark.parametrize("words", READS)
def test_a_command_that_reads_changes_nothing_and_leaves_none(run, words):
    before, after = run(words)
    assert after == before
