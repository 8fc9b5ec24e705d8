"""The stand-in takes and gives nothing that Intuit's published lists of fields do not have.

They are looked for as `quickbooks/qbo-entity-types-scrape.json`, and the schema `Finance.xsd` with its neighbours in
`quickbooks/xsd-php-sdk`.
"""

import json
import re

import pytest

from tests.support.published import published
from tests.support.quickbooks_fields import ADDRESS, DETAIL, FIELDS, LINE, READ


@pytest.fixture(scope="module")
def specs():
    return published("quickbooks")


@pytest.fixture(scope="module")
def types(specs):
    """By type the attributes, and what is said of each."""
    found = json.loads((specs / "qbo-entity-types-scrape.json").read_text(encoding="utf-8"))["Types"]
    return {
        name: {each["name"]: f"{each.get('metaData')}" for each in type_["attributes"]} for name, type_ in found.items()
    }


def test_what_is_sent_is_a_field_that_can_be_written(types):
    for entity, fields in FIELDS.items():
        assert fields.keys() <= types[entity].keys(), entity
        written = fields.keys() - {"Id", "SyncToken", "sparse"}
        assert [name for name in written if "read only" in types[entity][name]] == [], entity


def test_a_line_has_the_published_fields_alone(types):
    for entity in ("Estimate", "Invoice"):
        assert LINE.keys() <= types[f"{entity}_Line_SalesItemLine"].keys()
        assert DETAIL.keys() <= types[f"{entity}_Line_SalesItemLineDetail"].keys()
        assert types[f"{entity}_ShipAddr_PhysicalAddress"].keys() >= ADDRESS


def test_no_text_may_be_longer_there_than_here(types):
    for entity, fields in FIELDS.items():
        for name, limit in fields.items():
            if isinstance(limit, int):
                said = re.findall(r"\d+", types[entity][name])
                assert not said or int(said[0]) >= limit, name


def test_what_is_read_is_published(types):
    for entity, fields in READ.items():
        assert fields <= types[entity].keys(), entity


def test_the_newest_schema_knows_every_name_too(specs):
    schema = "".join(path.read_text(encoding="utf-8") for path in (specs / "xsd-php-sdk").glob("*.xsd"))
    names = {name for fields in FIELDS.values() for name in fields} | LINE.keys() | DETAIL.keys() | ADDRESS
    assert [name for name in names if f'name="{name}"' not in schema] == []
