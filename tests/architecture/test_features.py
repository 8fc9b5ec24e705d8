"""The table of promises names tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    line
    for line in (ROOT / "docs" / "features.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|--", "| Promise"))
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_the_table_is_not_empty():
    assert ROWS


@pytest.mark.parametrize("row", ROWS)
def test_each_promise_names_a_test_that_is_there(row):
    named = NAMED.findall(row)
    assert named, "expected a test as `tests/folder/test_file.py::test_name`"
    for path, test in named:
        assert re.search(rf"^(async )?def {test}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), test
