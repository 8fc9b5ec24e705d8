"""What could not be sent travels in a file: sealed, signed, and taken once whichever way comes first."""

from __future__ import annotations

import json
import re
import stat
import sys
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import StoreOffice
from wizterm.cli import main
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


@pytest.fixture
def file(tmp_path):
    return tmp_path / "stick" / "kim.orders"


@pytest.fixture(autouse=True)
def _stick(tmp_path):
    (tmp_path / "stick").mkdir()


def export(device, file, *options):
    return CliRunner().invoke(main, ["queue", "--device", str(device.folder), "export", str(file), *options])


def intake(tmp_path, file, *options):
    return CliRunner().invoke(main, ["admin", "--folder", str(tmp_path / "server"), "intake", str(file), *options])


def taken(company):
    return sorted(line.number for line in Archive(company.store).newest(most=1000))


@pytest.mark.parametrize("options", [[], ["--open"]], ids=["sealed", "open"])
def test_what_was_exported_is_taken_once_though_the_device_delivers_it_after(device, company, file, tmp_path, options):
    device.order(60)
    numbers = list(device.states())
    assert "60 documents are in" in export(device, file, *options).output
    assert "60 taken, 0 refused" in intake(tmp_path, file).output
    assert taken(company) == numbers
    assert device.sync().sent == 60
    assert taken(company) == numbers
    assert set(device.states().values()) == {"delivered"}


def test_what_the_device_delivered_before_is_taken_once(device, company, file, tmp_path):
    device.order(3)
    export(device, file)
    device.sync()
    for _ in range(2):
        told = json.loads(intake(tmp_path, file, "--json").output)
        assert (told["counts"], told["refused"]) == ({"taken": 3}, [])
    assert len(taken(company)) == 3


def test_what_is_held_back_is_exported_too(device, company, file, tmp_path):
    device.order(2)
    number = max(device.states())
    CliRunner().invoke(main, ["queue", "--device", str(device.folder), "hold", number])
    export(device, file)
    intake(tmp_path, file)
    assert len(taken(company)) == 2


@pytest.mark.parametrize("options", [[], ["--open"]], ids=["sealed", "open"])
def test_a_file_that_was_changed_anywhere_is_refused_with_a_sentence(device, company, file, tmp_path, options):
    device.order(1)
    export(device, file, *options)
    original = file.read_bytes()
    for place in range(0, len(original), max(1, len(original) // 60)):
        changed = bytearray(original)
        changed[place] ^= 1
        file.write_bytes(changed)
        told = intake(tmp_path, file)
        if told.exit_code == 0:
            assert taken(company) == []
        assert told.exit_code == 1, place
        assert told.output.startswith("Error: ")
        assert told.exception is None or isinstance(told.exception, SystemExit)
        assert taken(company) == []


@pytest.mark.parametrize("options", [[], ["--open"]], ids=["sealed", "open"])
def test_a_file_with_the_same_bytes_spelled_otherwise_is_refused_too(device, company, file, tmp_path, options):
    device.order(1)
    export(device, file, *options)
    original = file.read_bytes()
    spelled = re.sub(rb"(.)(=+\")", lambda found: bytes([found[1][0] + 1]) + found[2], original)
    assert spelled != original
    file.write_bytes(spelled)
    assert intake(tmp_path, file).exit_code == 1
    assert taken(company) == []


@pytest.mark.parametrize("data", [b"", b"{}", b"not ours", b"\xff" * 100, b'{"format":"x","version":1}'])
def test_a_file_that_is_none_is_refused_with_a_sentence(company, file, tmp_path, data):
    file.write_bytes(data)
    told = intake(tmp_path, file)
    assert told.exit_code == 1
    assert "Error: " in told.output


def test_nobody_on_the_way_can_read_a_sealed_file(device, file):
    device.order(1)
    export(device, file)
    assert b"Corner Shop" not in file.read_bytes()
    assert b"KIM-" not in file.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
def test_nobody_else_on_the_machine_can_read_the_file(device, file):
    device.order(1)
    export(device, file, "--open")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_another_office_cannot_take_it(device, file, tmp_path):
    device.order(1)
    export(device, file)
    with closing(open_company(tmp_path / "other", name="Others", connector=ScriptedErp())):
        told = CliRunner().invoke(main, ["admin", "--folder", str(tmp_path / "other"), "intake", str(file)])
    assert told.exit_code == 1
    assert "sealed to another office" in told.output


def test_an_export_is_never_written_over(device, file):
    device.order(1)
    export(device, file)
    before = file.read_bytes()
    told = export(device, file)
    assert told.exit_code == 1
    assert "is there already" in told.output
    assert file.read_bytes() == before


def test_a_disk_that_takes_no_file_changes_nothing(device, tmp_path):
    device.order(1)
    told = export(device, tmp_path / "nowhere" / "file")
    assert told.exit_code == 1
    assert "cannot be written" in told.output
    assert device.query("SELECT sealed FROM outbox") == [(0,)]


def test_a_device_whose_files_were_copied_can_still_export(device, company, file, tmp_path):
    device.query("UPDATE setting SET value = '00000000-0000-7000-8000-000000000000' WHERE name = 'device'")
    device.order(1)
    export(device, file)
    assert intake(tmp_path, file).exit_code == 0
    assert len(taken(company)) == 1
