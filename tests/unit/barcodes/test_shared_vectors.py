"""A larger collection of real codes, where it lies beside the project."""

import json
from datetime import date
from pathlib import Path

import pytest

from wizterm.domain.barcodes.classifier import classify
from wizterm.domain.barcodes.reading import ScanSettings

FILE = Path(__file__).parents[3].parent / "shared" / "data" / "barcode_vectors.jsonl"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the collection of real codes is not beside this project")


@pytest.fixture(scope="module")
def read_lines():
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return [
        (line, classify(line["input"], ScanSettings(**line.get("settings", {})), today=date(2026, 11, 21)))
        for line in lines
    ]


def allowed(line):
    named = {line["gtin14"], *line.get("other_gtin14", ())}
    return named if line["valid"] else {*named, None, line.get("lenient_gtin14")}


def right(line, reading):
    if reading.gtin14 not in allowed(line):
        return False
    expiry = reading.expiry.isoformat() if reading.expiry else None
    found = (reading.batch, expiry, reading.serial)
    return not line["valid"] or found == (line["batch"], line["expiry"], line["serial"])


def test_no_code_gives_a_wrong_product(read_lines):
    assert not [line["id"] for line, reading in read_lines if reading.gtin14 and reading.gtin14 not in allowed(line)]


def test_nearly_every_code_is_read_right(read_lines):
    wrong = [line["id"] for line, reading in read_lines if not right(line, reading)]
    assert len(wrong) <= len(read_lines) * 0.02, wrong


def test_the_verdict_on_validity_agrees_but_for_what_no_text_can_tell(read_lines):
    differ = [line["id"] for line, reading in read_lines if reading.valid != line["valid"]]
    assert len(differ) <= len(read_lines) * 0.04, differ
