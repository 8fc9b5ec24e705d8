"""What the office is told about a Tryton before the first order goes there."""

import json

import pytest
from click.testing import CliRunner

from tests.support.tryton_fixture import GROUP, tryton_values
from wizterm.cli import main

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
    assert "tryton is reached, version" in told.output
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
        ({"address": "http://127.0.0.1:9"}, "tryton is not reached"),
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
