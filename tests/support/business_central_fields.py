"""What the stand-in for Business Central takes and gives: names, and how long a text may be, of the published pages.

A test holds these to a list of the published pages' fields, where there is one.
"""

from __future__ import annotations

CODE, GUID, NUMBER, DAY, YES_OR_NO = "code", "guid", "number", "day", "yes or no"

_SALE = {
    "externalDocumentNumber": (CODE, 35),
    "customerNumber": (CODE, 20),
    "currencyCode": (CODE, 10),
    "shipToAddressLine1": ("text", 100),
    "shipToAddressLine2": ("text", 50),
    "shipToCity": ("text", 30),
    "shipToPostCode": (CODE, 20),
    "shipToCountry": (CODE, 10),
    "discountAmount": (NUMBER, 0),
}
_LINE = {
    "lineType": ("one of", 0),
    "lineObjectNumber": (CODE, 20),
    "description": ("text", 100),
    "unitOfMeasureCode": (CODE, 10),
    "quantity": (NUMBER, 0),
    "unitPrice": (NUMBER, 0),
    "discountAmount": (NUMBER, 0),
}
TAKEN = {
    "salesOrders": _SALE
    | {"orderDate": (DAY, 0), "requestedDeliveryDate": (DAY, 0), "pricesIncludeTax": (YES_OR_NO, 0)},
    "salesQuotes": _SALE | {"documentDate": (DAY, 0), "validUntilDate": (DAY, 0)},
    "salesOrderLines": _LINE,
    "salesQuoteLines": _LINE,
    "customers": {
        "number": (CODE, 20),
        "displayName": ("text", 100),
        "type": ("one of", 0),
        "addressLine1": ("text", 100),
        "addressLine2": ("text", 50),
        "city": ("text", 30),
        "postalCode": (CODE, 20),
        "country": (CODE, 10),
        "phoneNumber": ("text", 30),
        "email": ("text", 80),
        "paymentTermsId": (GUID, 0),
    },
}
"""What may be written, by page: its kind, and for a text its length."""
_TOTALS = {"id", "number", "status", "totalAmountExcludingTax", "totalAmountIncludingTax", "lastModifiedDateTime"}
GIVEN = {
    "salesOrders": TAKEN["salesOrders"].keys() | _TOTALS,
    "salesQuotes": TAKEN["salesQuotes"].keys() | _TOTALS,
    "salesOrderLines": _LINE.keys() | {"id", "documentId", "sequence", "shippedQuantity"},
    "salesQuoteLines": _LINE.keys() | {"id", "documentId", "sequence"},
    "customers": TAKEN["customers"].keys() | {"id", "state", "creditLimit", "lastModifiedDateTime"},
    "items": {
        *("id", "number", "displayName", "displayName2", "type", "itemCategoryCode", "gtin", "inventory", "unitPrice"),
        *("blocked", "baseUnitOfMeasureCode", "lastModifiedDateTime"),
    },
}
"""What is read, by page."""
LINES = {"salesOrders": "salesOrderLines", "salesQuotes": "salesQuoteLines"}
