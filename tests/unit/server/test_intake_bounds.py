"""What no store and no sum can take is refused document by document, and a batch costs what one document costs."""

import msgspec
import pytest

from tests.support.documents_making import batch, line, order
from wizterm.protocol.documents import Refused, Taken
from wizterm.server.store import ledger

LONG = "9" * 40


@pytest.mark.parametrize(
    ("spoilt", "field"),
    [
        (lambda body: msgspec.structs.replace(body, number="KIM\x00-1"), "number"),
        (
            lambda body: msgspec.structs.replace(body, customer=msgspec.structs.replace(body.customer, name="A\x00")),
            "customer.name",
        ),
        (lambda body: msgspec.structs.replace(body, lines=(line(1, "M\x00UG"),)), "lines[0].sku"),
        (lambda body: msgspec.structs.replace(body, lines=(line(1), line(2, price=LONG))), "lines[1].unit_price"),
    ],
    ids=["a number with a NUL", "a name with a NUL", "a sku with a NUL", "a price past all sums"],
)
def test_one_document_that_nothing_can_take_stops_no_other(house, kim, spoilt, field):
    bad, good = order(kim, "C1"), order(kim, "C1")
    answers = house.post(kim, spoilt(bad), good)
    assert isinstance(answers[1], Taken)
    assert isinstance(answers[0], Refused)
    assert answers[0].field == field


def test_a_batch_asks_the_store_no_more_than_one_document_does(house, kim):
    said = []
    with house.company.store.reading():
        database = ledger.Counter._meta.database

    def statements(count):
        said.clear()
        house.server.post_documents(kim.access_token, batch(*(order(kim, "C1") for _ in range(count))))
        return len(said)

    statements(1)
    database.query_hooks.append(lambda event: said.append(event.sql))
    assert statements(1) == statements(30)
