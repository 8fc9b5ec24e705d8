"""What the office is told about a Zoho before the first order goes there, by the commands it has for that."""

import json

import pytest
from click.testing import CliRunner

from wizterm.cli import main
from wizterm.connectors.base import Settings
from wizterm.connectors.zoho.examination import in_the_clear
from wizterm.connectors.zoho.setting import setting
from wizterm.server.store.opening import open_store


def environment(zoho, **other):
    return {f"WIZTERM_ERP_ZOHO_{key.upper()}": value for key, value in (zoho.values() | other).items()}


@pytest.fixture
def check(zoho, tmp_path):
    def run(*options, **other):
        command = ["admin", "--folder", str(tmp_path), "erp", "check", "zoho", *options]
        return CliRunner().invoke(main, command, env=environment(zoho, **other))

    return run


def test_it_says_in_sentences_what_it_can_do_and_that_nothing_is_missing(zoho, check):
    told = check()
    assert told.exit_code == 0, told.output
    books = zoho.company.product == "books"
    assert f"The connector zoho works, version Zoho {'Books' if books else 'Inventory'} of Testers & Co" in told.output
    assert "It can take orders as sales orders, brought to confirmed; exactly once" in told.output
    assert f"It can take quotes as {'estimates' if books else 'draft sales orders'}" in told.output
    assert told.output.endswith("Nothing is missing.\n")


def test_a_location_that_is_there_is_fine(check):
    assert check(location="Shop").exit_code == 0


def test_looking_changes_nothing(zoho, check):
    check("--json")
    assert {call.partition(" ")[0] for call in zoho.asked} == {"GET"}


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"api_address": "http://127.0.0.1:9"}, "The connector zoho does not work"),
        ({"client_secret": "wrong"}, "Zoho gives no token (invalid_client_secret)"),
        ({"organization": "1"}, "Zoho has no organization 1 for this connection"),
        ({"location": "Cellar"}, "Zoho has no location Cellar (Main, Shop)"),
    ],
)
def test_it_says_what_is_missing_and_ends_with_a_failure(check, other, words):
    told = check(**other)
    assert told.exit_code == 1
    assert words in told.output


def test_a_permission_that_is_missing_is_said_with_what_it_is_for(zoho, check):
    zoho.on("GET contacts", 401, 57, "You are not authorized to perform this operation")
    zoho.on("GET contacts", 401, 57, "You are not authorized to perform this operation")
    told = json.loads(check("--json").output)["examination"]
    assert told["reachable"]
    assert (told["modules"]["contacts"], told["modules"]["items"]) == (False, True)
    assert [words.partition(":")[0] for words in told["missing"]] == ["contacts"]


def test_what_would_travel_in_the_clear_is_said(zoho, tmp_path):
    said = setting(Settings(tmp_path, zoho.values(api_address="http://zoho.example", accounts_address="https://a.b")))
    assert list(in_the_clear(said)) == ["api_address"]
    assert list(in_the_clear(setting(Settings(tmp_path, zoho.values())))) == []


def test_the_catalogue_is_pulled_by_a_command_that_tells_what_came(zoho, tmp_path):
    open_store(tmp_path).close()
    env = environment(zoho, customer_details="no") | {"WIZTERM_SERVER_CONNECTOR": "zoho"}

    def admin(*arguments):
        told = CliRunner().invoke(main, ["admin", "--folder", str(tmp_path), "erp", *arguments], env=env)
        assert told.exit_code == 0, told.output
        return told.output

    first = admin("pull").splitlines()
    assert [line.partition(":")[0] for line in first] == ["items", "prices", "stock", "customers"]
    assert json.loads(admin("pull", "zoho", "--only", "stock", "--from-start", "--json"))["stock"]["changed"] == {}
    assert all(each["done_at"] and not each["words"] for each in json.loads(admin("pulls", "--json")))
