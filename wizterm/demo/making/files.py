"""The tables of the sample company as files: plain CSV while small, packed when not."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

PLAIN_LIMIT = 16_000
"""Bytes; a larger table is packed."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "price_lists": ("id", "name", "currency", "falls_back_to_base", "default", "order_minimum"),
    "products": (
        "sku",
        "name",
        "description",
        "category",
        "brand",
        "gtin",
        "unit",
        "case_quantity",
        "moq",
        "ioq",
        "order_limit",
        "base_price",
        "discontinued",
        "family",
        "colour",
        "size",
        "listed_on",
        "tax_code",
    ),
    "attributes": ("sku", "attribute", "value"),
    "collections": ("collection", "sku"),
    "modifiers": ("sku", "modifier", "option", "surcharge", "currency", "least", "most"),
    "prices": ("price_list", "sku", "min_quantity", "price", "valid_from", "valid_to"),
    "stock": ("sku", "quantity"),
    "units": ("sku", "code", "factor", "gtin"),
    "tax_rates": ("code", "rate", "country", "inclusive", "on_sum"),
    "fees": ("fee", "name", "percent", "amount", "tax_code"),
    "promotions": (
        "promotion",
        "name",
        "percent",
        "amount",
        "valid_from",
        "valid_to",
        "customers",
        "price_lists",
        "skus",
        "families",
        "threshold",
        "combined",
        "cap",
        "adds_up",
    ),
    "customers": (
        "number",
        "name",
        "contact",
        "email",
        "phone",
        "billing_address",
        "billing_city",
        "billing_postcode",
        "billing_country",
        "shipping_address",
        "shipping_city",
        "shipping_postcode",
        "shipping_country",
        "price_list",
        "payment_terms",
        "credit_limit",
        "balance",
        "order_minimum",
        "rep",
    ),
    "contracts": ("customer", "sku", "min_quantity", "price", "currency", "valid_from", "valid_to"),
    "history": ("customer", "order_number", "date", "sku", "quantity", "unit_price"),
    "wishlists": ("customer", "sku", "wished_on"),
}

Row = Mapping[str, object]


def write_table(folder: Path, table: str, rows: Iterable[Row]) -> Path:
    """Write one table; a column that a row leaves out stays empty, an unknown column is an error."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS[table], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    data = text.getvalue().encode()
    plain, packed = folder / f"{table}.csv", folder / f"{table}.csv.gz"
    path, other = (plain, packed) if len(data) <= PLAIN_LIMIT else (packed, plain)
    other.unlink(missing_ok=True)
    path.write_bytes(data if path is plain else _pack(data))
    return path


def read_table(folder: Path, table: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(table_bytes(folder, table).decode(), newline=""))


def table_bytes(folder: Path, table: str) -> bytes:
    """Return the CSV text of a table, unpacked if need be."""
    plain = folder / f"{table}.csv"
    return plain.read_bytes() if plain.exists() else gzip.decompress(plain.with_suffix(".csv.gz").read_bytes())


def _pack(data: bytes) -> bytes:
    """Pack without the name and the time that would make every build differ."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as packer:
        packer.write(data)
    return buffer.getvalue()
