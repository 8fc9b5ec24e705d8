"""A device's catalogue against the server that makes it: after each sync both must hold the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from uuid import uuid4

import pytest

from tests.support.replica_making import digests, found
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.connectors.base import Settings
from wizterm.connectors.files import FilesConnector
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.clock import SystemClock
from wizterm.protocol import facets
from wizterm.protocol.replica import LISTS_OF_PRODUCT
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.sync.refresh import Refresh
from wizterm.sync.session import SessionKeeper
from wizterm.sync.signed_in import SignedIn

LISTS = """id,name,currency,falls_back_to_base,default
TRADE,Trade,GBP,no,yes
WEB,Web,GBP,yes,no
"""
CUSTOMERS = "number,name,price_list,rep\n"


class Memory(dict):
    def get(self, name):
        return super().get(name, "")

    def set(self, name, value):
        self[name] = value

    def replace(self, name, expected, value):
        if self.get(name) != expected:
            return False
        self[name] = value
        return True


class Listening(SignedIn):
    """Remembers what the last page said of the tables."""

    digests = ()

    def catalogue_changes(self, cursor):
        page = super().catalogue_changes(cursor)
        self.digests = page.digests
        return page


class Device:
    def __init__(self, company, office, folder):
        speaker = ServerProtocol(company)
        keeper = SessionKeeper(speaker=speaker, settings=Memory(), clock=SystemClock(), new_nonce=lambda: "n")
        self.office = office
        self.files = ReplicaFiles(folder)
        self.feed = Listening(speaker, keeper)
        self.refresh = Refresh(self.feed, self.files, lambda progress: None, lambda: False, SystemClock().monotonic)
        office.rep("KIM")
        keeper.sign_in(SignIn(rep="kim", password=PASSWORD, device=str(uuid4())))

    def sync(self):
        """Bring everything down; gives whether the whole was fetched. Its tables must be the server's."""
        pulled = self.refresh.run()
        path = self.files.current()
        with closing(sqlite3.connect(path)) as connection:
            facets.teach(connection)
            strays = connection.execute(
                f"SELECT sku FROM products WHERE lists <> ({LISTS_OF_PRODUCT}) "
                f"OR facets <> ({facets.FACETS_OF_PRODUCT})"
            ).fetchall()
        assert strays == []
        held = {digest.table: digest for digest in digests(path)}
        assert self.feed.digests or not pulled.rows
        assert all(held[digest.table] == digest for digest in self.feed.digests)
        return pulled.complete

    def products(self, words):
        return found(self.files.current(), words)

    def customers(self, words):
        return found(self.files.current(), words, "customers")


@pytest.fixture
def device(tmp_path, store_url):
    company = open_company(
        tmp_path / "server",
        url=store_url,
        name="Testers & Co",
        connector=FilesConnector(Settings(tmp_path / "erp")),
        passwords=QUICK,
    )
    office = StoreOffice(company.store)
    office.load(
        price_lists=LISTS,
        products="sku,name\n" + "".join(f"MUG{number},Mug {number}\n" for number in range(50)),
        prices="price_list,sku,price\n" + "".join(f"TRADE,MUG{number},4.5\n" for number in range(50)),
    )
    device = Device(company, office, tmp_path / "device")
    office.load(customers=f"{CUSTOMERS}C1,Corner Shop,TRADE,KIM\nC2,Museum,TRADE,KIM\n")
    yield device
    company.close()


def test_the_first_sync_brings_the_catalogue_and_the_reps_customers(device):
    assert device.sync()
    assert len(device.products("mug")) == 50
    assert device.customers("corner") == ["C1"]


def test_changes_come_one_by_one_and_leave_both_alike(device):
    device.sync()
    device.office.load(
        products="sku,name\nMUG3,Teapot\nNEW,New mug\n", prices="price_list,sku,price\nTRADE,MUG3,7\nTRADE,NEW,1\n"
    )
    device.office.load(customers=f"{CUSTOMERS}C1,Bar Süd,TRADE,KIM\n")
    assert not device.sync()
    assert device.products("teapot") == ["MUG3"]
    assert device.products("new") == ["NEW"]
    assert device.customers("sud") == ["C1"]
    assert device.customers("corner") == []


NEW_PRODUCT = {"products": "sku,name\nHAT,Hat\n", "prices": "price_list,sku,price\nTRADE,HAT,9\n"}
CHANGES = {
    "a new product": (NEW_PRODUCT, "products", ("HAT", "Hat")),
    "a product's name": ({"products": "sku,name\nMUG3,Teapot\n"}, "products", ("MUG3", "Teapot")),
    "a price": ({"prices": "price_list,sku,price\nTRADE,MUG3,7\n"}, "prices", ("TRADE", "MUG3", "7")),
    "stock": ({"stock": "sku,quantity\nMUG3,12\n"}, "stock", ("MUG3", "12")),
    "a new customer": ({"customers": f"{CUSTOMERS}C3,Market Hall,TRADE,KIM\n"}, "customers", ("C3", "Market Hall")),
    "a customer": ({"customers": f"{CUSTOMERS}C1,Bar Süd,TRADE,KIM\n"}, "customers", ("C1", "Bar Süd")),
}


def test_whatever_the_office_changes_arrives(device):
    """The six things that are promised to come by themselves."""
    device.sync()
    for what, (files, table, held) in CHANGES.items():
        device.office.load(**files)
        assert not device.sync(), what
        with closing(sqlite3.connect(device.files.current())) as connection:
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        assert any(set(held) <= set(map(str, row)) for row in rows), what


def test_nothing_new_is_nothing_to_do(device):
    device.sync()
    before = digests(device.files.current())
    assert not device.sync()
    assert digests(device.files.current()) == before


def test_a_customer_given_to_another_rep_leaves_with_everything(device):
    device.office.rep("LEE")
    device.sync()
    device.office.load(customers=f"{CUSTOMERS}C1,Corner Shop,TRADE,LEE\n")
    device.sync()
    assert device.customers("corner") == []
    assert device.customers("museum") == ["C2"]


def test_products_that_are_no_more_leave(device):
    device.sync()
    device.office.load(replace=True, products="sku,name\nMUG1,Mug 1\n", prices="price_list,sku,price\nTRADE,MUG1,4.5\n")
    device.sync()
    assert device.products("mug") == ["MUG1"]


def test_descriptions_come_and_go_like_everything_else(device):
    device.office.load(
        attributes="sku,attribute,value\nMUG3,Colour,Red\n",
        collections="collection,sku\nAutumn,MUG3\n",
        modifiers="sku,modifier,option,surcharge\nMUG3,Gift wrap,Ribbon,0.75\n",
    )
    device.sync()
    red = f"facets:{facets.word('attribute Colour', 'Red')}"
    assert device.products(red) == ["MUG3"]
    device.office.load(attributes="sku,attribute,value\nMUG4,Colour,Red\n", replace=True)
    assert not device.sync()
    assert device.products(red) == ["MUG4"]
