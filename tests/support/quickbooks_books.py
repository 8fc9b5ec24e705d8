"""A company's books as QuickBooks keeps them: what it takes, what it refuses and in which words, and what it adds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

from tests.support.quickbooks_fields import DETAIL, FIELDS, LINE

CENT = Decimal("0.01")
RATES = {"TAX": Decimal("0.1"), "NON": Decimal(0), "5": Decimal("0.2")}
BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)

Row = dict


class RefusalError(Exception):
    def __init__(self, code: str, message: str, detail: str = "", status: int = 400) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.detail = status, code, message, detail


@dataclass
class Books:
    """Of a British company at first; a test changes what it likes."""

    country: str = "GB"
    currency: str = "GBP"
    currencies: bool = False
    taxed: bool = True
    own_numbers: bool = True
    unique_numbers: bool = True
    estimates: bool = True
    vendors: dict[str, str] = field(default_factory=dict)
    """Names by id."""
    tables: dict[str, list[Row]] = field(
        default_factory=lambda: {"Term": [], **{name: [] for name in FIELDS}, "Item": []}
    )
    _ids: count = field(default_factory=lambda: count(1))
    _numbers: count = field(default_factory=lambda: count(1001))
    _ticks: count = field(default_factory=count)

    @property
    def all_tables(self) -> dict[str, list[Row]]:
        company = {"Id": "1", "CompanyName": "Testers & Co", "Country": self.country}
        preferences = {
            "Id": "1",
            "SalesFormsPrefs": {"CustomTxnNumbers": self.own_numbers, "AllowEstimates": self.estimates},
            "TaxPrefs": {"UsingSalesTax": self.taxed},
            "CurrencyPrefs": {
                "MultiCurrencyEnabled": self.currencies,
                "HomeCurrency": {"value": self.currency},
            },
        }
        return self.tables | {"CompanyInfo": [company], "Preferences": [preferences]}

    def now(self) -> str:
        """Its own clock goes on by a second with whatever happens."""
        return (BEGINNING + timedelta(seconds=next(self._ticks))).isoformat()

    def add(self, entity: str, **values: object) -> Row:
        """As people enter it there."""
        stamp = self.now()
        row = {"Id": str(next(self._ids)), "SyncToken": "0", "Active": True} | values
        row["MetaData"] = {"CreateTime": stamp, "LastUpdatedTime": stamp}
        self.tables[entity].append(row)
        return row

    def change(self, row: Row, **values: object) -> None:
        row |= values
        row["SyncToken"] = str(int(row["SyncToken"]) + 1)
        row["MetaData"] = row["MetaData"] | {"LastUpdatedTime": self.now()}

    def marked(self, key: str) -> list[Row]:
        """The estimates and invoices that bear the key."""
        return [row for entity in ("Estimate", "Invoice") for row in self.tables[entity] if key in row["PrivateNote"]]

    def write(self, entity: str, values: Row, operation: str = "") -> Row:
        """Raises `RefusalError`."""
        _check_fields(values, FIELDS[entity])
        if "Id" in values:
            return self._changed(entity, values, operation)
        if entity == "Customer":
            self._check_name(values)
            return self.add(entity, **values)
        return self.add(entity, **self._sale(entity, values))

    def _changed(self, entity: str, values: Row, operation: str) -> Row:
        row = next((row for row in self.tables[entity] if row["Id"] == values["Id"]), None)
        if row is None:
            raise RefusalError("610", "Object Not Found")
        if row["SyncToken"] != values["SyncToken"]:
            raise RefusalError("5010", "Stale Object Error", "You and somebody else were working on this.")
        if operation == "void":
            note = f"Voided - {row['PrivateNote']}"
            self.change(row, PrivateNote=note, TotalAmt=Decimal(0), Balance=Decimal(0), TxnTaxDetail={"TotalTax": 0})
        else:
            assert values["sparse"], "what is left out would be emptied"
            self.change(row, **{name: value for name, value in values.items() if name not in {"SyncToken", "sparse"}})
        return row

    def _check_name(self, values: Row) -> None:
        name = values["DisplayName"]
        if not name or any(sign in name for sign in ":\t\n"):
            raise RefusalError("6000", "A business validation error has occurred", "Name with a colon, tab or newline")
        for row in self.tables["Customer"]:
            if row["DisplayName"] == name:
                raise _taken_name(row["Id"])
        for number, vendor in self.vendors.items():
            if vendor == name:
                raise _taken_name(number)

    def _sale(self, entity: str, values: Row) -> Row:
        if entity == "Estimate" and not self.estimates:
            raise RefusalError("5020", "Permission Denied Error", "Estimates are turned off.")
        self._of("Customer", values["CustomerRef"])
        self._check_number(entity, values)
        if self.currencies and "CurrencyRef" not in values:
            raise RefusalError("2020", "Required param missing", "CurrencyRef")
        lines = values["Line"]
        for line in lines:
            _check_fields(line, LINE)
            _check_fields(line["SalesItemLineDetail"], DETAIL)
            self._check_line(line)
        net = sum(line["Amount"] for line in lines)
        tax = sum((self._tax(line) for line in lines), Decimal(0)).quantize(CENT, ROUND_HALF_UP)
        if net < 0:
            raise RefusalError("6000", "A business validation error has occurred", "The total is below zero.")
        number = {} if self.own_numbers else {"DocNumber": str(next(self._numbers))}
        total = {"TotalAmt": net + tax, "TxnTaxDetail": {"TotalTax": tax}} | (
            {"Balance": net + tax} if entity == "Invoice" else {}
        )
        subtotal = {"DetailType": "SubTotalLineDetail", "Amount": net, "SubTotalLineDetail": {}}
        return {"PrivateNote": ""} | values | {"Line": [*lines, subtotal]} | number | total | _moved(values)

    def _check_number(self, entity: str, values: Row) -> None:
        number = values.get("DocNumber")
        assert self.own_numbers or number is None, "a number of our own can make duplicates there"
        if number and self.unique_numbers and any(row["DocNumber"] == number for row in self.tables[entity]):
            raise RefusalError("6140", "Duplicate Document Number Error", f"Duplicate number {number}")

    def _check_line(self, line: Row) -> None:
        detail = line["SalesItemLineDetail"]
        self._of("Item", detail["ItemRef"])
        quantity, price, amount = (Decimal(each) for each in (detail["Qty"], detail["UnitPrice"], line["Amount"]))
        product = quantity * price
        if amount != (product if quantity == quantity // 1 else product.quantize(CENT, ROUND_HALF_UP)):
            raise RefusalError("6070", "Amount calculation incorrect in the request", f"Supplied value:{amount}")
        code = detail.get("TaxCodeRef", {}).get("value")
        if self.taxed and self.country == "US" and code not in {"TAX", "NON"}:
            raise RefusalError("6100", "Invalid Line TaxCode in the request", f"Supplied value:{code}")
        if self.taxed and self.country != "US" and code not in RATES:
            raise RefusalError("6000", "A business validation error has occurred", "Every line needs a VAT rate.")

    def _tax(self, line: Row) -> Decimal:
        code = line["SalesItemLineDetail"].get("TaxCodeRef", {}).get("value")
        return line["Amount"] * RATES[code] if self.taxed else Decimal(0)

    def _of(self, entity: str, reference: Row) -> None:
        if not any(row["Id"] == reference["value"] and row["Active"] for row in self.tables[entity]):
            raise RefusalError("610", "Object Not Found", f"{entity} {reference['value']} was made inactive.")


def _check_fields(values: Row, known: dict[str, object]) -> None:
    for name, value in values.items():
        assert name in known, f"QuickBooks has no field {name}"
        limit = known[name]
        if isinstance(limit, int) and len(value) > limit:
            raise RefusalError("2050", "String length is too long", f"{name} supports up to {limit} characters")
        if isinstance(limit, frozenset):
            assert value.keys() <= limit, f"QuickBooks has no {name} with {value.keys() - limit}"


def _taken_name(number: str) -> RefusalError:
    return RefusalError("6240", "Duplicate Name Exists Error", f"The name supplied already exists. : Id={number}")


def _moved(values: Row) -> Row:
    """Parts of an address come back in other lines than they went."""
    address = values.get("ShipAddr", {})
    return (
        {"ShipAddr": {f"Line{place}": part for place, part in enumerate(address.values(), start=2)}} if address else {}
    )
