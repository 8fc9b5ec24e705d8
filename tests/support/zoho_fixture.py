"""A stand-in for Zoho of a test's own, as either of its two products."""

from __future__ import annotations

import pytest

from tests.support.zoho_box.box import ZohoBox, open_box
from wizterm.connectors.base import Settings
from wizterm.connectors.zoho.connector import ZohoConnector

PRODUCTS = ("inventory", "books")


@pytest.fixture(params=PRODUCTS)
def zoho(request):
    with open_box(request.param) as box:
        yield box


def zoho_connector(box: ZohoBox, folder, **other) -> ZohoConnector:
    """Settings are texts; whatever else is said goes to the constructor. It rests no time between two calls."""
    texts = {name: value for name, value in other.items() if isinstance(value, str)}
    parts = {"sleep": lambda _seconds: None} | {k: v for k, v in other.items() if k not in texts}
    return ZohoConnector(Settings(folder / "erp", box.values(**texts)), **parts)
