"""A live server, called with whatever its own description allows, and with what it does not."""

import os
from contextlib import closing
from uuid import uuid4

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.patience import HANG_GUARD
from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, StoreOffice
from wizterm.protocol import session
from wizterm.server.store.opening import open_store

EXAMPLES = round(12 * float(os.environ.get("SCALE", "1")))
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance, content_type_conformance]
SIGN_OUT = ("DELETE", session.PATH)
"""It would end the session that the other calls speak for."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("described")
    with closing(open_store(folder)) as store:
        office = StoreOffice(store)
        office.rep("KIM")
        office.load(
            price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n",
            products="sku,name\nMUG,Mug\n",
            customers="number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n",
        )
    with ServerProcess(folder) as process:
        yield process


@pytest.fixture(scope="module")
def token(server):
    asked = {"rep": "KIM", "password": PASSWORD, "device": str(uuid4())}
    return requests.post(server.address + session.PATH, json=asked, timeout=HANG_GUARD).json()["access_token"]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_call_breaks_the_server_or_its_own_description(server, token, mode):
    described = schemathesis.openapi.from_url(f"{server.address}/schema/openapi.json", timeout=HANG_GUARD)
    called = []
    for found in described.get_all_operations():
        operation = found.ok()
        if (operation.method.upper(), operation.path) == SIGN_OUT:
            continue

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def call(case):
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
            case.validate_response(case.call(timeout=HANG_GUARD), checks=CHECKS)

        try:
            call()
            called.append(operation.label)
        except Exception as error:  # nothing to vary: an operation without parameters has no wrong ones
            if "Unsatisfiable" not in type(error).__name__:
                raise
    assert called
