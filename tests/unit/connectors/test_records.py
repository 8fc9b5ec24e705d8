"""Answers that are JSON and yet no list of records, as any of the connectors takes them."""

from types import SimpleNamespace

import pytest

from wizterm.connectors.business_central.calls import Calls as BusinessCentralCalls
from wizterm.connectors.faults import NotDone
from wizterm.connectors.quickbooks.calls import Calls as QuickBooksCalls
from wizterm.connectors.zoho.calls import Calls as ZohoCalls


def business_central(said):
    return BusinessCentralCalls(SimpleNamespace(get=lambda *_: {"value": said}), lambda: 0.0).find("items")


def quickbooks(said):
    rest = SimpleNamespace(sign_in=lambda: None, get=lambda *_: {"QueryResponse": {"Item": said}})
    return QuickBooksCalls(rest, lambda: 0.0).page("Item").rows


def zoho(said):
    return ZohoCalls(SimpleNamespace(answer=lambda _: {"items": said}), lambda: 0.0).page("items", 1, {})[0]


@pytest.fixture(params=[business_central, quickbooks, zoho])
def asked(request):
    return request.param


@pytest.mark.parametrize("said", [7, "x", True, {"a": 1}, [1], [None], ["x"], [[]]], ids=repr)
def test_what_is_no_list_of_records_is_asked_again_later(asked, said):
    with pytest.raises(NotDone, match="something else than records"):
        asked(said)


def test_records_are_taken_and_none_are_none(asked):
    assert asked([{"a": 1}]) == [{"a": 1}]
    assert asked(None) == []


def test_a_response_of_quickbooks_that_is_no_object_is_asked_again_later():
    rest = SimpleNamespace(sign_in=lambda: None, get=lambda *_: {"QueryResponse": "x"})
    with pytest.raises(NotDone, match="something else than records"):
        QuickBooksCalls(rest, lambda: 0.0).page("Item")
