"""What every implementer of the protocol promises: the server itself, HTTP to one process and to two, and the fake."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

import pytest
import zstandard

from tests.support.documents_making import batch, enveloped, handed_over, line, new_customer, order
from tests.support.fake_server import FakeServer
from tests.support.patience import HANG_GUARD
from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.connectors.base import Settings
from wizterm.connectors.files import FilesConnector
from wizterm.protocol import replica
from wizterm.protocol.changes import DocumentChange
from wizterm.protocol.documents import Envelope, Later, Refused, Taken, fingerprint
from wizterm.protocol.interface import SyncProtocol
from wizterm.protocol.problem import Code, ProblemError
from wizterm.protocol.session import Refresh, Session, SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient

PRICE_LISTS = """id,name,currency,falls_back_to_base,default
TRADE,Trade,GBP,no,yes
SECRET,For one rep only,GBP,no,no
"""
PRODUCTS = "sku,name\nMUG,Mug\nTRAY,Tray\nHAT,Hat\n"
PRICES = "price_list,sku,price\nTRADE,MUG,4.5\nTRADE,TRAY,12\nSECRET,HAT,1\n"
CUSTOMERS = "number,name,price_list,rep\n"


@dataclass
class World:
    """A server of some make, and its office."""

    server: SyncProtocol
    office: StoreOffice | FakeServer
    deliver: object
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def rep(self) -> Session:
        """A new rep, signed in on a new device."""
        code = f"R{next(self.numbers)}"
        self.office.rep(code)
        return self.sign_in(code)

    def sign_in(self, code: str, password: str = PASSWORD, device: str = "") -> Session:
        return self.server.sign_in(SignIn(rep=code, password=password, device=device or str(uuid4())))

    def customer(self, rep: str, name: str = "Shop", price_list: str = "TRADE") -> str:
        """A new customer of this rep; gives the number, which is the public id."""
        number = f"C{next(self.numbers)}"
        self.assign(number, rep, name, price_list)
        return number

    def assign(self, number: str, rep: str, name: str = "Shop", price_list: str = "TRADE") -> None:
        self.office.load(customers=f"{CUSTOMERS}{number},{name},{price_list},{rep}\n")

    def told(self, session: Session, document: str, state: str) -> DocumentChange:
        """What the feed says of a document, once it is in this state."""
        self.deliver()
        deadline = time.monotonic() + HANG_GUARD
        while time.monotonic() < deadline:
            changes = self.server.document_changes(session.access_token, "").changes
            found = next((change for change in changes if change.id == document), None)
            if found is not None and found.state == state:
                return found
            time.sleep(0.02)  # another process delivers: there is no event to wait for
        raise AssertionError(f"{document} never became {state}: {found}")


@pytest.fixture(scope="module", params=["in process", "over HTTP", "processes on PostgreSQL", "fake"])
def place(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    if request.param == "fake":
        fake = FakeServer()
        yield World(fake, fake, fake.deliver)
    elif request.param == "in process":
        connector = FilesConnector(Settings(folder / "erp"))
        company = open_company(folder, name="Testers & Co", connector=connector, passwords=QUICK)
        yield World(ServerProtocol(company), StoreOffice(company.store), lambda: _deliver_all(company.dispatcher))
        company.close()
    elif request.param == "over HTTP":
        yield from _over_http(folder)
    else:
        with request.getfixturevalue("postgres").database() as url:
            yield from _over_http(folder, url)


def _over_http(folder, url=""):
    options = ("--store", url, "--workers", "2") if url else ()
    with (
        ServerProcess(folder, options=options) as process,
        closing(open_store(folder, url)) as store,
        closing(HttpClient(process.address)) as client,
    ):
        yield World(client, StoreOffice(store), lambda: None)


@pytest.fixture
def world(place):
    """With the same small catalogue for every test."""
    place.office.load(replace=True, price_lists=PRICE_LISTS, products=PRODUCTS, prices=PRICES)
    return place


def _deliver_all(dispatcher):
    while dispatcher.step():
        pass


class Device:
    """A replica kept by applying everything the server says."""

    def __init__(self, server: SyncProtocol, session: Session) -> None:
        self.server, self.session = server, session
        self.tables: dict[str, dict[str, tuple]] = {}
        self.cursor = ""
        self.digests = ()

    def begin(self, folder) -> None:
        """Fetch the file and put it in place."""
        manifest = self.server.manifest(self.session.access_token, replica.SCHEMA)
        packed = b"".join(self.server.file(self.session.access_token, manifest.sha256))
        assert len(packed) == manifest.bytes
        self.tables = _unpacked(packed, folder)
        self.cursor = manifest.cursor

    def pull(self, limit: int = 2000) -> int:
        """All pages; gives their number."""
        pages, more = 0, True
        while more:
            changes = self.server.catalogue_changes(self.session.access_token, self.cursor, limit)
            for upsert in changes.upserts:
                self.tables[upsert.table] |= {row[0]: row for row in upsert.rows}
            for deletion in changes.deletions:
                for key in deletion.keys:
                    self._drop(deletion.table, key)
            self.cursor, more, pages = changes.cursor, changes.more, pages + 1
        self.digests = changes.digests
        return pages

    def _drop(self, table: str, key: str) -> None:
        self.tables[table].pop(key, None)
        if table == "customers":
            for owned in (table for table in replica.REP_PART if table.customer):
                at = owned.columns.index(owned.customer)
                rows = self.tables[owned.name]
                self.tables[owned.name] = {each: row for each, row in rows.items() if row[at] != key}

    def agrees(self) -> bool:
        """Whether what it holds is what the server says it should."""
        mine = {table.name: replica.digest(table, self.tables[table.name].values()) for table in replica.TABLES}
        return bool(self.digests) and all(mine[digest.table] == digest for digest in self.digests)


def _unpacked(packed: bytes, folder) -> dict[str, dict[str, tuple]]:
    import sqlite3
    from contextlib import closing

    path = folder / f"{uuid4()}.db"
    path.write_bytes(zstandard.decompress(packed))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return {
            table.name: {
                row[0]: row for row in connection.execute(f"SELECT {', '.join(table.columns)} FROM {table.name}")
            }
            for table in replica.TABLES
        }


@pytest.fixture
def begun(world, tmp_path):
    """Makes a device that has done its first sync."""

    def make(session: Session) -> Device:
        device = Device(world.server, session)
        device.begin(tmp_path)
        device.pull()
        return device

    return make


class TestAnySyncProtocol:
    def test_a_ping_echoes_the_nonce_and_names_the_server_of_every_session(self, world):
        session = world.rep()
        pong = world.server.ping("n-17")
        assert (pong.nonce, pong.server, pong.epoch) == ("n-17", session.server, session.epoch)

    def test_signing_in_needs_no_exact_case_and_gives_the_code_as_the_company_writes_it(self, world):
        code = world.rep().rep
        assert world.sign_in(code.lower()).rep == code

    @pytest.mark.parametrize(("code", "password"), [("", "wrong"), ("nobody", PASSWORD)])
    def test_a_wrong_password_and_an_unknown_name_are_told_alike(self, world, code, password):
        code = code or world.rep().rep
        with pytest.raises(ProblemError) as caught:
            world.sign_in(code, password)
        assert caught.value.code == Code.BAD_CREDENTIALS

    def test_a_device_keeps_its_installation_code_and_another_gets_another(self, world):
        code, device = world.rep().rep, str(uuid4())
        first, again, other = (
            world.sign_in(code, device=device),
            world.sign_in(code, device=device),
            world.sign_in(code),
        )
        assert first.installation == again.installation != other.installation
        assert len(first.installation) >= 2

    def test_without_a_valid_token_the_answer_is_to_sign_in(self, world):
        with pytest.raises(ProblemError) as caught:
            world.server.document_changes("forged", "")
        assert caught.value.code == Code.SIGN_IN_NEEDED

    def test_a_refresh_gives_a_new_pair(self, world):
        session = world.rep()
        renewed = world.server.refresh(Refresh(refresh_token=session.refresh_token))
        assert renewed.refresh_token != session.refresh_token
        assert renewed.installation == session.installation
        world.server.document_changes(renewed.access_token, "")

    def test_a_refresh_whose_answer_was_lost_can_be_asked_again(self, world):
        session = world.rep()
        world.server.refresh(Refresh(refresh_token=session.refresh_token))  # and nobody hears the answer
        heard = world.server.refresh(Refresh(refresh_token=session.refresh_token))
        world.server.document_changes(heard.access_token, "")

    def test_a_refresh_that_arrives_twice_ends_nobodys_sign_in(self, world):
        session = world.rep()
        heard = world.server.refresh(Refresh(refresh_token=session.refresh_token))
        world.server.refresh(Refresh(refresh_token=session.refresh_token))  # what the way has kept, and sends again
        assert world.server.refresh(Refresh(refresh_token=heard.refresh_token)).rep == session.rep

    def test_an_old_refresh_token_ends_when_the_new_one_is_used(self, world):
        session = world.rep()
        second = world.server.refresh(Refresh(refresh_token=session.refresh_token))
        world.server.refresh(Refresh(refresh_token=second.refresh_token))
        with pytest.raises(ProblemError) as caught:
            world.server.refresh(Refresh(refresh_token=session.refresh_token))
        assert caught.value.code == Code.SIGN_IN_NEEDED

    def test_signing_out_ends_both_tokens(self, world):
        session = world.rep()
        world.server.sign_out(session.access_token)
        for call in (
            lambda: world.server.document_changes(session.access_token, ""),
            lambda: world.server.refresh(Refresh(refresh_token=session.refresh_token)),
        ):
            with pytest.raises(ProblemError) as caught:
                call()
            assert caught.value.code == Code.SIGN_IN_NEEDED

    def test_a_document_sent_twice_gets_the_same_receipt(self, world):
        session = world.rep()
        sent = batch(order(session, world.customer(session.rep)))
        first = world.server.post_documents(session.access_token, sent).answers
        assert world.server.post_documents(session.access_token, sent).answers == first
        (receipt,) = first
        assert isinstance(receipt, Taken)
        assert (receipt.sha256, receipt.server) == (sent.documents[0].sha256, session.server)

    def test_one_id_with_other_content_is_refused_and_told_what_the_server_holds(self, world):
        session = world.rep()
        body = order(session, world.customer(session.rep))
        first = batch(body)
        world.server.post_documents(session.access_token, first)
        changed = Envelope(
            id=body.id,
            revision=1,
            kind="order",
            body=first.documents[0].body + " ",
            sha256=fingerprint(first.documents[0].body + " "),
        )
        (answer,) = world.server.post_documents(session.access_token, batch(changed)).answers
        assert isinstance(answer, Refused)
        assert (answer.code, answer.sha256) == ("other_content", first.documents[0].sha256)

    def test_one_bad_document_never_stops_the_others(self, world):
        session = world.rep()
        customer = world.customer(session.rep)
        good, last = order(session, customer), order(session, customer)
        torn = Envelope(id=str(uuid4()), revision=1, kind="order", body='{"lines":', sha256=fingerprint('{"lines":'))
        strange = Envelope(id=str(uuid4()), revision=1, kind="poem", body="{}", sha256=fingerprint("{}"))
        answers = world.server.post_documents(session.access_token, batch(good, torn, strange, last)).answers
        assert [type(answer) for answer in answers] == [Taken, Refused, Later, Taken]
        assert [answer.id for answer in answers] == [good.id, torn.id, strange.id, last.id]

    def test_a_refusal_of_what_cannot_be_read_names_the_field(self, world):
        session = world.rep()
        text = enveloped(order(session, world.customer(session.rep), line(1))).body.replace('"sku":"MUG"', '"sku":7')
        bad = Envelope(id=str(uuid4()), revision=1, kind="order", body=text, sha256=fingerprint(text))
        (answer,) = world.server.post_documents(session.access_token, batch(bad)).answers
        assert isinstance(answer, Refused)
        assert answer.field == "lines[0].sku"

    def test_an_order_for_another_reps_customer_is_refused(self, world):
        session, other = world.rep(), world.rep()
        (answer,) = world.server.post_documents(
            session.access_token, batch(order(session, world.customer(other.rep)))
        ).answers
        assert isinstance(answer, Refused)
        assert (answer.code, answer.field) == ("not_your_customer", "customer.id")

    def test_an_order_may_come_with_its_new_customer_in_either_order(self, world):
        session = world.rep()
        for turned in (False, True):
            customer = new_customer(session)
            sent = [customer, order(session, customer.id)]
            answers = world.server.post_documents(
                session.access_token, batch(*(sent[::-1] if turned else sent))
            ).answers
            assert [type(answer) for answer in answers] == [Taken, Taken]

    def test_an_order_that_comes_before_its_customer_is_asked_to_come_again(self, world):
        session = world.rep()
        customer = new_customer(session)
        sent = batch(order(session, customer.id))
        (answer,) = world.server.post_documents(session.access_token, sent).answers
        assert isinstance(answer, Later)
        world.server.post_documents(session.access_token, batch(customer))
        (answer,) = world.server.post_documents(session.access_token, sent).answers
        assert isinstance(answer, Taken)

    def test_the_feed_tells_of_a_confirmed_order_with_the_erps_number(self, world):
        session = world.rep()
        body = order(session, world.customer(session.rep))
        world.server.post_documents(session.access_token, batch(body))
        change = world.told(session, body.id, "confirmed")
        assert (change.revision, change.number, change.external) == (1, body.number, f"F-{body.number}")

    def test_the_feed_goes_on_from_its_cursor_and_tells_nothing_twice(self, world):
        session = world.rep()
        customer = world.customer(session.rep)
        first = order(session, customer)
        world.server.post_documents(session.access_token, batch(first))
        world.told(session, first.id, "confirmed")
        cursor = world.server.document_changes(session.access_token, "").cursor
        assert world.server.document_changes(session.access_token, cursor).changes == ()
        second = order(session, customer)
        world.server.post_documents(session.access_token, batch(second))
        world.told(session, second.id, "confirmed")
        changes = world.server.document_changes(session.access_token, cursor).changes
        assert {change.id for change in changes} == {second.id}

    def test_the_feed_never_tells_of_another_reps_documents(self, world):
        session, other = world.rep(), world.rep()
        world.server.post_documents(session.access_token, batch(order(session, world.customer(session.rep))))
        assert world.server.document_changes(other.access_token, "").changes == ()

    def test_a_first_sync_holds_what_the_rep_may_see_and_agrees_with_the_server(self, world, begun):
        session = world.rep()
        customer = world.customer(session.rep, "Shöp & Sons")
        device = begun(session)
        assert set(device.tables["products"]) == {"MUG", "TRAY"}
        assert set(device.tables["price_lists"]) == {"TRADE"}
        assert device.tables["customers"][customer][2] == "Shöp & Sons"
        assert device.agrees()

    def test_a_catalogue_file_holds_nothing_of_any_rep(self, world, tmp_path):
        session = world.rep()
        world.customer(session.rep)
        device = Device(world.server, session)
        device.begin(tmp_path)
        assert all(not device.tables[table.name] for table in replica.REP_PART)

    def test_a_cut_download_goes_on_where_it_stopped(self, world):
        session = world.rep()
        manifest = world.server.manifest(session.access_token, replica.SCHEMA)
        whole = b"".join(world.server.file(session.access_token, manifest.sha256))
        rest = b"".join(world.server.file(session.access_token, manifest.sha256, start=700))
        assert whole[700:] == rest

    def test_a_file_that_is_not_for_this_rep_is_not_found(self, world):
        with pytest.raises(ProblemError) as caught:
            list(world.server.file(world.rep().access_token, "0" * 64))
        assert caught.value.code == Code.NOT_FOUND

    def test_an_unknown_schema_is_told(self, world):
        with pytest.raises(ProblemError) as caught:
            world.server.manifest(world.rep().access_token, 99)
        assert caught.value.code == Code.UNKNOWN_SCHEMA

    def test_changes_come_in_pages_that_bring_the_same_as_one(self, world, begun, tmp_path):
        session = world.rep()
        lines = "".join(f"{session.rep}-{n},Shop {n},TRADE,{session.rep}\n" for n in range(25))
        world.office.load(customers=CUSTOMERS + lines)
        device = Device(world.server, session)
        device.begin(tmp_path)
        assert device.pull(limit=10) >= 3
        assert device.tables == begun(session).tables
        assert len(device.tables["customers"]) == 25
        assert device.agrees()

    def test_a_page_asked_for_again_is_the_same_page(self, world, tmp_path):
        session = world.rep()
        for _ in range(3):
            world.customer(session.rep)
        device = Device(world.server, session)
        device.begin(tmp_path)
        first = world.server.catalogue_changes(session.access_token, device.cursor, 2)
        again = world.server.catalogue_changes(session.access_token, device.cursor, 2)
        assert (first.upserts, first.more) == (again.upserts, True)

    def test_when_nothing_changed_nothing_comes(self, world, begun):
        device = begun(world.rep())
        before = device.cursor
        changes = world.server.catalogue_changes(device.session.access_token, before, 100)
        assert (changes.upserts, changes.deletions, changes.more) == ((), (), False)

    def test_a_new_price_arrives_and_only_that(self, world, begun):
        device = begun(world.rep())
        world.office.load(prices="price_list,sku,price\nTRADE,MUG,4.75\nTRADE,TRAY,12\n")
        changes = world.server.catalogue_changes(device.session.access_token, device.cursor, 100)
        assert [(upsert.table, len(upsert.rows)) for upsert in changes.upserts] == [("prices", 1)]
        device.pull()
        assert {row[4] for row in device.tables["prices"].values()} == {"4.75", "12"}
        assert device.agrees()

    def test_what_is_taken_away_is_told_as_gone(self, world, begun):
        device = begun(world.rep())
        world.office.load(
            replace=True,
            products="sku,name\nMUG,Mug\nHAT,Hat\n",
            prices="price_list,sku,price\nTRADE,MUG,4.5\nSECRET,HAT,1\n",
        )
        device.pull()
        assert set(device.tables["products"]) == {"MUG"}
        assert device.agrees()

    def test_a_product_that_comes_into_the_reps_lists_arrives_whole(self, world, begun):
        world.office.load(stock="sku,quantity\nHAT,7\nMUG,3\n")
        device = begun(world.rep())
        assert set(device.tables["stock"]) == {"MUG"}
        world.office.load(prices="price_list,sku,price\nTRADE,HAT,1.5\n")
        device.pull()
        assert device.tables["products"]["HAT"][1] == "Hat"
        assert device.tables["stock"]["HAT"][1] == "7"
        assert device.agrees()

    def test_no_rep_hears_of_another_reps_customers(self, world, begun):
        session, other = world.rep(), world.rep()
        mine, theirs = world.customer(session.rep), world.customer(other.rep)
        assert set(begun(session).tables["customers"]) == {mine}
        assert set(begun(other).tables["customers"]) == {theirs}

    def test_a_customer_who_moves_leaves_one_rep_and_reaches_the_other_whole(self, world, begun):
        session, other = world.rep(), world.rep()
        moving, staying = world.customer(session.rep, "Mover"), world.customer(session.rep, "Stayer")
        here, there = begun(session), begun(other)
        world.assign(moving, other.rep, "Mover")
        here.pull()
        there.pull()
        assert set(here.tables["customers"]) == {staying}
        assert set(there.tables["customers"]) == {moving}
        assert here.agrees()
        assert there.agrees()

    def test_a_customer_made_in_the_field_reaches_the_reps_devices_under_the_same_id(self, world, begun):
        session = world.rep()
        device = begun(session)
        customer = new_customer(session, "Brand New")
        world.server.post_documents(session.access_token, batch(customer))
        device.pull()
        assert device.tables["customers"][customer.id][2] == "Brand New"

    def test_a_cursor_from_elsewhere_is_told_to_start_again(self, world, begun):
        session, other = world.rep(), world.rep()
        foreign = begun(other).cursor
        for cursor in ("nonsense", "", foreign):
            with pytest.raises(ProblemError) as caught:
                world.server.catalogue_changes(session.access_token, cursor, 100)
            assert caught.value.code == Code.CURSOR_GONE

    def test_an_unknown_picture_is_not_found(self, world):
        with pytest.raises(ProblemError) as caught:
            world.server.media(world.rep().access_token, "0" * 64)
        assert caught.value.code == Code.NOT_FOUND


class TestStock:
    def test_the_stock_of_a_product_is_what_the_office_loaded_last(self, world):
        world.office.load(stock="sku,quantity\nMUG,7\n")
        session = world.rep()
        world.customer(session.rep)
        said = world.server.stock(session.access_token, "MUG")
        assert (said.sku, said.quantity) == ("MUG", 7)
        assert said.counted_at is not None

    def test_a_product_that_is_not_counted_says_so(self, world):
        session = world.rep()
        world.customer(session.rep)
        said = world.server.stock(session.access_token, "TRAY")
        assert (said.quantity, said.counted_at) == (None, None)

    @pytest.mark.parametrize("sku", ["HAT", "NONE", "' OR 1=1"])
    def test_what_the_rep_may_not_see_is_not_there(self, world, sku):
        session = world.rep()
        world.customer(session.rep)
        with pytest.raises(ProblemError) as caught:
            world.server.stock(session.access_token, sku)
        assert caught.value.problem.code == Code.NOT_FOUND


def test_a_cart_goes_from_one_device_of_a_rep_to_another(world):
    here = world.rep()
    there = world.sign_in(here.rep)
    request = handed_over("spring restock")
    said = world.server.hand_over(here.access_token, request)
    assert (said.id, said.sha256, said.taken_by, said.from_here) == (request.id, request.sha256, "", True)
    (told,) = world.server.carts(there.access_token).carts
    assert (told.label, told.from_here) == (request.label, False)
    taken = world.server.take_cart(there.access_token, request.id)
    assert (taken.body, taken.handed.taken_here) == (request.body, True)
    assert world.server.take_cart(there.access_token, request.id) == taken
    assert world.server.carts(there.access_token).carts == ()
    (told,) = world.server.carts(here.access_token).carts
    assert (told.taken_by != "", told.taken_here) == (True, False)


def test_a_cart_that_another_device_took_is_not_given_again(world):
    here = world.rep()
    there = world.sign_in(here.rep)
    request = handed_over()
    world.server.hand_over(here.access_token, request)
    world.server.take_cart(here.access_token, request.id)
    with pytest.raises(ProblemError) as error:
        world.server.take_cart(there.access_token, request.id)
    assert error.value.code == Code.TAKEN_ELSEWHERE
    assert world.server.hand_over(here.access_token, request).taken_here


def test_a_cart_that_is_said_again_is_one_cart(world):
    session = world.rep()
    request = handed_over()
    assert world.server.hand_over(session.access_token, request) == world.server.hand_over(
        session.access_token, request
    )
    assert len(world.server.carts(session.access_token).carts) == 1
    with pytest.raises(ProblemError) as error:
        world.server.hand_over(session.access_token, handed_over(id_=request.id, body="[]"))
    assert error.value.code == Code.BAD_REQUEST


def test_nobody_sees_or_takes_another_reps_cart(world):
    kim, lee = world.rep(), world.rep()
    request = handed_over()
    world.server.hand_over(kim.access_token, request)
    assert world.server.carts(lee.access_token).carts == ()
    for call in (
        lambda: world.server.take_cart(lee.access_token, request.id),
        lambda: world.server.hand_over(lee.access_token, request),
    ):
        with pytest.raises(ProblemError) as error:
            call()
        assert error.value.code == Code.NOT_FOUND
