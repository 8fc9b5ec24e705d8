"""What the office is told about a company in QuickBooks before the first order goes there."""

import json

import pytest
from click.testing import CliRunner

from tests.support.quickbooks_fixture import quickbooks_values
from wizterm.cli import main
from wizterm.server.store.opening import open_store


@pytest.fixture
def admin(quickbooks, tmp_path):
    def run(*words, **other):
        values = quickbooks_values(quickbooks) | other
        env = {f"WIZTERM_ERP_QUICKBOOKS_{key.upper()}": value for key, value in values.items()}
        return CliRunner(env=env).invoke(main, ["admin", "--folder", str(tmp_path), "erp", *words])

    return run


def test_it_says_in_sentences_what_it_can_do_and_that_nothing_is_missing(admin):
    told = admin("check", "quickbooks")
    assert told.exit_code == 0, told.output
    assert "The connector quickbooks works, version 3, minor version 75, company Testers & Co." in told.output
    assert "It can take orders as accepted estimates, once each" in told.output
    assert told.output.endswith("Nothing is missing.\n")


def test_a_program_reads_the_same(admin):
    found = json.loads(admin("check", "quickbooks", "--json", orders="invoice").output)["examination"]
    assert found["reachable"]
    assert any("as invoices" in sentence for sentence in found["can"])
    assert found["missing"] == []


def test_what_is_turned_off_there_is_said_with_what_to_do(quickbooks, admin):
    quickbooks.books.own_numbers = quickbooks.books.estimates = False
    told = admin("check", "quickbooks")
    assert told.exit_code == 1
    assert "Missing: Turn on estimates" in told.output
    assert "Missing: Turn on custom transaction numbers" in told.output


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"address": "http://127.0.0.1:9"}, "The connector quickbooks does not work"),
        ({"client_id": "wrong"}, "does not accept client_id and client_secret"),
        ({"realm": "7"}, "check realm and address"),
        ({"address": "http://quickbooks.invalid"}, "What is secret goes over the network for all to read: say address"),
        ({"adress": "http://x"}, "has no setting adress; did you mean address?"),
    ],
)
def test_it_says_what_is_missing_and_ends_with_a_failure(admin, other, words):
    told = admin("check", "quickbooks", **other)
    assert told.exit_code == 1
    assert words in told.output


def test_the_catalogue_is_pulled_by_a_command_that_tells_what_came(admin, tmp_path, monkeypatch):
    monkeypatch.setenv("WIZTERM_SERVER_CONNECTOR", "quickbooks")
    open_store(tmp_path).close()
    told = admin("pull")
    assert told.exit_code == 0, told.output
    assert [line.partition(":")[0] for line in told.output.splitlines()] == ["items", "prices", "stock", "customers"]
    again = admin("pull", "quickbooks", "--only", "stock", "--from-start", "--json")
    assert json.loads(again.output)["stock"]["changed"] == {}
