import sqlite3
import time
from contextlib import closing

import pytest

from tests.support.patience import HANG_GUARD
from tests.support.replica_making import (
    contact,
    customer,
    digests,
    found,
    generation,
    page,
    price,
    price_list,
    product,
    rows_of,
)
from wizterm.db.replica_errors import ReplicaDamagedError
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_reader import ReplicaReader
from wizterm.db.replica_writer import ReplicaWriter
from wizterm.protocol import facets
from wizterm.protocol.replica import LISTS_OF_PRODUCT, list_token


@pytest.fixture
def files(tmp_path):
    return ReplicaFiles(tmp_path)


def apply(path, *pages):
    with closing(ReplicaWriter(path)) as writer:
        for changes in pages:
            writer.apply(changes)
        assert not writer.disagreements(digests(path))
    with closing(sqlite3.connect(path)) as connection:
        facets.teach(connection)
        assert not connection.execute(
            f"SELECT sku FROM products WHERE lists <> ({LISTS_OF_PRODUCT}) OR facets <> ({facets.FACETS_OF_PRODUCT})"
        ).fetchall()
    found(path, "mug")
    found(path, "café", "customers")


def test_a_new_name_is_found_and_the_old_one_is_not(files):
    path = generation(files)
    apply(path, page("c1", {"products": [product(3, name="Teapot")]}))
    assert found(path, "teapot") == ["P00003"]
    assert found(path, 'sku:P00003 AND name:"mug"') == []
    assert "P00003" not in found(path, "mug")


def test_a_changed_product_keeps_its_place_in_the_order_of_sales(files):
    path = generation(files)
    before = rows_of(path, "SELECT row FROM products WHERE sku = 'P00003'")
    apply(path, page("c1", {"products": [product(3, name="Teapot")]}))
    assert rows_of(path, "SELECT row FROM products WHERE sku = 'P00003'") == before


def test_a_deleted_product_is_not_found(files):
    path = generation(files)
    apply(path, page("c1", deletions={"products": ["P00003"]}))
    assert len(found(path, "mug")) == 19


def test_a_product_in_the_place_of_a_deleted_one_is_found_by_its_own_name(files):
    path = generation(files)
    apply(path, page("c1", {"products": [product(99, name="Teapot")]}, {"products": ["P00020"]}))
    assert found(path, "teapot") == ["P00099"]
    assert "P00020" not in found(path, "mug")


def test_a_product_comes_into_a_list_with_its_price_and_leaves_with_it(files):
    path = generation(files)
    token = list_token("trade")
    apply(path, page("c1", {"price_lists": [price_list("trade")], "prices": [price(3, "trade")]}))
    assert found(path, f"lists:{token}") == ["P00003"]
    apply(path, page("c2", deletions={"prices": ["trade-3"]}))
    assert found(path, f"lists:{token}") == []


def test_a_price_that_moves_to_another_product_moves_the_list_with_it(files):
    path = generation(files)
    token = list_token("trade")
    apply(path, page("c1", {"prices": [price(3, "trade")]}), page("c2", {"prices": [price(3, "trade", sku="P00004")]}))
    assert found(path, f"lists:{token}") == ["P00004"]


def test_a_list_that_begins_to_fall_back_shows_every_product_with_a_base_price(files):
    path = generation(files, prices=[])
    token = list_token("retail")
    assert found(path, f"lists:{token}") == []
    apply(
        path,
        page(
            "c1", {"price_lists": [price_list(falls_back=True)], "products": [product(3, base_price=""), product(30)]}
        ),
    )
    assert len(found(path, f"lists:{token}")) == 20
    assert "P00003" not in found(path, f"lists:{token}")
    assert "P00030" in found(path, f"lists:{token}")


def test_a_customer_who_leaves_takes_everything_of_theirs_along(files):
    path = generation(files)
    apply(
        path,
        page("c1", {"customers": [customer(1), customer(2)], "contacts": [contact(1, 1), contact(2, 2)]}),
        page("c2", deletions={"customers": ["c1"]}),
    )
    assert rows_of(path, "SELECT id FROM contacts") == [("k2",)]
    assert found(path, "café", "customers") == ["c2"]


def test_a_contact_who_moves_to_another_customer_stays_when_the_old_one_leaves(files):
    path = generation(files)
    apply(
        path,
        page("c1", {"customers": [customer(1), customer(2)], "contacts": [contact(1, 1)]}),
        page("c2", {"contacts": [contact(1, 2)]}, {"customers": ["c1"]}),
    )
    assert rows_of(path, "SELECT id, customer FROM contacts") == [("k1", "c2")]


def test_a_renamed_customer_is_found_by_the_new_name_only(files):
    path = generation(files)
    apply(path, page("c1", {"customers": [customer(1)]}), page("c2", {"customers": [customer(1, "Bar Süd")]}))
    assert found(path, "sud", "customers") == ["c1"]
    assert found(path, "cafe", "customers") == []


def test_rows_and_cursor_come_together_or_not_at_all(files):
    path = generation(files)
    with closing(ReplicaWriter(path)) as writer:
        writer._connection.execute(
            "CREATE TEMP TRIGGER no BEFORE INSERT ON main.replica WHEN new.value = 'c1' "
            "BEGIN SELECT raise(abort, 'no'); END"
        )
        with pytest.raises(ReplicaDamagedError):
            writer.apply(page("c1", {"products": [product(3, name="Teapot")]}))
        assert writer.cursor() == "c0"
    assert found(path, "teapot") == []


