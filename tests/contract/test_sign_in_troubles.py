"""Whatever becomes of a sign-in, orders are taken, nothing unsent is deleted, and all of it goes in the end."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.scripted_erp import ScriptedErp
from tests.support.still_clock import StillClock
from tests.support.store_office import PASSWORD, QUICK, StoreOffice, decided_here
from wizterm.server.archive import Archive
from wizterm.server.company import open_company
from wizterm.server.device_list import DeviceList
from wizterm.server.store.people import SignedIn
from wizterm.services.door import SignInError

DAY = 24 * 3600.0


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def company(tmp_path, clock):
    company = open_company(
        tmp_path / "server", name="Testers & Co", connector=ScriptedErp(), clock=clock, passwords=QUICK
    )
    with closing(company):
        furnish(StoreOffice(company.store, clock))
        yield company


@pytest.fixture
def network(company):
    return InProcess(lambda: company)


@pytest.fixture
def device(tmp_path, network, clock):
    return RepDevice(tmp_path / "kim", lambda: network, clock=clock).start()


def shut_out_until(device, company, again):
    """Orders are taken before and after a try to send, wait, and all arrive once somebody lets the rep in."""
    device.order(2)
    report = device.sync()
    assert (report.complete, report.connectivity, report.waiting) == (False, "Sign in to send", 2)
    device.order(1)
    device.sync()
    assert set(device.states().values()) == {"queued"}
    assert device.door.standing_open() == device.folder
    again()
    assert device.sync().complete
    assert set(device.states().values()) == {"delivered"}
    assert sorted(line.number for line in Archive(company.store).newest()) == sorted(device.states())


def test_a_sign_in_that_has_run_out_keeps_everything_and_a_new_one_sends_it(device, company, clock):
    clock.go_on(200 * DAY)
    shut_out_until(device, company, device.sign_in)


def test_an_access_token_that_has_run_out_is_renewed_by_itself(device, clock):
    device.order(1)
    clock.go_on(20 * 60)
    assert device.sync().complete
    clock.go_on(100 * DAY)
    device.order(1)
    assert device.sync().complete
    assert set(device.states().values()) == {"delivered"}


def test_a_revoked_device_keeps_everything_and_says_who_can_help(device, company):
    code = device.setting("installation")
    DeviceList(company.store, decided_here(company.store)).revoke(code)

    def again():
        with pytest.raises(SignInError, match="shut out this device: ask there"):
            device.sign_in()
        assert set(device.states().values()) == {"queued"}
        DeviceList(company.store, decided_here(company.store)).let_in(code)
        device.sign_in()

    shut_out_until(device, company, again)


def test_a_rep_who_was_shut_out_keeps_everything_until_let_in_again(device, company):
    StoreOffice(company.store).reps.shut_out("KIM")

    def again():
        with pytest.raises(SignInError, match="closed this sign-in"):
            device.sign_in()
        assert set(device.states().values()) == {"queued"}
        StoreOffice(company.store).reps.let_in("KIM")
        device.sign_in()

    shut_out_until(device, company, again)


def test_a_session_that_the_server_forgot_keeps_everything(device, company):
    with company.store.writing():
        SignedIn.delete().execute()
    shut_out_until(device, company, device.sign_in)


def test_a_changed_password_ends_no_work_and_the_new_one_opens_from_then_on(device, company, network):
    StoreOffice(company.store).reps.add("KIM", "Kim", "another secret")
    device.order(1)
    assert device.sync().complete
    with pytest.raises(SignInError):
        device.sign_in(PASSWORD)
    network.down = True
    device.sign_in(PASSWORD)
    device.order(1)
    network.down = False
    device.sign_in("another secret")
    network.down = True
    device.sign_in("another secret")
    with pytest.raises(SignInError, match="not the password"):
        device.sign_in(PASSWORD)
    network.down = False
    assert device.sync().complete
    assert set(device.states().values()) == {"delivered"}


def test_three_weeks_without_a_network_lose_nothing_and_lock_nobody_out(device, company, network, clock):
    network.down = True
    for _ in range(21):
        clock.go_on(DAY)
        device.order(1)
        assert not device.sync().complete
    device.door.lock(device.folder)
    device.sign_in()
    device.order(1)
    assert set(device.states().values()) == {"queued"}
    assert device.query("SELECT count(*) FROM outbox WHERE listed = 1 OR held = 1") == [(0,)]
    network.down = False
    device.sign_in()
    assert device.sync().sent == 22
    assert set(device.states().values()) == {"delivered"}
    assert len(Archive(company.store).newest()) == 22


@pytest.mark.parametrize("days", [-365, 365])
def test_a_clock_that_is_off_by_a_year_blocks_nothing(device, clock, days):
    device.clock = StillClock(clock.at + timedelta(days=days))
    device.order(1)
    assert device.sync().complete
    assert set(device.states().values()) == {"delivered"}
