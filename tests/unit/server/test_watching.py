"""A folder that another system puts its files in."""

import os
from datetime import timedelta

import pytest
from peewee import DatabaseError

from tests.support.store_office import decided_here
from wizterm.server.importing import watching
from wizterm.server.importing.watching import Watch, keep_watching
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column


class KilledError(BaseException):
    """As if the process ended there."""


def _killed(*_, **__):
    raise KilledError


@pytest.fixture
def drop(tmp_path):
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(house, drop):
    return Watch(house.company.store, drop, clock=house.clock, by=decided_here(house.company.store))


def names(house):
    with house.company.store.reading():
        found = MIRROR["products"].select(column("products", "sku"), column("products", "name"))
        return dict(rows(found.where(~MIRROR["products"].deleted)))


def put(drop, name, text):
    (drop / name).write_text(text, encoding="utf-8")


def lying(drop):
    return sorted(path.relative_to(drop).as_posix() for path in drop.rglob("*") if path.is_file())


def taken(watch):
    return [report for _ in range(2) for report in watch.look()]


def test_a_whole_file_is_loaded_and_put_away_with_its_report(house, drop, watch):
    put(drop, "products.csv", "sku,name\nMUG,Better mug\n")
    (report,) = taken(watch)
    assert names(house)["MUG"] == "Better mug"
    assert lying(drop) == ["done/20260302-090000-products.csv", "done/20260302-090000-products.csv.txt"]
    assert (drop / f"{report.placed}.txt").read_text().splitlines() == [
        "products: 1 read",
        "products: 1 new or different",
    ]


def test_a_file_that_still_grows_is_left_until_it_is_whole(house, drop, watch):
    put(drop, "products.csv", "sku,name\n")
    assert watch.look() == []
    put(drop, "products.csv", "sku,name\nMUG,Half\n")
    assert watch.look() == []
    put(drop, "products.csv", "sku,name\nMUG,Whole\nVASE,Vase\n")
    assert watch.look() == []
    assert len(watch.look()) == 1
    assert names(house)["MUG"] == "Whole"


def test_files_wait_for_those_that_come_with_them_and_go_in_the_order_they_refer(house, drop, watch):
    put(drop, "a_prices.csv", "price_list,sku,price\nTRADE,VASE,9\n")
    assert watch.look() == []
    put(drop, "b_products.csv", "sku,name\nVASE,Vase\n")
    assert watch.look() == []
    assert [(report.name, report.failed) for report in watch.look()] == [
        ("b_products.csv", False),
        ("a_prices.csv", False),
    ]


def test_a_file_with_a_fault_changes_nothing_and_says_what_is_wrong_beside_it(house, drop, watch):
    put(drop, "products.csv", "sku,name,base_price\nMUG,Other,dear\n")
    put(drop, "stock.csv", "sku,quantity\nMUG,5\n")
    failed = {report.name: report for report in taken(watch)}
    assert names(house)["MUG"] == "Mug"
    assert failed["products.csv"].failed
    assert not failed["stock.csv"].failed
    told = (drop / f"{failed['products.csv'].placed}.txt").read_text()
    assert "products.csv, line 2, column base_price: expected an amount" in told


def test_what_is_no_table_fails_and_what_is_somebodys_own_is_left_alone(drop, watch):
    put(drop, "notes.csv", "remember the milk\n")
    put(drop, ".products.csv", "sku,name\nMUG,Hidden\n")
    put(drop, "products.csv.part", "sku,name\nMUG,Part\n")
    (report,) = taken(watch)
    assert report.failed
    assert {".products.csv", "products.csv.part"} <= set(lying(drop))


def test_killed_after_the_rows_are_in_the_next_start_only_puts_the_file_away(house, drop, watch, monkeypatch):
    put(drop, "products.csv", "sku,name\nMUG,Once\n")
    monkeypatch.setattr(Watch, "_put_away", _killed)
    with pytest.raises(KilledError):
        taken(watch)
    monkeypatch.undo()
    assert lying(drop) == ["working/products.csv"]
    house.office.load(products="sku,name\nMUG,Changed since\n")
    (report,) = Watch(house.company.store, drop, clock=house.clock, by=decided_here(house.company.store)).look()
    assert names(house)["MUG"] == "Changed since"
    assert report.words[0].startswith("It was loaded before")
    assert lying(drop) == ["done/20260302-090000-products.csv", "done/20260302-090000-products.csv.txt"]


def test_killed_before_the_rows_are_in_the_next_start_loads_the_file(house, drop, watch, monkeypatch):
    put(drop, "products.csv", "sku,name\nMUG,Once\n")
    monkeypatch.setattr(watching, "load", _killed)
    with pytest.raises(KilledError):
        taken(watch)
    monkeypatch.undo()
    assert len(Watch(house.company.store, drop, clock=house.clock, by=decided_here(house.company.store)).look()) == 1
    assert names(house)["MUG"] == "Once"


def test_the_same_name_and_content_another_day_is_loaded_again(house, drop, watch):
    for text in ("Mug A", "Mug B", "Mug A"):
        put(drop, "products.csv", f"sku,name\nMUG,{text}\n")
        stamp = house.clock.now() + timedelta(hours=1)
        os.utime(drop / "products.csv", (stamp.timestamp(), stamp.timestamp()))
        assert [report.failed for report in taken(watch)] == [False]
        house.clock.go_on(3600)
        assert names(house)["MUG"] == text
    assert len(lying(drop)) == 6


def test_two_watchers_load_a_file_once(house, drop, watch):
    put(drop, "products.csv", "sku,name\nMUG,Once\n")
    other = Watch(house.company.store, drop, clock=house.clock, by=decided_here(house.company.store))
    other.look()
    assert len(taken(watch)) == 1
    assert other.look() == []


def test_trouble_is_said_once_and_the_file_waits(house, drop, watch, monkeypatch):
    put(drop, "products.csv", "sku,name\nMUG,At last\n")
    said, reports, rests = [], [], iter([True, True, True, False])
    down = [True, True]

    def load(*given, **other):
        if down:
            down.pop()
            raise DatabaseError("disk full")
        return whole(*given, **other)

    whole = watching.load
    monkeypatch.setattr(watching, "load", load)
    keep_watching(watch, told=reports.append, trouble=said.append, rest=lambda: next(rests))
    assert said == ["Files wait: disk full."]
    assert names(house)["MUG"] == "At last"
    assert len(reports) == 1
