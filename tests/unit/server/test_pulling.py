"""The catalogue from another system, by cursor: what changes reaches the devices, and nothing else does."""

import threading
from collections import deque
from dataclasses import dataclass, field

import pytest

from tests.support.documents_making import new_customer
from tests.support.patience import HANG_GUARD
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import QUICK
from wizterm.connectors.base import Done
from wizterm.connectors.pulling import Page, Pull, PullError, Rows
from wizterm.server.company import open_company
from wizterm.server.pulling.puller import LEASE_MS, BusyError, Puller
from wizterm.server.store import ledger
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.translating import Pulled

PRODUCTS = ("sku", "name", "base_price", "base_currency", "discontinued")


@dataclass
class ScriptedSource:
    """Gives its pages in turn, and remembers from which cursors it was asked."""

    pages: deque = field(default_factory=deque)
    asked: list = field(default_factory=list)
    pulls = frozenset({Pull.ITEMS, Pull.PRICES, Pull.CUSTOMERS})

    def pull(self, what, cursor):
        self.asked.append((what, cursor))
        page = self.pages.popleft() if self.pages else Page((), cursor or "end", more=False)
        if isinstance(page, BaseException):
            raise page
        return page


def items(*cells, cursor="c1", more=False):
    return Page((Rows("products", PRODUCTS, [(*cell, "", "", "")[:5] for cell in cells]),), cursor, more=more)


@pytest.fixture
def source():
    return ScriptedSource()


@pytest.fixture
def puller(house, source):
    return Puller(house.company.store, source, clock=house.clock, minutes=15)


def products(house, *names):
    with house.company.store.reading():
        fields = [column("products", name) for name in names]
        return rows(
            MIRROR["products"]
            .select(*fields)
            .where(~MIRROR["products"].deleted)
            .order_by(column("products", "position"))
        )


def number(house):
    with house.company.store.reading():
        return ledger.reading_of(ledger.CATALOGUE)


def cursor(house):
    with house.company.store.reading():
        return rows(Pulled.select(Pulled.cursor, Pulled.words).where(Pulled.what == "items"))


def test_pages_are_placed_one_after_the_other_and_the_next_pull_goes_on_behind_them(house, source, puller):
    source.pages += [items(("MUG", "New mug"), cursor="c1", more=True), items(("VASE", "Vase"), cursor="c2")]
    brought = puller.pull(Pull.ITEMS)
    assert (brought.read["products"], brought.changed["products"]) == (2, 2)
    puller.pull(Pull.ITEMS)
    assert source.asked == [(Pull.ITEMS, ""), (Pull.ITEMS, "c1"), (Pull.ITEMS, "c2")]
    assert ("VASE", "Vase") in products(house, "sku", "name")


def test_a_change_reaches_the_devices_and_the_same_again_does_not(house, kim, source, puller):
    manifest = house.server.manifest(kim.access_token, 1)
    source.pages += [items(("MUG", "Better mug")), items(("MUG", "Better mug"))]
    puller.pull(Pull.ITEMS)
    changes = house.server.catalogue_changes(kim.access_token, manifest.cursor, 100)
    assert [row[1] for upsert in changes.upserts if upsert.table == "products" for row in upsert.rows] == ["Better mug"]
    before = number(house)
    puller.pull(Pull.ITEMS)
    assert number(house) == before


def test_what_the_erp_does_not_say_stays_and_so_does_the_selling_order(house, source, puller):
    house.office.load(products="sku,name,family,brand\nMUG,Mug,MUGS,Kiln\nTRAY,Tray,,\n")
    source.pages.append(items(("VASE", "Vase"), ("TRAY", "Big tray"), ("MUG", "New mug")))
    puller.pull(Pull.ITEMS)
    assert products(house, "sku", "name", "family", "brand", "position") == [
        ("MUG", "New mug", "MUGS", "Kiln", 1),
        ("TRAY", "Big tray", "", "", 2),
        ("VASE", "Vase", "", "", 3),
    ]


def test_what_was_never_sold_here_is_not_brought_as_discontinued(house, source, puller):
    source.pages.append(items(("MUG", "Mug", "", "", "yes"), ("BOLT", "Bolt", "", "", "yes")))
    puller.pull(Pull.ITEMS)
    assert products(house, "sku", "discontinued") == [("MUG", 1), ("TRAY", 0)]


def test_a_failure_keeps_the_cursor_and_what_came_before_and_says_why(house, source, puller):
    source.pages += [items(("MUG", "New mug"), cursor="c1", more=True), PullError("The ERP is down.")]
    with pytest.raises(PullError, match="is down"):
        puller.pull(Pull.ITEMS)
    assert cursor(house) == [("c1", "The ERP is down.")]
    assert ("MUG", "New mug") in products(house, "sku", "name")
    puller.pull(Pull.ITEMS)
    assert source.asked[-1] == (Pull.ITEMS, "c1")
    assert cursor(house) == [("c1", "")]


