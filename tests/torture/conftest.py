import time
from dataclasses import asdict

import pytest

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
