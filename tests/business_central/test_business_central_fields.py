"""The stand-in takes and gives nothing that the published pages of API v2.0 do not have.

They are looked for as `business-central/apiv2_fields.json`, by page: name, type in Business Central's own terms, and
whether it can be written.
"""

import json
import re

import pytest

from tests.support.business_central_fields import GIVEN, LINES, TAKEN
from tests.support.published import published


@pytest.fixture(scope="module")
def pages():
    return json.loads(published("business-central/apiv2_fields.json").read_text(encoding="utf-8"))


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
