"""A small company in a stand-in for QuickBooks, and the connector set up for it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.quickbooks_books import Books
from tests.support.quickbooks_server import CLIENT, REALM, SECRET, SIGN_IN, QuickBooks
from wizterm.connectors.base import Connector, Settings
from wizterm.connectors.loading import load

VAT = {"SalesTaxCodeRef": {"value": "5"}, "Taxable": True}


@pytest.fixture
def quickbooks():
    """Nobody may have done there what QuickBooks does not allow its clients."""
    with QuickBooks(books=furnished()).open() as stand_in:
        yield stand_in
    assert stand_in.wrong == []
    assert stand_in.worthless == []


def furnished() -> Books:
    books = Books()
    books.add("Term", Name="30 days")
    goods = books.add("Item", Name="Goods", Type="Category")
    under = {"ParentRef": {"value": goods["Id"], "name": "Goods"}}
    books.add("Item", Name="Mug", Sku="MUG", Type="Inventory", UnitPrice=Decimal("4.5"), QtyOnHand=120, **VAT, **under)
    books.add("Item", Name="Tray", Sku="TRAY", Type="Inventory", UnitPrice=12, QtyOnHand=Decimal("7.5"), **VAT)
    books.add("Item", Name="FREIGHT", Type="Service", UnitPrice=Decimal("7.5"), **VAT)
    address = {"Line1": "5 High Street", "City": "York", "PostalCode": "YO1 1AA", "Country": "GB"}
    books.add(
        "Customer",
        DisplayName="C1",
        GivenName="Ann",
        FamilyName="Archer",
        PrimaryEmailAddr={"Address": "c1@example.com"},
        PrimaryPhone={"FreeFormNumber": "+44 1904 555 010"},
        BillAddr=address,
        SalesTermRef={"value": "1", "name": "30 days"},
        Balance=Decimal("12.5"),
    )
    books.add("Customer", DisplayName="O'Neil \\ Sons", Balance=0)
    return books


def quickbooks_values(stand_in: QuickBooks) -> dict[str, str]:
    return {
        "realm": REALM,
        "environment": "sandbox",
        "address": stand_in.address,
        "sign_in_address": stand_in.address + SIGN_IN,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "refresh_token": "refresh 0",
    }


def quickbooks_connector(stand_in: QuickBooks, folder, **other: str) -> Connector:
    """As the server has it."""
    return load("quickbooks", Settings(folder / "erp", quickbooks_values(stand_in) | other))
