"""A stand-in for Zoho of a test's own, as either of its two products."""

from __future__ import annotations

import pytest

from tests.support.documents_making import order
from tests.support.zoho_box.box import ZohoBox, open_box
from wizterm.connectors.base import Outgoing, Settings
from wizterm.connectors.zoho.connector import ZohoConnector

PRODUCTS = ("inventory", "books")
CREATE = "POST salesorders"


@pytest.fixture(params=PRODUCTS)
def zoho(request):
    with open_box(request.param) as box:
        yield box


def zoho_connector(box: ZohoBox, folder, **other) -> ZohoConnector:
    """Settings are texts; whatever else is said goes to the constructor. It rests no time between two calls."""
    texts = {name: value for name, value in other.items() if isinstance(value, str)}
    parts = {"sleep": lambda _seconds: None} | {k: v for k, v in other.items() if k not in texts}
    return ZohoConnector(Settings(folder / "erp", box.values(**texts)), **parts)


def an_order(*lines, **other) -> Outgoing:
    from tests.contract.test_connector import SESSION, outgoing  # it runs over this connector too

    return outgoing(order(SESSION, "C1", *lines, **other))


def confirmed(box: ZohoBox) -> str:
    """What a sales order is that was brought as far as it goes."""
    return "open" if box.company.product == "books" else "confirmed"


def confirm(box: ZohoBox) -> str:
    """The call for that."""
    return f"{CREATE}/*/status/{confirmed(box)}"
