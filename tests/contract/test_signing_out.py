"""Signing out leaves nothing behind unseen, and another rep on the same machine sees nothing of it."""

from __future__ import annotations

import stat
import sys
from contextlib import closing

import msgspec
import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import PASSWORD, StoreOffice
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.protocol.problem import ProblemError
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.server.store.people import SignedIn
from wizterm.services.departure import UnsentError
from wizterm.services.door import Door, SignInError
from wizterm.services.machine import Machine


@pytest.fixture
def company(tmp_path):
    with closing(open_company(tmp_path / "server", name="Testers & Co", connector=ScriptedErp())) as company:
        furnish(StoreOffice(company.store))
        yield company


@pytest.fixture
def device(tmp_path, company):
    return RepDevice(tmp_path / "kim", lambda: InProcess(lambda: company)).start()


def check(device):
    with closing(device.machine()) as machine:
        machine.bench.departure.check()


def test_with_unsent_work_it_refuses_and_says_what_to_do(device):
    device.order(2)
    with pytest.raises(UnsentError, match=r"2 documents have not been sent.*queue export"):
        check(device)


def test_what_was_sealed_lets_a_rep_go_and_stays_in_the_queue(device, tmp_path):
    device.order(2)
    with closing(device.machine()) as machine:
        machine.bench.departure.export(tmp_path / "file")
    check(device)
    assert set(device.states().values()) == {"queued"}
    device.order(1)
    with pytest.raises(UnsentError, match="1 document has"):
        check(device)


def test_after_it_the_password_is_asked_for_and_nothing_is_gone(device):
    device.order(1)
    device.sync()
    device.door.lock(device.folder)
    assert device.door.standing_open() is None
    assert not device.sync().complete
    with pytest.raises(SignInError):
        device.sign_in("wrong password")
    device.sign_in()
    assert device.door.standing_open() == device.folder
    assert set(device.states().values()) == {"delivered"}
    assert device.sync().complete


def test_the_session_is_no_longer_on_the_disk(device):
    device.door.lock(device.folder)
    assert device.setting("session") == ""


def test_another_rep_has_a_folder_of_their_own_and_sees_nothing(tmp_path, company):
    door = Door(tmp_path / "devices", connect=lambda _: InProcess(lambda: company), clock=SystemClock(), new_id=uuid7)
    folders = {}
    for rep in ("KIM", "LEE"):
        folders[rep] = door.sign_in("https://orders.company.example", rep, PASSWORD)
    kim = RepDevice(folders["KIM"], lambda: InProcess(lambda: company))
    kim.sync()
    kim.order(1)
    assert folders["KIM"] != folders["LEE"]
    with closing(Machine(folders["LEE"], clock=SystemClock(), new_id=uuid7)) as machine:
        assert machine.bench.documents.page() == []
    if sys.platform != "win32":
        assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders.values()} == {0o700}


def test_another_rep_is_not_let_into_the_same_folder(device):
    device.order(1)
    device.rep = "LEE"
    with pytest.raises(SignInError, match="belong to KIM"):
        device.sign_in()
    assert set(device.states().values()) == {"queued"}


def sessions(company):
    with company.store.reading():
        return SignedIn.select().count()


def test_it_ends_the_session_on_the_server_too(device, company):
    assert sessions(company) == 1
    device.door.lock(device.folder)
    assert sessions(company) == 0


def test_without_a_network_it_is_done_all_the_same(device, company):
    offline = InProcess(lambda: company)
    offline.down = True
    device.connect = lambda: offline
    device.door.lock(device.folder)
    assert device.door.standing_open() is None
    assert sessions(company) == 1


def test_a_device_that_is_known_by_its_key_is_nobody_elses(device, company):
    stranger = SignIn(rep="KIM", password=PASSWORD, device=device.setting("device"))
    for forged in (stranger, msgspec.structs.replace(stranger, proof=device.setting("device_key"))):
        with pytest.raises(ProblemError, match="another key"):
            ServerProtocol(company).sign_in(forged)
    device.sign_in()
    assert device.sync().complete
