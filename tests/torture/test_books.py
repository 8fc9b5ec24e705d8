"""The books find what they are there to find: each fault is put in by hand, and is named."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.store_office import QUICK, StoreOffice
from tests.torture.books import Promises, compare
from tests.torture.erp import Erp
from tests.torture.layer import Harm, Layer, table
from wizterm.server.company import open_company

LOST = {
    "does not have it": {"server": "DELETE FROM documents WHERE number LIKE '%1'"},
    "is nowhere": {
        "server": "DELETE FROM documents WHERE number LIKE '%1'",
        "device": "DELETE FROM document WHERE number LIKE '%1'",
    },
    "never reached the company": {"server": "DELETE FROM documents", "device": "UPDATE document SET state = 'queued'"},
    "still waits": {"device": "UPDATE document SET state = 'sending' WHERE number LIKE '%1'"},
    "is still unknown on its way": {"server": "UPDATE deliveries SET state = 'unknown'"},
}
DUPLICATED = {
    "was given to 3 documents": {"server": "UPDATE documents SET number = (SELECT min(number) FROM documents)"},
}
HALF = {
    "other bytes than were saved": {"server": "UPDATE documents SET body = body || ' '"},
    "other bytes than were hashed": {"server": "UPDATE documents SET sha256 = ''"},
    "stands 1 times in the outbox": {"device": "INSERT INTO outbox (id, revision) SELECT id, revision FROM document"},
    "stands 0 times in the outbox": {"device": "UPDATE document SET state = 'queued'"},
    "has no history": {"device": "DELETE FROM document_event"},
    "went from confirmed to queued": {
        "device": "INSERT INTO document_event (id, revision, state, at) SELECT id, revision, 'queued', 0 FROM document"
    },
    "its history ends with confirmed": {"device": "UPDATE document SET state = 'cancelled'"},
    "numbers were drawn": {"device": "UPDATE setting SET value = '99' WHERE name = 'document_counter'"},
    "without a receipt": {"device": "UPDATE document SET delivered_at = NULL"},
    "without its history": {"server": "DELETE FROM document_events"},
    "was never taken": {"server": "UPDATE deliveries SET document = document || '-'"},
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Orders that have gone all the way."""
    folder = tmp_path_factory.mktemp("finished")
    erp, promises = Erp(), Promises()
    company = open_company(folder / "server", name="Testers & Co", connector=erp, passwords=QUICK)
    furnish(StoreOffice(company.store))
    device = RepDevice(folder / "device", lambda: InProcess(lambda: company)).start()
    for document in device.order(3):
        ((body,),) = device.query("SELECT body FROM document WHERE id = ?", document.id)
        promises.saved(document.id, document.revision, body)
    device.sync()
    while company.dispatcher.step():
        pass
    device.sync()
    company.close()
    return folder, promises, erp


@pytest.fixture
def spoilt(finished, tmp_path):
    """Copies of both files, compared after these statements."""
    folder, promises, erp = finished
    for part in ("device", "server"):
        (tmp_path / part).mkdir()
        (tmp_path / part / f"{part}.db").write_bytes((folder / part / f"{part}.db").read_bytes())

    def compared(booked=None, **statements):
        for part, statement in statements.items():
            with closing(sqlite3.connect(tmp_path / part / f"{part}.db")) as connection:
                connection.executescript(statement)
        keys = erp.booked if booked is None else booked
        return compare(promises, [tmp_path / "device"], tmp_path / "server", keys, quiet=True)

    return compared


def test_books_that_agree_have_no_fault(spoilt):
    assert spoilt() == Harm()


@pytest.mark.parametrize("words", LOST)
def test_what_is_lost_is_found(spoilt, words):
    assert any(words in said for said in spoilt(**LOST[words]).lost)


@pytest.mark.parametrize("words", DUPLICATED)
def test_what_is_there_twice_is_found(spoilt, words):
    assert any(words in said for said in spoilt(**DUPLICATED[words]).duplicated)


@pytest.mark.parametrize("words", HALF)
def test_what_does_not_agree_is_found(spoilt, words):
    assert any(words in said for said in spoilt(**HALF[words]).half)


def test_what_the_erp_booked_twice_or_never_is_found(spoilt, finished):
    _, _, erp = finished
    first, *others = erp.booked
    assert spoilt(booked=[first, *erp.booked]).duplicated == (f"booked 2 times: {first}",)
    assert len(spoilt(booked=others).lost) == 1


def test_a_damaged_page_is_found(spoilt, tmp_path):
    file = tmp_path / "server" / "server.db"
    pages = bytearray(file.read_bytes())
    at = pages.index(b"documents_by_number") // 4096 * 4096
    pages[at + 8 : at + 12] = b"\xff\xff\xff\xff"
    file.write_bytes(pages)
    assert "is damaged" in spoilt().half[0]


def test_the_table_adds_up_what_several_tests_did_for_a_layer():
    rows = [Layer("kills", 10, seconds=1), Layer("kills", 20, lost=1, seconds=2), Layer("cuts", 300)]
    head, cuts, kills, both = table(rows)
    assert head.split() == ["layer", "tried", "lost", "duplicated", "half", "time", "bound", "3/N"]
    assert cuts.split() == ["cuts", "300", "0", "0", "0", "0.0", "s", "1.0e-02"]
    assert kills.split() == ["kills", "30", "1", "0", "0", "3.0", "s", "-"]
    assert both.split()[:3] == ["all", "330", "1"]
