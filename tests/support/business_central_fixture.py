"""A small company in a stand-in for Business Central, and the connector set up for it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.business_central_books import LOCAL, Books
from tests.support.business_central_server import BASE, CLIENT, SECRET, SIGN_IN, TENANT, BusinessCentral
from wizterm.connectors.base import Settings
from wizterm.connectors.business_central.connector import BusinessCentralConnector


@pytest.fixture
def business_central():
    """Nobody may have done there what Business Central does not allow its clients."""
    with BusinessCentral(books=furnished()).open() as stand_in:
        yield stand_in
    assert stand_in.wrong == []


def furnished() -> Books:
    books = Books()
    books.add("companyInformation", currencyCode=LOCAL)
    terms = books.add("paymentTerms", code="30 DAYS", displayName="Net 30 days")
    books.add("countriesRegions", code="GB", displayName="Great Britain")
    shared = {"type": "Inventory", "baseUnitOfMeasureCode": "PCS", "blocked": False, "itemCategoryCode": "TABLE"}
    goods = {"displayName2": "", "gtin": ""} | shared
    mug = {"displayName": "Mug", "unitPrice": Decimal("4.5"), "inventory": 120, "gtin": "5012345678900"}
    books.add("items", **goods | mug, number="MUG")
    books.add("items", **goods, number="TRAY", displayName="Tray", unitPrice=Decimal(12), inventory=Decimal("7.5"))
    service = {"type": "Service", "inventory": 0}
    books.add("items", **goods | service, number="FREIGHT", displayName="Freight", unitPrice=Decimal("7.5"))
    address = {"addressLine1": "5 High Street", "addressLine2": "", "city": "York", "state": "", "country": "GB"}
    books.add(
        "customers",
        number="C1",
        displayName="High Street Gifts",
        email="c1@example.com",
        phoneNumber="+44 1904 555 010",
        **address,
        postalCode="YO1 1AA",
        paymentTermsId=terms["id"],
        creditLimit=Decimal(0),
    )
    other = dict.fromkeys(("email", "phoneNumber", *address, "postalCode"), "")
    books.add("customers", number="O'N", displayName="O'Neil", **other, paymentTermsId=None, creditLimit=Decimal(500))
    return books


def business_central_values(stand_in: BusinessCentral) -> dict[str, str]:
    return {
        "tenant": TENANT,
        "company": "Lantern & Co",
        "address": stand_in.address + BASE,
        "sign_in_address": stand_in.address + SIGN_IN,
        "client_id": CLIENT,
        "client_secret": SECRET,
    }


def business_central_connector(stand_in: BusinessCentral, folder, *, now=None, **other: str):
    """As the server has it, but for a clock."""
    clock = {} if now is None else {"now": now}
    return BusinessCentralConnector(Settings(folder / "erp", business_central_values(stand_in) | other), **clock)
