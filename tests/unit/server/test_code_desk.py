"""Codes that reps found on products: the office lets them into every catalogue, or says why not."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.documents_making import cancellation, code
from tests.support.rep_device import InProcess, RepDevice
from tests.support.scripted_erp import ScriptedErp
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK, StoreOffice, decided_here
from wizterm.domain.ids import uuid7
from wizterm.domain.scanned import ScannedProduct
from wizterm.server.code_desk import CodeDesk, CodeError
from wizterm.server.company import open_company
from wizterm.server.overview import overview

GTIN = "04012345678901"


@pytest.fixture
def desk(house):
    return CodeDesk(decided_here(house.company.store, house.clock), clock=house.clock, new_id=uuid7)


@pytest.fixture
def found(house, kim):
    """A rep has bound the code to the mug."""
    document = code(kim, GTIN, "MUG", submitted_at=house.clock.now(), business_date=house.clock.today())
    house.post(kim, document)
    return document


def meant(house, text, folder):
    """What a device of the other rep takes the code for after its first sync."""
    device = RepDevice(folder / "lee", lambda: InProcess(lambda: house.company), rep="LEE", clock=house.clock).start()
    with closing(device.machine()) as machine:
        meaning = machine.bench.scanning.meaning(text)
    return meaning.product.sku if isinstance(meaning, ScannedProduct) else ""


def test_a_code_waits_for_the_office_and_for_no_erp(house, found):
    seen = overview(house.company.store)
    assert (seen.suggested, seen.needs_people) == (1, 1)
    assert [line.suggests for line in house.archive.newest(suggested=True)] == [f"{GTIN} on MUG"]


def test_an_accepted_code_reaches_the_devices_of_others(house, kim, desk, found, tmp_path):
    assert desk.accept(found.number) == found.number
    assert house.told(kim)[found.id, 1].state == "confirmed"
    assert not overview(house.company.store).suggested
    assert meant(house, GTIN[1:], tmp_path) == "MUG"
    (page,) = house.archive.pages(found.id)
    assert [(line.did, line.words) for line in page.decided] == [("accepted the code", f"{GTIN} stands on MUG")]


def test_a_declined_code_tells_the_rep_why_and_reaches_nobody(house, kim, desk, found, tmp_path):
    desk.decline(found.number, "It is the carton of 12.")
    change = house.told(kim)[found.id, 1]
    assert (change.state, change.words) == ("refused", "It is the carton of 12.")
    assert not overview(house.company.store).suggested
    assert not meant(house, GTIN[1:], tmp_path)


@pytest.mark.parametrize("whose", ["a product's", "a unit's", "an accepted one"])
def test_a_code_of_another_product_cannot_be_accepted(house, kim, desk, found, whose):
    if whose == "a product's":
        house.office.load(products=f"sku,name,gtin\nTRAY,Tray,{GTIN[1:]}\n")
    elif whose == "a unit's":
        house.office.load(units=f"sku,code,factor,gtin\nTRAY,case,6,{GTIN[1:]}\n")
    else:
        other = code(kim, GTIN, "TRAY")
        house.post(kim, other)
        desk.accept(other.number)
    with pytest.raises(CodeError, match="is that of TRAY already"):
        desk.accept(found.number)
    assert house.told(kim)[found.id, 1].state == "delivered"


def test_what_is_decided_is_decided_once_and_may_be_mended(house, kim, desk, found):
    desk.decline(found.number, "Which mug?")
    with pytest.raises(CodeError, match="is refused already"):
        desk.decline(found.number, "Which mug?")
    desk.accept(found.number)
    assert house.told(kim)[found.id, 1].state == "confirmed"


def test_an_accepted_code_that_its_rep_takes_back_is_taken_out_again(house, kim, desk, found, tmp_path):
    desk.accept(found.number)
    house.post(kim, cancellation(kim, found.id))
    house.deliver()
    assert house.told(kim)[found.id, 1].state == "cancelled"
    assert not house.erp.sent
    assert not meant(house, GTIN[1:], tmp_path)


def test_a_device_that_read_the_code_asks_again_once_it_is_taken_out(house, kim, desk, found, tmp_path):
    desk.accept(found.number)
    connect = lambda: InProcess(lambda: house.company)  # noqa: E731 - one client for each call
    device = RepDevice(tmp_path / "lee", connect, rep="LEE", clock=house.clock).start()
    house.post(kim, cancellation(kim, found.id))
    house.clock.go_on(60)
    assert device.sync().complete
    with closing(device.machine()) as machine, closing(sqlite3.connect(machine._files.current())) as replica:
        assert replica.execute("SELECT * FROM codes").fetchall() == []


@pytest.mark.parametrize(("sku", "state"), [("MUG", "confirmed"), ("TRAY", "delivered")])
def test_where_codes_are_accepted_at_once_only_conflicts_wait(tmp_path, sku, state):
    clock = StillClock()
    company = open_company(
        tmp_path, name="T & Co", connector=ScriptedErp(), clock=clock, passwords=QUICK, accept_codes=True
    )
    with closing(company):
        office = StoreOffice(company.store, clock)
        office.rep("KIM")
        office.load(
            price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n",
            products=f"sku,name,gtin\nMUG,Mug,{GTIN[1:]}\nTRAY,Tray,\n",
        )
        line = InProcess(lambda: company)
        device = RepDevice(tmp_path / "kim", lambda: line, clock=clock)
        device.sign_in()
        with closing(device.machine()) as machine:
            machine.bench.submission.suggest_code(GTIN, sku)
        device.sync()
        assert set(device.states().values()) == {state if state == "confirmed" else "delivered"}
