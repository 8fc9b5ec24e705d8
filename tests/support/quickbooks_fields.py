"""What the stand-in for QuickBooks takes in a request: names as Intuit publishes them, and the longest texts."""

ADDRESS = frozenset(
    {"Line1", "Line2", "Line3", "Line4", "Line5", "City", "PostalCode", "Country", "CountrySubDivisionCode"}
)
REFERENCE = frozenset({"value", "name"})
_SALE = {
    "Id": None,
    "SyncToken": None,
    "sparse": None,
    "DocNumber": 21,
    "TxnDate": None,
    "CustomerRef": REFERENCE,
    "CurrencyRef": REFERENCE,
    "PrivateNote": 4000,
    "CustomerMemo": frozenset({"value"}),
    "ShipAddr": ADDRESS,
    "BillAddr": ADDRESS,
    "ShipDate": None,
    "GlobalTaxCalculation": None,
    "Line": None,
}
FIELDS = {
    "Estimate": _SALE | {"TxnStatus": None, "ExpirationDate": None},
    "Invoice": _SALE,
    "Customer": {
        "Id": None,
        "SyncToken": None,
        "sparse": None,
        "DisplayName": 500,
        "CompanyName": 100,
        "GivenName": 100,
        "FamilyName": 100,
        "Notes": 2000,
        "PrimaryEmailAddr": frozenset({"Address"}),
        "PrimaryPhone": frozenset({"FreeFormNumber"}),
        "BillAddr": ADDRESS,
        "ShipAddr": ADDRESS,
        "SalesTermRef": REFERENCE,
    },
}
LINE = {"DetailType": None, "Amount": None, "Description": 4000, "LineNum": None, "SalesItemLineDetail": None}
DETAIL = {"ItemRef": REFERENCE, "Qty": None, "UnitPrice": None, "TaxCodeRef": REFERENCE}
FILTERABLE = {
    "Estimate": {"Id", "DocNumber", "TxnDate", "CustomerRef"},
    "Invoice": {"Id", "DocNumber", "TxnDate", "CustomerRef"},
    "Customer": {"Id", "DisplayName", "Active", "MetaData.LastUpdatedTime"},
    "Item": {"Id", "Sku", "Name", "Type", "Active", "MetaData.LastUpdatedTime"},
    "Term": {"Id", "Name"},
    "CompanyInfo": set(),
    "Preferences": set(),
}
READ = {
    "Item": {
        "Id",
        "Name",
        "Sku",
        "Type",
        "Active",
        "Description",
        "UnitPrice",
        "QtyOnHand",
        "ParentRef",
        "Taxable",
        "SalesTaxCodeRef",
    },
    "Customer": {"Id", "DisplayName", "Active", "Balance", "IsProject", "Mobile", "SalesTermRef", "Notes"},
    "Estimate": {"TotalAmt", "TxnTaxDetail", "LinkedTxn", "TxnStatus", "PrivateNote"},
    "Invoice": {"TotalAmt", "TxnTaxDetail", "Balance", "PrivateNote"},
    "Preferences": {"SalesFormsPrefs", "TaxPrefs", "CurrencyPrefs"},
    "CompanyInfo": {"CompanyName", "Country"},
}
"""What the connector looks at in answers."""
