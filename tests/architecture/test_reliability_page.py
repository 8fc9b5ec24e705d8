"""The page on reliability names tests that are there, and every class of failure."""

import re
from pathlib import Path

import pytest

from wizterm.queue.outcomes import RULES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("| What happened |")[2].partition("\n\n")[0]
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+)`", PAGE)))


def test_it_names_tests():
    assert len(NAMED) > 10


@pytest.mark.parametrize("path", NAMED)
def test_what_it_names_is_there(path):
    assert (ROOT / path).exists()


def test_its_table_has_a_row_for_each_class_of_failure():
    assert TABLE.count("\n| ") >= len(RULES) - 1, "too large and refused share a row"