@pytest.mark.parametrize(
    "row", [("too", "short"), (*product(3), "long"), product(3, name=None), product(3, name=2**70)]
)
def test_a_row_of_another_shape_changes_nothing(files, row):
    path = generation(files)
    with closing(ReplicaWriter(path)) as writer:
        with pytest.raises(ReplicaDamagedError):
            writer.apply(page("c1", {"stock": [("P00001", "5", 1)], "products": [row]}))
        assert writer.cursor() == "c0"
    assert rows_of(path, "SELECT count(*) FROM stock") == [(0,)]


def test_a_table_of_a_newer_server_is_passed_over(files):
    path = generation(files)
    apply(path, page("c1", {"moods": [("a", "b")]}, {"moods": ["c"]}))


def test_a_row_that_was_missed_shows_in_the_digest(files):
    path = generation(files)
    wanted = digests(generation(files, products=21))
    other = generation(files)
    with closing(ReplicaWriter(other)) as writer:
        writer.apply(page("c1", {"products": [product(21)]}))
        assert writer.disagreements(wanted) == ["prices"]
    assert path != other


def test_a_reader_sees_the_old_rows_until_a_page_is_whole(files):
    path = generation(files)
    with closing(ReplicaWriter(path)) as writer:
        writer._connection.create_function(
            "peek", 1, lambda name: seen.append(rows_of(path, "SELECT count(*) FROM stock"))
        )
        seen = []
        writer._connection.execute(
            "CREATE TEMP TRIGGER peek AFTER INSERT ON main.stock BEGIN SELECT peek(new.sku); END"
        )
        writer._connection.execute("PRAGMA trusted_schema = on")
        writer.apply(page("c1", {"stock": [("P00001", "5", 1), ("P00002", "5", 1)]}))
    assert seen == [[(0,)], [(0,)]]
    assert rows_of(path, "SELECT count(*) FROM stock") == [(2,)]


def test_ten_thousand_changed_products_are_no_matter_of_minutes(files):
    path = generation(files, products=20_000)
    pages = [
        page(
            f"c{start}",
            {
                "products": [product(number, name=f"Cup {number}") for number in range(start, start + 1000)],
                "prices": [price(number, amount="8.00") for number in range(start, start + 1000)],
            },
        )
        for start in range(1, 10_001, 1000)
    ]
    began = time.monotonic()
    with closing(ReplicaWriter(path)) as writer:
        for changes in pages:
            writer.apply(changes)
    assert len(found(path, "cup")) == 10_000
    assert time.monotonic() - began < HANG_GUARD


@pytest.mark.parametrize(
    ("table", "row", "name", "value"),
    [
        ("attributes", ("a1", "P00003", "Colour", "Red", 1), "attribute Colour", "Red"),
        ("collections", ("k1", "Autumn", "P00003", 1), "collection", "Autumn"),
        ("stock", ("P00003", "4", 0), "stock", "in stock"),
    ],
)
def test_a_product_is_filtered_by_what_describes_it_until_that_is_gone(files, table, row, name, value):
    path = generation(files)
    word = facets.word(name, value)
    apply(path, page("c1", {table: [row]}))
    assert found(path, f"facets:{word}") == ["P00003"]
    apply(path, page("c2", deletions={table: [row[0]]}))
    assert found(path, f"facets:{word}") == []


def test_a_category_is_found_by_every_level_above_it(files):
    path = generation(files)
    apply(path, page("c1", {"products": [product(3, category="Home / Bath / Mats")]}))
    for level in ("Home", "Home / Bath", "Home / Bath / Mats"):
        assert found(path, f"facets:{facets.word('category', level)}") == ["P00003"]


def test_a_price_counts_in_the_range_of_its_list(files):
    path = generation(files)
    apply(path, page("c1", {"prices": [price(3, amount="55")]}))
    assert found(path, f"facets:{facets.word('price in retail', '50-100')}") == ["P00003"]
    assert len(found(path, f"facets:{facets.word('price in retail', '5-10')}")) == 19


def test_a_facet_is_read_back_from_its_word():
    assert facets.facet(facets.word("attribute Größe", "10 / 12")) == ("attribute Größe", "10 / 12")


def statements(path, changes):
    """What SQLite is asked to do for one page."""
    with closing(ReplicaWriter(path)) as writer:
        said = []
        writer._connection.set_trace_callback(said.append)
        writer.apply(changes)
        writer._connection.set_trace_callback(None)
    return said


def changed(count):
    numbers = range(1, count + 1)
    rows = {"products": [product(n, name=f"Teapot {n}") for n in numbers], "prices": [price(n) for n in numbers]}
    return page("c1", rows)


def own(said):
    """Without what the text index asks for by itself."""
    return [statement for statement in said if not statement.startswith("--")]


def test_a_row_costs_one_statement_and_a_page_a_fixed_number(files):
    few = own(statements(generation(files, products=40), changed(10)))
    many = own(statements(generation(files, products=40), changed(40)))
    assert len(many) - len(few) == 2 * 30
    assert len(few) - 2 * 10 < 60


def test_the_catalogue_is_read_while_a_page_is_half_applied(files):
    path = generation(files, products=40)
    seen = []
    with closing(ReplicaReader(files.current)) as reader, closing(ReplicaWriter(path)) as writer:

        def look(statement):
            if statement.startswith("INSERT INTO prices"):
                seen.append(reader.rows("SELECT name FROM products WHERE sku = 'P00001'"))

        writer._connection.set_trace_callback(look)
        writer.apply(changed(3))
        writer._connection.set_trace_callback(None)
        assert seen == [[("Mug 1",)]] * 3
        assert reader.rows("SELECT name FROM products WHERE sku = 'P00001'") == [("Teapot 1",)]