def test_a_row_with_a_fault_is_left_out_and_named_and_the_others_are_taken(house, source, puller):
    source.pages += [
        items(("MUG", "Other"), ("TRAY", "Tray", "a lot", "GBP"), cursor="c1", more=True),
        items(("VASE", "Vase", "5", "pounds"), cursor="c2"),
    ]
    brought = puller.pull(Pull.ITEMS)
    assert [fault.partition(":")[0] for fault in brought.left_out] == [
        "products TRAY Tray, column base_price",
        "products VASE Vase, column base_currency",
    ]
    assert products(house, "sku", "name") == [("MUG", "Other"), ("TRAY", "Tray")]
    assert next(standing for standing in puller.standing() if standing.left_out).left_out == tuple(brought.left_out)
    puller.pull(Pull.ITEMS)
    assert all(not standing.left_out for standing in puller.standing())


def test_two_default_lists_change_nothing_and_keep_the_cursor(house, source, puller):
    header = ("id", "name", "currency", "default")
    lists = [("A", "A", "GBP", "yes"), ("B", "B", "GBP", "yes")]
    source.pages.append(Page((Rows("price_lists", header, lists),), "c1", more=False))
    with pytest.raises(PullError, match="expected one default list, got"):
        puller.pull(Pull.PRICES)
    assert [standing.words for standing in puller.standing()][1].startswith("price_lists: expected one")
    with house.company.store.reading():
        assert rows(Pulled.select(Pulled.cursor)) == [("",)]


def test_a_customer_made_here_is_no_second_one_when_the_erp_tells_of_them_first(house, kim, source, puller):
    shop = new_customer(kim)
    house.post(kim, shop)
    cells = [(shop.number, "Corner Shop", "TRADE")]
    source.pages.append(Page((Rows("customers", ("number", "name", "price_list"), cells),), "c", more=False))
    puller.pull(Pull.CUSTOMERS)
    with house.company.store.reading():
        fields = [column("customers", name) for name in ("id", "number")]
        found = rows(MIRROR["customers"].select(*fields).where(column("customers", "name") == "Corner Shop"))
    assert sorted(found) == sorted([("C1", "C1"), (shop.id, shop.number)])


def test_a_customer_who_bears_the_number_of_a_document_that_got_another_is_somebody_else(house, kim, source, puller):
    shop = new_customer(kim)
    house.post(kim, shop)
    house.erp.answers.append(Done("D-5"))
    house.deliver()
    cells = [(shop.number, "Shop of a store before", "TRADE"), ("D-5", "Corner Shop", "TRADE")]
    source.pages.append(Page((Rows("customers", ("number", "name", "price_list"), cells),), "c", more=False))
    assert puller.pull(Pull.CUSTOMERS).left_out == []
    with house.company.store.reading():
        fields = [column("customers", name) for name in ("id", "number", "name")]
        found = rows(MIRROR["customers"].select(*fields).where(column("customers", "id").in_([shop.id, shop.number])))
    told = {(shop.id, "D-5", "Corner Shop"), (shop.number, shop.number, "Shop of a store before")}
    assert set(found) == told


def test_a_connector_that_raises_is_a_failure_like_another(house, source, puller):
    source.pages.append(KeyError("surprise"))
    with pytest.raises(PullError, match="KeyError"):
        puller.pull(Pull.ITEMS)
    assert "surprise" in cursor(house)[0][1]


@pytest.mark.parametrize(
    "strange",
    [
        Rows("wares", ("sku",), []),
        Rows("products", ("sku", "weight"), []),
        Rows("products", ("sku", "name"), [("MUG",)]),
    ],
)
def test_a_connector_whose_rows_are_none_of_an_import_is_told_so(house, source, puller, strange):
    source.pages.append(Page((strange,), "c1", more=False))
    with pytest.raises(PullError, match="not those of an import"):
        puller.pull(Pull.ITEMS)
    assert cursor(house)[0][0] == ""


def test_a_pull_from_the_start_forgets_the_cursor(source, puller):
    source.pages.append(items(("MUG", "Mug"), cursor="c9"))
    puller.pull(Pull.ITEMS)
    puller.pull(Pull.ITEMS, afresh=True)
    assert source.asked[-1] == (Pull.ITEMS, "")


def test_two_processes_never_pull_one_kind_at_once_and_a_dead_ones_is_taken_over(house, source, puller):
    def while_it_reads(what, _cursor):
        with pytest.raises(BusyError):
            puller.pull(what)
        house.clock.go_on(LEASE_MS / 1000)
        source.pull = lambda what, cursor: items(("MUG", "Taken over"))
        puller.pull(what)
        return items(("MUG", "Too late"))

    source.pull = while_it_reads
    with pytest.raises(BusyError):
        puller.pull(Pull.ITEMS)
    assert ("MUG", "Taken over") in products(house, "sku", "name")


