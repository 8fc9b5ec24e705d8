"""A device's folder is copied and both copies are used: no number is drawn twice, and nothing is lost."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import StoreOffice
from wizterm.server.archive import Archive
from wizterm.server.company import open_company


@pytest.fixture
def company(tmp_path):
    with closing(open_company(tmp_path / "server", name="Testers & Co", connector=ScriptedErp())) as company:
        furnish(StoreOffice(company.store))
        yield company


@pytest.fixture
def device(tmp_path, company):
    return RepDevice(tmp_path / "kim", lambda: InProcess(lambda: company)).start()


def copied(device):
    other = device.folder.with_name("copy")
    shutil.copytree(device.folder, other)
    return RepDevice(other, device.connect)


def sync(device):
    """As a rep does: whoever is asked to sign in, does. Both copies show one refresh token, which is good for one."""
    report = device.sync()
    if "Sign in" in report.connectivity:
        device.sign_in()
        report = device.sync()
    return report


def taken(company):
    return [line.number for line in Archive(company.store).newest(most=1000)]


def test_two_copies_draw_no_number_twice_and_lose_nothing(device, company):
    device.order(2)
    sync(device)
    copy = copied(device)
    for each in (device, copy, device, copy):
        sync(each)
    codes = {device.setting("installation"), copy.setting("installation")}
    for _ in range(3):
        device.order(2)
        copy.order(2)
        sync(device)
        sync(copy)
    numbers = taken(company)
    assert len(numbers) == len(set(numbers)) == 2 + 12
    assert len(codes) == 2
    assert {number.split("-")[1] for number in numbers} >= codes
    assert set(device.states().values()) | set(copy.states().values()) == {"delivered"}


def test_what_was_unsent_when_the_disk_was_copied_arrives_once(device, company):
    device.order(3)
    copy = copied(device)
    sync(device)
    sync(copy)
    sync(copy)
    assert len(taken(company)) == 3
    assert set(copy.states().values()) == {"delivered"}


def test_the_rep_is_told_and_what_was_made_before_still_goes(device, company):
    sync(device)
    copy = copied(device)
    before = copy.setting("installation")
    sync(device)
    sync(device)
    copy.order(1)
    report = sync(copy)
    assert report.complete
    assert copy.setting("installation") != before
    assert f"numbers here begin KIM-{copy.setting('installation')}" in report.words
    assert taken(company) == [f"KIM-{before}-0001"]


def test_each_copy_signs_in_as_a_device_of_its_own(device, company):
    copy = copied(device)
    for each in (device, copy, device, copy):
        sync(each)
    assert len({device.setting("device"), copy.setting("device")}) == 2
    for each in (device, copy):
        each.sign_in()
        each.order(1)
        assert sync(each).complete
        assert sync(each).words == ""
    assert device.setting("installation") != copy.setting("installation")
    assert len(set(taken(company))) == 2


def test_a_device_that_was_never_copied_keeps_its_code(device):
    before = device.setting("installation")
    for _ in range(5):
        device.order(1)
        sync(device)
    device.sign_in()
    sync(device)
    assert device.setting("installation") == before


def test_a_number_drawn_on_two_copies_before_either_was_seen_is_told_to_office_and_rep(device, company):
    copy = copied(device)
    (first,) = device.order(1)
    (second,) = copy.order(1)
    for each in (device, copy, device, copy):
        sync(each)
    number = taken(company)[0]
    assert taken(company) == [number, number]
    doubtful = [page for page in Archive(company.store).pages(number) if page.doubts]
    assert [doubt.code for page in doubtful for doubt in page.doubts] == ["number_taken"]
    told = f"{number} stands on another document too"
    rows = [row for each in (device, copy) for row in each.query("SELECT id, words FROM document")]
    assert [document for document, words in rows if told in words] == [second.id] == [doubtful[0].line.id]
    sync(copy)
    assert copy.history(second) == ["queued", "sending", "delivered", "delivered"]
    assert first.id != second.id
