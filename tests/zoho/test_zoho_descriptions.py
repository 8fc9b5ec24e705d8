"""The stand-in's lists against Zoho's own descriptions, where they are at hand: `zoho/*-openapi/*.yml`."""

import re

import pytest
import yaml

from tests.support.published import published
from tests.support.zoho_box.fields import FORMS, PATHS

FOLDERS = {"inventory": "inventory-v1-openapi", "books": "books-v3-openapi"}


def described(file):
    return yaml.load((published("zoho") / file).read_text(), yaml.CSafeLoader)


def resolved(schemas, schema):
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return resolved(schemas, schema["items"]) if schema.get("type") == "array" else schema


def check(schemas, schema, form):
    found = resolved(schemas, schema)
    assert form.known <= found["properties"].keys()
    assert set(found.get("required", ())) - {"line_items"} <= form.needed
    for name, part in form.parts.items():
        check(schemas, found["properties"][name], part)


@pytest.mark.parametrize("which", FORMS, ids="-".join)
def test_a_request_says_only_what_its_description_knows_and_all_it_needs(which):
    form = FORMS[which]
    schemas = described(form.file)["components"]["schemas"]
    check(schemas, schemas[form.schema], form)


@pytest.mark.parametrize("product", PATHS)
def test_every_path_that_is_called_is_described(product):
    for file, calls in PATHS[product].items():
        paths = described(f"{FOLDERS[product]}/{file}")["paths"]
        known = {f"{verb.upper()} {re.sub(r'{[^}]+}', '{}', path)}" for path, verbs in paths.items() for verb in verbs}
        assert set(calls) <= known
