"""`wizterm scan decode`."""

import json
import subprocess
import sys
from datetime import date

import pytest
from click.testing import CliRunner

from tests.support.patience import HANG_GUARD
from wizterm.cli.scan import answer, scan

TODAY = date(2026, 11, 21)
KEYS = ["gtin14", "symbology", "batch", "expiry", "serial", "text", "valid", "why", "ai"]


def test_each_line_has_one_answer_with_the_promised_keys():
    lines = ['"9520000000059"', '{"code": "]C10109520000000059172701311010", "settings": {}}', "85123A", ""]
    done = CliRunner().invoke(scan, ["decode"], input="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.output.splitlines()]
    assert [list(each) for each in answers] == [KEYS] * 4
    assert answers[0]["gtin14"] == "09520000000059"
    assert answers[1]["ai"] == [["01", "09520000000059"], ["17", "270131"], ["10", "10"]]
    assert (answers[1]["batch"], answers[1]["expiry"]) == ("10", "2027-01-31")
    assert (answers[2]["text"], answers[2]["valid"]) == ("85123A", True)
    assert not answers[3]["valid"]


def test_settings_come_with_the_code():
    line = {"code": "015842587609784310123456|3718", "settings": {"fnc1_substitute": "|"}}
    assert answer(json.dumps(line).encode(), TODAY)["batch"] == "123456"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'"no end', "close its quotes"),
        (b'{"code": 5}', "give the code as a string"),
        (b'{"code": "5", "settings": {"colour": "red"}}', "no setting 'colour'"),
        (b'{"code": "5", "settings": {"upce_short": "yes"}}', "true or false"),
        (b'{"code": "5", "settings": [1]}', "give the code as a string"),
    ],
)
def test_a_line_that_is_no_question_is_answered_with_a_sentence(line, told):
    reply = answer(line, TODAY)
    assert told in reply["why"]
    assert not reply["valid"]


def test_bytes_that_are_no_text_are_answered():
    assert answer(b"\xff\xfe\x00", TODAY)["gtin14"] is None


def test_a_plain_number_is_read_without_the_library_for_gs1():
    program = (
        "import sys, datetime; from wizterm.cli.scan import answer; "
        "answer(b'9520000000059', datetime.date(2026, 1, 1)); assert 'biip' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=HANG_GUARD)
