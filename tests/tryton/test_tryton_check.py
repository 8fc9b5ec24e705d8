"""What the office is told about a Tryton before the first order goes there."""

import json

import pytest
from click.testing import CliRunner

from tests.support.tryton_fixture import GROUP, tryton_values
from wizterm.cli import main
from wizterm.server.store.opening import open_store

pytestmark = GROUP


@pytest.fixture
def check(tryton, tmp_path):
    def run(*options, **other):
        values = tryton_values(tryton) | other
        env = {f"WIZTERM_ERP_TRYTON_{key.upper()}": value for key, value in values.items()}
        command = ["admin", "--folder", str(tmp_path), "erp", "check", "tryton", *options]
        return CliRunner().invoke(main, command, env=env)

    return run


def test_it_says_in_sentences_what_it_can_do_and_that_nothing_is_missing(check):
    told = check()
    assert told.exit_code == 0, told.output
    assert "The connector tryton works, version" in told.output
    assert "web_shop yes" in told.output
    assert "It can take orders as sales, brought to confirmed; exactly once" in told.output
    assert told.output.endswith("Nothing is missing.\n")


def test_a_program_reads_the_same(check):
    found = json.loads(check("--json").output)["examination"]
    assert found["reachable"]
    assert found["modules"]["web_shop"]
    assert found["missing"] == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"address": "http://127.0.0.1:9"}, "The connector tryton does not work"),
        ({"password": "wrong"}, "does not accept the password"),
        ({"database": "none"}, "no database 'none'"),
        ({"shop": "Nowhere"}, "say shop in [erp.tryton]"),
    ],
)
def test_it_says_what_is_missing_and_ends_with_a_failure(check, other, words):
    told = check(**other)
    assert told.exit_code == 1
    assert words in told.output


def test_a_setting_that_is_not_known_is_said_with_the_nearest(check):
    told = check(adress="http://x")
    assert told.exit_code == 1
    assert "has no setting adress; did you mean address?" in told.output


def test_the_catalogue_is_pulled_by_a_command_that_tells_what_came(tryton, tmp_path):
    open_store(tmp_path).close()
    env = {f"WIZTERM_ERP_TRYTON_{key.upper()}": value for key, value in tryton_values(tryton).items()}
    env["WIZTERM_SERVER_CONNECTOR"] = "tryton"

    def admin(*arguments):
        told = CliRunner().invoke(main, ["admin", "--folder", str(tmp_path), "erp", *arguments], env=env)
        assert told.exit_code == 0, told.output
        return told.output

    first = admin("pull").splitlines()
    assert [line.partition(":")[0] for line in first] == ["items", "prices", "stock", "customers"]
    assert json.loads(admin("pull", "tryton", "--only", "stock", "--from-start", "--json"))["stock"]["changed"] == {}
    standing = json.loads(admin("pulls", "--json"))
    assert all(each["done_at"] and not each["words"] for each in standing)
    assert len(standing) == 4


def test_a_pull_that_fails_is_said_and_remembered(tryton, tmp_path):
    open_store(tmp_path).close()
    env = {f"WIZTERM_ERP_TRYTON_{key.upper()}": value for key, value in tryton_values(tryton).items()}
    env |= {"WIZTERM_SERVER_CONNECTOR": "tryton", "WIZTERM_ERP_TRYTON_ADDRESS": "http://127.0.0.1:9"}
    command = ["admin", "--folder", str(tmp_path), "erp"]
    told = CliRunner().invoke(main, [*command, "pull"], env=env)
    assert told.exit_code == 1
    assert "cannot be reached" in told.output
    assert "cannot be reached" in CliRunner().invoke(main, [*command, "pulls"], env=env).output


def test_a_connector_that_gives_no_catalogue_says_what_to_do(tmp_path):
    told = CliRunner().invoke(main, ["admin", "--folder", str(tmp_path), "erp", "pull"])
    assert told.exit_code == 1
    assert "files gives no catalogue: load files" in told.output
