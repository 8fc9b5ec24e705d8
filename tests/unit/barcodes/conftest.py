"""Reading codes on a fixed day."""

from datetime import date

import pytest

from wizterm.domain.barcodes.classifier import classify
from wizterm.domain.barcodes.reading import ScanSettings


@pytest.fixture
def read():
    def reading(code, **settings):
        return classify(code, ScanSettings(**settings), today=date(2026, 11, 21))

    return reading
