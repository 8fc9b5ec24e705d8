"""Whatever goes wrong on the way, and in whatever order: one document there, and in the end we know its number."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import new_customer, order
from tests.support.quickbooks_fixture import furnished, quickbooks_connector
from tests.support.quickbooks_server import Answer, QuickBooks, fault
from wizterm.connectors.base import Done, Later, Missing, Refused, Unknown

Trouble = Callable[[QuickBooks], object]
TROUBLES: dict[str, Trouble] = {
    "the answer is lost": lambda there: there.lose.append("Estimate"),
    "the answer about a customer is lost": lambda there: there.lose.append("Customer"),
    "it fails before it begins": lambda there: there.instead.append(Answer(500, b"")),
    "a proxy answers": lambda there: there.instead.append(Answer(200, b"<html>")),
    "too many requests": lambda there: there.instead.append(fault(429, "3001", "ThrottleExceeded")),
    "it refuses once": lambda there: there.instead.append(fault(400, "6210", "Closed", "The books are closed.")),
    "a question fails": lambda there: there.reading.append(Answer(503, b"")),
    "a question is throttled": lambda there: there.reading.append(fault(429, "3001", "ThrottleExceeded", small=True)),
    "the token ends": QuickBooks.expire,
    "requests are forgotten": QuickBooks.forget,
}
MOST = 40
"""Tries until it must have come through: each trouble is met once."""


@pytest.fixture
def connector(quickbooks, tmp_path):
    return quickbooks_connector(quickbooks, tmp_path)


def delivered(connector, document, troubles):
    """As the server does it: what may be there is looked up, and what was refused somebody tries again."""
    uncertain = False
    for _ in range(MOST):
        next(troubles, lambda: None)()
        outcome = connector.find(document) if uncertain else connector.send(document)
        match outcome:
            case Done():
                return outcome
            case Unknown():
                uncertain = True
            case Missing():
                uncertain = False
            case Later() | Refused():
                pass
    raise AssertionError(outcome)


KINDS = st.tuples(st.booleans(), st.booleans(), st.booleans())
"""Whether documents bear our numbers there, whether numbers are unique, and whether refusals are remembered."""


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(TROUBLES)), max_size=8), KINDS)
def test_there_is_one_of_it_in_the_end(quickbooks, connector, names, kind):
    books = quickbooks.books = furnished()
    books.own_numbers, books.unique_numbers, quickbooks.remembers_refusals = kind
    connector._known = None
    for document, entity in ((new_customer(SESSION), "Customer"), (order(SESSION, "C1"), "Estimate")):
        said = outgoing(document)
        told = delivered(connector, said, iter([lambda name=name: TROUBLES[name](quickbooks) for name in names]))
        for left_over in (quickbooks.lose, quickbooks.instead, quickbooks.reading):
            left_over.clear()
        quickbooks.forget()
        (row,) = [each for each in books.tables[entity] if said.key in f"{each.get('Notes')} {each.get('PrivateNote')}"]
        assert told == connector.find(said) == Done(row["Id"] if entity == "Customer" else row["DocNumber"])
