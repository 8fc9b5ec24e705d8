"""`wizterm price`, and the office's managers and codes."""

import json
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.price_data import tables
from tests.support.ui import Folder
from wizterm.cli.admin import admin
from wizterm.cli.price import price


@pytest.fixture
def device(tmp_path):
    with closing(Folder(tmp_path, tables=tables())):
        yield tmp_path


def asked(device, *options):
    return CliRunner().invoke(price, ["--device", str(device), *options])


def test_a_price_is_explained_as_json(device):
    done = asked(device, "--customer", "12923", "--sku", "HEART", "--qty", "40", "--json")
    why = json.loads(done.output)
    assert done.exit_code == 0
    assert (why["unit_price"], why["source"], why["min_quantity"], why["gross"]) == ("2.55", "list", "32", "102.00")
    assert [step["price"] for step in why["ladder"]] == ["2.95", "2.55"]


def test_a_price_is_explained_in_words(device):
    done = asked(device, "--customer", "12924", "--sku", "HEART")
    assert "comes from: the customer's contract" in done.output
    assert "price: 2.10 for one" in done.output
    assert "customer: Café Ost" in done.output


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--sku", "HAT"], 1, "HAT is not in the catalogue on this machine"),
        (["--sku", "HEART", "--customer", "7"], 1, "7 is not a customer on this machine"),
        (["--sku", "FLAG", "--customer", "12924"], 1, "not sold to this customer"),
        (["--sku", "HEART", "--qty", "0"], 2, "is not a quantity"),
        (["--sku", "HEART", "--qty", "9" * 40], 2, "at most 999,999"),
        ([], 2, "--sku"),
    ],
)
def test_what_cannot_be_explained_is_said_in_a_sentence(device, options, code, told):
    done = asked(device, *options)
    assert (done.exit_code, told in done.output) == (code, True), done.output


def test_a_folder_that_nobody_has_signed_in_to_is_left_alone(tmp_path):
    done = asked(tmp_path / "none", "--sku", "HEART")
    assert (done.exit_code, "Nobody has signed in" in done.output) == (1, True)
    assert not (tmp_path / "none").exists()


def office(folder, *words, typed=""):
    return CliRunner().invoke(admin, ["--folder", str(folder), *words], input=typed)


def test_a_manager_is_set_up_and_gives_a_code(tmp_path):
    office(tmp_path, "reps", "add", "KIM", "--name", "Kim", "--password", "open sesame", "--most-line-discount", "10")
    added = office(tmp_path, "managers", "add", "BOSS", "--name", "Bo", "--pin-stdin", "--most", "40", typed="246810\n")
    assert added.output == "BOSS can approve up to 40 %.\n"
    given = office(tmp_path, "approvals", "code", "7K2M-9XQ4", "--rep", "KIM", "--percent", "15", "--manager", "BOSS")
    assert (len(given.output.strip()), given.exit_code) == (11, 0)
    assert "up to 40 %" in office(tmp_path, "managers", "list").output
    assert office(tmp_path, "managers", "remove", "BOSS").output == "BOSS can approve no more.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["managers", "add", "BOSS", "--name", "Bo", "--pin", "123"], "at least 6 digits"),
        (["managers", "remove", "BOSS"], "There is no manager 'BOSS'"),
        (["approvals", "code", "7K2M-9XQ4", "--rep", "KIM", "--percent", "15", "--manager", "B"], "no manager 'B'"),
        (["approvals", "code", "7K2M-9XQ4", "--rep", "KIM", "--percent", "200", "--manager", "B"], "expected 0 to 100"),
    ],
)
def test_what_the_office_cannot_do_is_said_in_a_sentence(tmp_path, words, told):
    office(tmp_path, "reps", "add", "KIM", "--name", "Kim", "--password", "open sesame")
    done = office(tmp_path, *words)
    assert done.exit_code != 0
    assert told in done.output
