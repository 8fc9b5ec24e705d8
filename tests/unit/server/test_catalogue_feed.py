"""What the contract does not show: lists, pages under change, files, and what a request costs."""

import sqlite3
from contextlib import closing

import pytest
import zstandard

from tests.support.store_office import StoreOffice
from wizterm.protocol import replica
from wizterm.protocol.problem import Code, ProblemError
from wizterm.server.feeds.shelf import FEW_CHANGES, KEPT_MS
from wizterm.server.store import ledger
from wizterm.server.store.ledger import Fact


def begin(house, session):
    return house.server.manifest(session.access_token, replica.SCHEMA)


def pull(house, session, cursor, limit=2000):
    """Upserted keys by table, gone keys by table, and the cursor after it all."""
    upserts, gone, more = {}, {}, True
    while more:
        page = house.server.catalogue_changes(session.access_token, cursor, limit)
        for upsert in page.upserts:
            upserts.setdefault(upsert.table, []).extend(row[0] for row in upsert.rows)
        for deletion in page.deletions:
            gone.setdefault(deletion.table, []).extend(deletion.keys)
        cursor, more = page.cursor, page.more
    return upserts, gone, cursor


def change_much(house):
    """More than changes should bring to a new device."""
    amount = next(house.numbers)
    prices = "".join(f"TRADE,P{n},{amount}\n" for n in range(FEW_CHANGES + 1))
    products = "".join(f"P{n},Product\n" for n in range(FEW_CHANGES + 1))
    house.office.load(products="sku,name\n" + products, prices="price_list,sku,price\n" + prices)


def file_rows(house, session, table):
    manifest = begin(house, session)
    packed = b"".join(house.server.file(session.access_token, manifest.sha256))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(zstandard.decompress(packed))
        return [row[0] for row in connection.execute(f"SELECT {replica.BY_NAME[table].key} FROM {table} ORDER BY row")]


def test_a_file_holds_products_in_selling_order_with_their_text_index(house, kim):
    house.office.load(products="sku,name\nTRAY,Tray\nMUG,Mug\n")
    assert file_rows(house, kim, "products") == ["TRAY", "MUG"]
    packed = b"".join(house.server.file(kim.access_token, begin(house, kim).sha256))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(zstandard.decompress(packed))
        found = connection.execute("SELECT rowid FROM products_text WHERE products_text MATCH 'mu*'").fetchall()
    assert found == [(2,)]


def test_reps_with_the_same_lists_share_a_file_and_others_do_not(house, kim):
    house.office.rep("EVE", "EXPORT")
    lee, eve = house.sign_in("LEE"), house.sign_in("EVE")
    assert begin(house, kim).sha256 == begin(house, lee).sha256
    assert begin(house, eve).sha256 != begin(house, kim).sha256
    with pytest.raises(ProblemError) as caught:
        house.server.file(kim.access_token, begin(house, eve).sha256)
    assert caught.value.code == Code.NOT_FOUND


def built(house):
    """When the builder has nothing left to do."""
    house.company.manifests._builder._thread.submit(int).result(60)


def test_a_file_is_built_once_and_again_only_when_much_has_changed(house, kim):
    first = begin(house, kim)
    house.office.load(prices="price_list,sku,price\nTRADE,TRAY,13\n")
    assert begin(house, kim) == first
    change_much(house)
    assert begin(house, kim) == first
    built(house)
    assert begin(house, kim).sha256 != first.sha256


def test_an_old_file_stays_until_nobody_can_be_fetching_it(house, kim, tmp_path):
    first = begin(house, kim)
    change_much(house)
    begin(house, kim)
    built(house)
    assert (tmp_path / "files" / f"{first.sha256}.zst").exists()
    house.clock.go_on(KEPT_MS / 1000 + 1)
    change_much(house)
    begin(house, house.sign_in("KIM"))
    built(house)
    assert not (tmp_path / "files" / f"{first.sha256}.zst").exists()


def test_a_file_that_was_lost_from_the_disk_is_built_again(house, kim, tmp_path):
    manifest = begin(house, kim)
    (tmp_path / "files" / f"{manifest.sha256}.zst").unlink()
    assert b"".join(house.server.file(kim.access_token, begin(house, kim).sha256))


