"""What the office is told about a company in Business Central before the first order goes there."""

import json

import pytest
from click.testing import CliRunner

from tests.support.business_central_fixture import business_central_values
from tests.support.business_central_server import fault
from wizterm.cli import main
from wizterm.server.store.opening import open_store


@pytest.fixture
def admin(business_central, tmp_path):
    def run(*words, **other):
        values = business_central_values(business_central) | other
        env = {f"WIZTERM_ERP_BUSINESS_CENTRAL_{key.upper()}": value for key, value in values.items()}
        return CliRunner(env=env).invoke(main, ["admin", "--folder", str(tmp_path), "erp", *words])

    return run


def test_it_says_in_sentences_what_it_can_do_and_that_nothing_is_missing(admin):
    told = admin("check", "business_central")
    assert told.exit_code == 0, told.output
    works = "The connector business_central works, version API v2.0, environment Production, company Lantern & Co."
    assert works in told.output
    assert "It can take orders as sales orders with the status Draft, once each" in told.output
    assert told.output.endswith("Nothing is missing.\n")


def test_a_page_that_the_app_may_not_read_is_named(business_central, admin):
    business_central.instead.append(("GET salesShipments", fault(403, "Forbidden", "No right.")))
    told = admin("check", "business_central", "--json")
    assert told.exit_code == 1
    found = json.loads(told.output)["examination"]
    assert (found["reachable"], found["modules"]["salesShipments"], found["modules"]["items"]) == (True, False, True)
    (missing,) = found["missing"]
    assert missing.startswith("salesShipments cannot be read: ")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"address": "http://127.0.0.1:9"}, "The connector business_central does not work"),
        ({"client_id": "wrong"}, "check tenant, client_id and client_secret"),
        ({"company": "7"}, "say company in [erp.business_central]"),
        ({"sign_in_address": "http://sign-in.invalid"}, "What is secret goes over the network for all to read"),
        ({"adress": "http://x"}, "has no setting adress; did you mean address?"),
    ],
)
def test_it_says_what_is_missing_and_ends_with_a_failure(admin, other, words):
    told = admin("check", "business_central", **other)
    assert told.exit_code == 1
    assert words in told.output


def test_the_catalogue_is_pulled_by_a_command_that_tells_what_came(admin, tmp_path, monkeypatch):
    monkeypatch.setenv("WIZTERM_SERVER_CONNECTOR", "business_central")
    open_store(tmp_path).close()
    told = admin("pull")
    assert told.exit_code == 0, told.output
    assert [line.partition(":")[0] for line in told.output.splitlines()] == ["items", "prices", "stock", "customers"]
