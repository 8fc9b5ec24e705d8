"""`wizterm scan`: codes from a pipe into the cart."""

import json
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.price_data import tables
from tests.support.ui import Folder
from wizterm.cli.scan import scan


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


def test_a_folder_that_a_terminal_has_open_is_left_to_it(device):
    with closing(Folder(device, tables=tables())):
        done = CliRunner().invoke(scan, ["--device", str(device)], input="HEART\n")
    assert done.exit_code == 1
    assert "The terminal is open on this folder" in done.output


def test_a_scanner_that_is_not_there_is_named(device):
    done = CliRunner().invoke(scan, ["--device", str(device), "--scanner", "/dev/input/nothing"])
    assert done.exit_code == 1
    assert "/dev/input/nothing cannot be read" in done.output
