"""The real invoice lines that the sample company is made from."""

import csv
import gzip
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

GOODS = re.compile(r"\d{5}[A-Z]{0,2}")
SHIFT = timedelta(days=5449)
"""Moves the last day of the source, 2011-12-09, to 2026-11-09."""
CARRIAGE = "next day carriage"
REMARKS = {"found", "check", "damaged", "damages", "???missing", "on cargo order"}
"""What the warehouse wrote where a product's name belongs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One product sold on one invoice; `customer` is empty where the source does not know it."""

    invoice: str
    sku: str
    name: str
    quantity: int
    day: date
    price: Decimal
    customer: str
    country: str


def read_sales(path: Path) -> list[Line]:
    """Every line that sold goods, in a fixed order: no returns, fees, adjustments or gifts."""
    with gzip.open(path) as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="") as text:
        lines = [_line(row) for row in csv.DictReader(text) if _is_sale(row)]
    return sorted(lines, key=lambda line: (line.day, line.invoice, line.sku, line.quantity, line.price))


def _is_sale(row: dict[str, str]) -> bool:
    return (
        GOODS.fullmatch(row["StockCode"].upper()) is not None
        and row["Description"].lower() != CARRIAGE
        and not row["InvoiceNo"].startswith("C")
        and int(row["Quantity"]) > 0
        and _pence(row["UnitPrice"]) > 0
    )


def _pence(amount: str) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


def _line(row: dict[str, str]) -> Line:
    name = " ".join(row["Description"].split())
    return Line(
        invoice=row["InvoiceNo"],
        sku=row["StockCode"].upper(),
        name="" if name.lower() in REMARKS else name,
        quantity=int(row["Quantity"]),
        day=datetime.fromisoformat(row["InvoiceDate"]).date(),
        price=_pence(row["UnitPrice"]),
        customer=row["CustomerID"].removesuffix(".0"),
        country=row["Country"],
    )