def test_another_set_of_lists_starts_from_the_manifest(house, kim):
    _, _, cursor = pull(house, kim, begin(house, kim).cursor)
    house.office.load(customers="number,name,price_list,rep\nC9,Abroad,EXPORT,KIM\n")
    with pytest.raises(ProblemError) as caught:
        pull(house, kim, cursor)
    assert caught.value.code == Code.CURSOR_GONE


def test_another_epoch_starts_from_the_manifest(house, kim):
    _, _, cursor = pull(house, kim, begin(house, kim).cursor)
    with house.company.store.writing():
        Fact.update(value="restored").where(Fact.name == "epoch").execute()
    with pytest.raises(ProblemError) as caught:
        pull(house, kim, cursor)
    assert caught.value.code == Code.CURSOR_GONE


def test_a_list_that_falls_back_shows_products_of_its_currency_with_a_base_price(house, kim):
    house.office.load(
        price_lists="id,name,currency,falls_back_to_base,default\nTRADE,Trade,GBP,yes,yes\n",
        products="sku,name,base_price,base_currency\nPOT,Pot,5,GBP\nPAN,Pan,5,EUR\nLID,Lid,,\n",
    )
    assert set(file_rows(house, kim, "products")) == {"MUG", "TRAY", "POT"}


def test_a_list_that_stops_falling_back_takes_its_products_away(house, kim):
    lists = "id,name,currency,falls_back_to_base,default\nTRADE,Trade,GBP,{},yes\n"
    house.office.load(price_lists=lists.format("yes"), products="sku,name,base_price\nPOT,Pot,5\n")
    _, _, cursor = pull(house, kim, begin(house, kim).cursor)
    house.office.load(price_lists=lists.format("no"))
    upserts, gone, _ = pull(house, kim, cursor)
    assert upserts == {"price_lists": ["TRADE"]}
    assert gone == {"products": ["POT"]}


def test_products_of_lists_a_rep_never_had_are_not_even_named_as_gone(house, kim):
    house.office.load(products="sku,name\nHAT,Hat\n", prices="price_list,sku,price\nEXPORT,HAT,1\n")
    _, _, cursor = pull(house, kim, begin(house, kim).cursor)
    house.office.load(products="sku,name\nMUG,Mug\nTRAY,Tray\n", replace=True)
    assert pull(house, kim, cursor)[:2] == ({}, {})


def test_a_change_in_the_middle_of_a_walk_comes_with_the_next(house, kim):
    house.office.load(customers="number,name,price_list,rep\n" + "".join(f"N{n},Shop,TRADE,KIM\n" for n in range(9)))
    cursor = begin(house, kim).cursor
    first = house.server.catalogue_changes(kim.access_token, cursor, 3)
    assert first.more
    house.office.load(customers="number,name,price_list,rep\nN0,Renamed,TRADE,KIM\nN5,Renamed,TRADE,KIM\n")
    house.office.load(customers="number,name,price_list,rep\nN8,Shop,TRADE,LEE\n")
    upserts, _, after = pull(house, kim, first.cursor, limit=3)
    assert not {"N5", "N8"} & set(upserts["customers"])
    upserts, gone, _ = pull(house, kim, after)
    assert upserts == {"customers": ["N0", "N5"]}
    assert gone == {"customers": ["N8"]}


def test_the_last_page_of_a_walk_that_was_overtaken_carries_no_digests(house, kim):
    first = house.server.catalogue_changes(kim.access_token, begin(house, kim).cursor, 1)
    house.office.load(stock="sku,quantity\nMUG,1\n")
    page = first
    while page.more:
        page = house.server.catalogue_changes(kim.access_token, page.cursor, 1)
    assert page.digests == ()


def test_a_customer_taken_away_is_one_deletion_whatever_hangs_on_it(house, kim):
    house.office.load(
        customers="number,name,contact,billing_city,price_list,rep\nC1,Corner Shop,Ann,Leeds,TRADE,KIM\n",
        contracts="customer,sku,price,currency\nC1,MUG,3,GBP\n",
    )
    _, _, cursor = pull(house, kim, begin(house, kim).cursor)
    house.office.load(customers="number,name,price_list,rep\nC1,Corner Shop,TRADE,LEE\n")
    assert pull(house, kim, cursor)[:2] == ({}, {"customers": ["C1"]})


