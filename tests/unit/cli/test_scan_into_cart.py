"""`wizterm scan`: codes from a pipe into the cart."""

import json
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.gift_shop import furnish
from tests.support.price_data import tables
from tests.support.ui import Folder
from tests.unit.barcodes.test_calibration import typed_on
from wizterm.cli.scan import scan
from wizterm.domain.barcodes.calibration import CODES
from wizterm.services.preferences import open_preferences


@pytest.fixture
def device(tmp_path):
    with closing(Folder(tmp_path / "kim", tables=tables())):
        pass
    return tmp_path / "kim"


def lines(device):
    with closing(Folder(device, tables=tables())) as folder:
        return [(line.sku, int(line.count)) for line in folder.bench.entry.current().cart.lines]


def test_every_line_counts_one_and_is_answered_by_one(device):
    done = CliRunner().invoke(scan, ["--device", str(device)], input="HEART\r\nHEART\nSTAND\n\n")
    assert done.output.splitlines() == [
        "✓ HEART HEART White hanging heart +1 → 1",
        "✓ HEART HEART White hanging heart +1 → 2",
        "▲ STAND STAND Regency cakestand +1 → 1 scanned, rounded up to 12 (from 12, in steps of 6)",
    ]
    assert done.exit_code == 0
    assert lines(device) == [("HEART", 2), ("STAND", 12)]


def test_a_program_gets_json_and_the_status_says_that_one_was_not_found(device):
    done = CliRunner().invoke(scan, ["--device", str(device), "--json"], input="STAND\nNOWHERE\n")
    found, missed = map(json.loads, done.output.splitlines())
    assert found == {
        "code": "STAND",
        "result": "rounded",
        "sku": "STAND",
        "count": "12",
        "scanned": "1",
        "words": "+1 → 1 scanned, rounded up to 12 (from 12, in steps of 6)",
    }
    assert (missed["result"], missed["sku"]) == ("missed", None)
    assert done.exit_code == 1


def test_commands_of_the_sheet_are_obeyed_as_far_as_no_screen_is_wanted(device):
    codes = ("WZTIMES3", "HEART", "HEART", "WZUNDO", "WZNEWCART", "FLAG", "WZSUBMIT")
    done = CliRunner().invoke(scan, ["--device", str(device)], input="\n".join(codes))
    told = done.output.splitlines()
    assert told[1:4] == [
        "✓ HEART HEART White hanging heart +3 → 3",
        "✓ HEART HEART White hanging heart +1 → 4",
        "✓ WZUNDO Command Undone: HEART.",
    ]
    assert told[6] == "✗ WZSUBMIT Command Only the terminal does this: open it, and scan it there."
    assert done.exit_code == 1
    assert lines(device) == [("FLAG", 1)]


def test_what_a_person_has_to_answer_is_told_and_counts_nothing(tmp_path):
    with closing(Folder(tmp_path / "kim")) as folder:
        furnish(folder)
    done = CliRunner().invoke(scan, ["--device", str(tmp_path / "kim")], input="22666\n")
    assert done.output == "? 22666 22666 Recipe box retrospot Choose what comes with it.\n"
    assert done.exit_code == 1


def test_the_configured_rounding_holds_here_too(device, monkeypatch):
    monkeypatch.setenv("WIZTERM_SCANNER_ROUNDING", "exact")
    CliRunner().invoke(scan, ["--device", str(device)], input="STAND\n")
    assert lines(device) == [("STAND", 1)]


def test_a_folder_that_a_terminal_has_open_is_left_to_it(device):
    with closing(Folder(device, tables=tables())):
        done = CliRunner().invoke(scan, ["--device", str(device)], input="HEART\n")
    assert done.exit_code == 1
    assert "The terminal is open on this folder" in done.output


def test_a_scanner_that_is_not_there_is_named(device):
    done = CliRunner().invoke(scan, ["--device", str(device), "--scanner", "/dev/input/nothing"])
    assert done.exit_code == 1
    assert "/dev/input/nothing cannot be read" in done.output


def keyboard(device):
    with open_preferences(device) as preferences:
        return preferences.keyboard


def test_a_layout_is_learnt_from_the_codes_of_the_sheet_and_forgotten(device):
    codes = "".join(f"\x1b[20~{typed_on('de', code)}\r\n" for code in CODES)
    done = CliRunner().invoke(scan, ["calibrate", "--device", str(device)], input=codes)
    assert done.exit_code == 0
    assert "ß is -" in done.output
    assert keyboard(device)["ß"] == "-"
    assert CliRunner().invoke(scan, ["--device", str(device), "calibrate", "--forget"]).exit_code == 0
    assert keyboard(device) == {}


def test_a_torn_code_is_asked_for_again_and_too_few_teach_nothing(device):
    done = CliRunner().invoke(scan, ["calibrate", "--device", str(device)], input=f"{CODES[0][1:]}\n{CODES[0]}\n")
    assert "Code 1 arrived with 35 signs of 36" in done.output
    assert "Expected 3 codes, got 1: nothing was learnt." in done.output
    assert (done.exit_code, keyboard(device)) == (1, {})