def test_it_looks_by_itself_when_the_time_has_come_and_rests_in_between(house, source, puller):
    def work():
        while puller.step():
            pass

    source.pages.append(items(("MUG", "Mug"), cursor="c1", more=True))
    work()
    assert [what for what, _ in source.asked] == [Pull.ITEMS, Pull.ITEMS, Pull.PRICES, Pull.CUSTOMERS]
    assert puller.rest() == 15 * 60
    house.clock.go_on(15 * 60)
    work()
    assert len(source.asked) == 7
    source.pages.append(PullError("down"))
    house.clock.go_on(15 * 60)
    work()
    assert puller.rest() == 60


def test_a_second_process_pulls_nothing_that_refers_to_what_the_first_still_reads(house, source, puller):
    """A customer whose price list has not come would be left out."""
    second = Puller(house.company.store, source, clock=house.clock, minutes=15)
    read, began = source.pull, []

    def while_it_reads(what, cursor):
        source.pull = read
        began.append((what, second.step(), second.rest() > 0))
        source.pull = while_it_reads
        return read(what, cursor)

    source.pull = while_it_reads
    while puller.step():
        pass
    assert began == [(what, False, True) for what in (Pull.ITEMS, Pull.PRICES, Pull.CUSTOMERS)]


def test_what_fails_holds_up_nothing_that_refers_to_it(source, puller):
    source.pages.append(PullError("down"))
    while puller.step():
        pass
    assert [what for what, _ in source.asked] == [Pull.ITEMS, Pull.PRICES, Pull.CUSTOMERS]


def test_a_clock_that_was_ahead_does_not_keep_it_from_looking(house, source, puller):
    house.clock.go_on(365 * 86_400)
    source.pages.append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        puller.pull(Pull.ITEMS)
    while puller.step():
        pass
    house.clock.go_on(-365 * 86_400)
    asked = len(source.asked)
    while puller.step():
        pass
    assert [what for what, _ in source.asked[asked:]] == [Pull.ITEMS, Pull.PRICES, Pull.CUSTOMERS]


def test_it_never_looks_by_itself_where_it_is_not_to(house, source):
    puller = Puller(house.company.store, source, clock=house.clock, minutes=0)
    assert not puller.step()
    assert puller.rest() == float("inf")


def test_prices_of_a_list_replace_its_breaks_and_wait_for_a_product_that_is_not_here(house, source, puller):
    header = ("price_list", "sku", "min_quantity", "price")
    cells = [("TRADE", "MUG", "1", "5"), ("TRADE", "NEW", "1", "9")]
    source.pages.append(Page((Rows("prices", header, cells),), "c1", more=False))
    puller.pull(Pull.PRICES)
    with house.company.store.reading():
        fields = [column("prices", name) for name in ("sku", "min_quantity", "price")]
        found = rows(MIRROR["prices"].select(*fields).where(~MIRROR["prices"].deleted).order_by(*fields))
    assert found == [("MUG", "1", "5"), ("TRAY", "1", "12")]


def test_a_customer_keeps_their_rep_and_minimum_where_the_erp_knows_neither(house, source, puller):
    house.office.load(customers="number,name,price_list,rep,order_minimum\nC1,Corner Shop,TRADE,KIM,50\n")
    page = Page(
        (Rows("customers", ("number", "name", "price_list"), [("C1", "Corner Store", "TRADE")]),), "c", more=False
    )
    source.pages.append(page)
    puller.pull(Pull.CUSTOMERS)
    with house.company.store.reading():
        fields = [column("customers", name) for name in ("name", "rep", "order_minimum")]
        found = rows(MIRROR["customers"].select(*fields).where(column("customers", "id") == "C1"))
    assert found == [("Corner Store", "KIM", "50")]


def test_the_first_list_the_erp_names_is_the_default_only_where_there_is_none(house, source, puller):
    lists = ("id", "name", "currency", "falls_back_to_base")
    source.pages.append(Page((Rows("price_lists", lists, [("STD", "Standard", "GBP", "yes")]),), "c", more=False))
    puller.pull(Pull.PRICES)

    def defaults():
        with house.company.store.reading():
            marked = column("price_lists", "is_default") == 1
            return [row[0] for row in rows(MIRROR["price_lists"].select(column("price_lists", "id")).where(marked))]

    assert defaults() == ["TRADE"]


def test_the_server_pulls_by_itself_beside_its_routes_and_ends_with_them(tmp_path):
    asked = threading.Event()

    class Both(ScriptedErp, ScriptedSource):
        def __init__(self):
            ScriptedErp.__init__(self)
            ScriptedSource.__init__(self)

        def pull(self, what, cursor):
            asked.set()
            return Page((), "end", more=False)

    company = open_company(tmp_path, name="Testers & Co", connector=Both(), pull_minutes=15, passwords=QUICK)
    company.start()
    assert asked.wait(HANG_GUARD)
    company.close()
    assert not company.pulling._thread.is_alive()


def test_a_server_that_is_not_to_pull_has_nobody_who_does(tmp_path, source):
    source.kinds = frozenset({"order"})
    company = open_company(tmp_path, name="Testers & Co", connector=source, passwords=QUICK)
    assert company.pulling is None
    company.close()
