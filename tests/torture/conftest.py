import time
from dataclasses import asdict

import pytest

from tests.torture.catches import CATCH, Catch
from tests.torture.layer import ROW, Layer


@pytest.fixture
def layer(request):
    """Opens a row of the table: `layer("lost answers")`. The test fails at its end where a row tells of any harm."""
    opened = []

    def open_(name):
        opened.append((Layer(name), time.perf_counter()))
        return opened[-1][0]

    yield open_
    for row, began in opened:
        row.seconds = time.perf_counter() - began
    request.node.user_properties += [(ROW, asdict(row)) for row, _ in opened]
    assert not any(row.harm for row, _ in opened), "\n".join(said for row, _ in opened for said in row.said)


@pytest.fixture
def caught(request):
    """Puts a seeded bug into the list of those that were found: its name, the layer, the harm it did."""

    def note(bug, by, harm):
        request.node.user_properties.append((CATCH, asdict(Catch(bug, by, harm.counted))))

    return note
