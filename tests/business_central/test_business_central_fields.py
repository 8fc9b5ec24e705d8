"""The stand-in takes and gives nothing that the published pages of API v2.0 do not have.

WIZTERM_TEST_BUSINESS_CENTRAL names a file with their fields, by page: name, type in Business Central's own terms, and
whether it can be written. They are Microsoft's, and no part of this project.
"""

import json
import os
import re
from pathlib import Path

import pytest

from tests.support.business_central_fields import GIVEN, LINES, TAKEN

NAMED = "WIZTERM_TEST_BUSINESS_CENTRAL"


@pytest.fixture(scope="module")
def pages():
    named = os.environ.get(NAMED, "")
    if not named or not Path(named).is_file():
        pytest.skip(f"{NAMED} names no file with the fields of Business Central's pages")
    return json.loads(Path(named).read_text(encoding="utf-8"))


@pytest.mark.parametrize("entity", TAKEN)
def test_what_is_sent_is_a_field_that_can_be_written(pages, entity):
    known = pages[entity]["fields"]
    assert TAKEN[entity].keys() <= known.keys()
    assert [name for name in TAKEN[entity] if not known[name]["editable"]] == []


@pytest.mark.parametrize("entity", TAKEN)
def test_no_text_may_be_longer_here_than_there(pages, entity):
    for name, (kind, longest) in TAKEN[entity].items():
        said = re.fullmatch(r"(Code|Text)\[(\d+)\]", pages[entity]["fields"][name]["type"] or "")
        if said:
            assert (kind, longest) == (said[1].lower(), int(said[2])), name


@pytest.mark.parametrize("entity", GIVEN)
def test_what_is_read_is_published(pages, entity):
    assert GIVEN[entity] <= pages[entity]["fields"].keys()


@pytest.mark.parametrize("entity", LINES)
def test_lines_come_within_their_document_under_the_published_name(pages, entity):
    assert LINES[entity] in pages[entity]["navigation"]