def test_a_customer_who_left_and_came_back_is_whole_again(house, kim):
    house.office.load(contracts="customer,sku,price,currency\nC1,MUG,3,GBP\n")
    _, _, cursor = pull(house, kim, begin(house, kim).cursor)
    for rep in ("LEE", "KIM"):
        house.office.load(customers=f"number,name,price_list,rep\nC1,Corner Shop,TRADE,{rep}\n")
    upserts, gone, _ = pull(house, kim, cursor)
    assert gone == {}
    assert (upserts["customers"], len(upserts["contracts"])) == (["C1"], 1)


def test_what_remains_counts_down_to_nothing(house, kim):
    house.office.load(customers="number,name,price_list,rep\n" + "".join(f"N{n},Shop,TRADE,KIM\n" for n in range(20)))
    page = house.server.catalogue_changes(kim.access_token, begin(house, kim).cursor, 8)
    told = [page.remaining]
    while page.more:
        page = house.server.catalogue_changes(kim.access_token, page.cursor, 8)
        told.append(page.remaining)
    assert told == [14, 6, 0]


def test_when_nothing_is_new_the_answer_takes_few_statements(house, kim):
    _, _, cursor = pull(house, kim, begin(house, kim).cursor)
    said = []
    with house.company.store.reading():
        database = ledger.Counter._meta.database
    database.query_hooks.append(lambda event: said.append(event.sql))
    house.server.catalogue_changes(kim.access_token, cursor, 2000)
    assert sum(statement.startswith("SELECT") for statement in said) <= 6


@pytest.mark.parametrize("limit", [-1, 0, 1, 10**9])
def test_any_limit_makes_pages_that_end(house, kim, limit):
    upserts, _, _ = pull(house, kim, begin(house, kim).cursor, limit)
    assert upserts["customers"] == ["C1"]


def test_documents_changes_are_paged_by_commit_order(house, kim, monkeypatch):
    from tests.support.documents_making import order
    from wizterm.server.feeds import documents

    monkeypatch.setattr(documents, "MOST", 2)
    sent = [order(kim, "C1") for _ in range(5)]
    for document in sent:
        house.post(kim, document)
    seen, cursor, more = [], "", True
    while more:
        page = house.server.document_changes(kim.access_token, cursor)
        seen += [change.id for change in page.changes]
        cursor, more = page.cursor, page.more
    assert seen == [document.id for document in sent]


def test_a_documents_cursor_from_elsewhere_starts_again(house, kim):
    lee = house.sign_in("LEE")
    for cursor in ("junk", house.server.document_changes(lee.access_token, "").cursor):
        with pytest.raises(ProblemError) as caught:
            house.server.document_changes(kim.access_token, cursor)
        assert caught.value.code == Code.CURSOR_GONE


def test_the_office_can_work_in_another_process_while_the_server_runs(house, kim, tmp_path):
    from wizterm.server.store.opening import open_store

    other = open_store(tmp_path, house.url)
    _, _, cursor = pull(house, kim, begin(house, kim).cursor)
    StoreOffice(other).load(stock="sku,quantity\nMUG,9\n")
    assert pull(house, kim, cursor)[0] == {"stock": ["MUG"]}
    other.close()


def test_two_sets_of_lists_whose_files_are_alike_each_find_theirs(house, monkeypatch):
    from wizterm.server.feeds import manifest as manifests
    from wizterm.server.scope import Scope

    sets = iter([("TRADE",), ("TRADE", "EMPTY")] * 9)
    given: dict[str, tuple[str, ...]] = {}
    monkeypatch.setattr(manifests, "scope_of", lambda rep: Scope(rep, given.setdefault(rep, next(sets))))
    for code in ("KIM", "LEE"):
        session = house.sign_in(code)
        assert b"".join(house.server.file(session.access_token, begin(house, session).sha256))
