"""The shape of catalog.db: what a catalogue file holds and what changes are applied to.

The server builds the file, the device applies changes to it, so the shape is part of the protocol. Amounts,
quantities and dates are text; moments are epoch milliseconds. Products are numbered in the order they sell: FTS5
answers in row order, so the best sellers come first without ranking.

A schema only adds: a column says behind its name which schema brought it (`weight@2`), a table and a statement too. So
the server can make what an older device reads by leaving out what that device does not know.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

import msgspec

from wizterm.protocol.catalogue import Digest, Value
from wizterm.protocol.facets import FACETS_OF_PRODUCT, teach

SCHEMA: Final = 2
SERVED: Final = range(max(1, SCHEMA - 2), SCHEMA + 1)
"""What the server still makes: devices may be two versions behind it, and never ahead."""
APPLICATION_ID: Final = 0x57697A43
"""'WizC' in the file's header."""


@dataclass(frozen=True, slots=True)
class Table:
    """A replicated table; its first column is its key and its public id."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rep_part: bool = False
    """Whether it belongs to the rep (and never stands in a shared file) or to the catalogue."""
    customer: str = ""
    """The column that names the customer a row belongs to; such rows go when the customer goes."""
    rep: str = ""
    """The column that names the rep a row belongs to, where it belongs to no customer."""
    since: int = 1
    """The schema that brought it."""
    columns_since: tuple[int, ...] = ()
    """The same of each column; empty where they all came with the table."""

    @property
    def key(self) -> str:
        return self.columns[0]

    def width(self, schema: int) -> int:
        """How many of the columns that schema has: later ones stand behind earlier ones."""
        return sum(since <= schema for since in self.columns_since) if self.columns_since else len(self.columns)

    def at(self, schema: int) -> Table:
        """The table as that schema knows it."""
        width = self.width(schema)
        return replace(
            self,
            columns=self.columns[:width],
            types=self.types[:width],
            columns_since=self.columns_since[:width],
        )


def table(
    name: str, columns: str, *, rep_part: bool = False, customer: str = "", rep: str = "", since: int = 1
) -> Table:
    """Columns as 'name:type@schema …'; without a type they are text, without a schema they came with the table."""
    parsed = [column.partition("@") for column in columns.split()]
    pairs = [words.partition(":") for words, _, _ in parsed]
    return Table(
        name,
        tuple(name for name, _, _ in pairs),
        tuple((kind or "text").upper() for _, _, kind in pairs),
        rep_part,
        customer,
        rep,
        since,
        tuple(int(schema or since) for _, _, schema in parsed),
    )


TABLES: Final = (
    table("price_lists", "id name currency falls_back:integer is_default:integer order_minimum"),
    table(
        "products",
        "sku name description category brand gtin unit case_quantity moq ioq order_limit base_price base_currency "
        "discontinued:integer family colour size listed_on no_discount:integer max_discount floor_price "
        "counts_together:integer tax_code",
    ),
    table("prices", "id price_list sku min_quantity price valid_from valid_to"),
    table("stock", "sku quantity counted_at:integer"),
    table("units", "id sku code factor gtin"),
    table("tax_rates", "id code country rate inclusive:integer on_sum:integer"),
    table(
        "promotions",
        "id name off value valid_from valid_to customers price_lists skus families threshold combined:integer cap "
        "adds_up:integer",
    ),
    table("fees", "id name off value tax_code"),
    table("media", "id sku position:integer sha256 bytes:integer mime"),
    table("attributes", "id sku name value position:integer"),
    table("collections", "id name sku position:integer"),
    table("modifiers", "id sku name least:integer most:integer position:integer"),
    table("modifier_options", "id modifier sku name surcharge currency position:integer"),
    table("codes", "code sku unit", since=2),
    table(
        "customers",
        "id number name price_list payment_terms credit_limit balance order_minimum rep",
        rep_part=True,
        customer="id",
    ),
    table("contacts", "id customer name email phone", rep_part=True, customer="customer"),
    table("addresses", "id customer kind line city postcode country", rep_part=True, customer="customer"),
    table(
        "contracts",
        "id customer sku min_quantity price currency valid_from valid_to",
        rep_part=True,
        customer="customer",
    ),
    table(
        "history",
        "id customer order_number date sku quantity unit_price",
        rep_part=True,
        customer="customer",
    ),
    table("wishlists", "id customer sku wished_on", rep_part=True, customer="customer"),
    table(
        "rep_limits",
        "rep most_line_discount most_cart_discount may_type_prices:integer may_switch_lists:integer code_key "
        "may_credit:integer",
        rep_part=True,
        rep="rep",
    ),
    table("approvers", "id rep code name pin_hash salt most", rep_part=True, rep="rep"),
    table(
        "orders",
        "id customer kind number external date lines:integer currency total state rep",
        rep_part=True,
        customer="customer",
        since=2,
    ),
)
BY_NAME: Final = {table.name: table for table in TABLES}
CATALOGUE_PART: Final = tuple(table for table in TABLES if not table.rep_part)
REP_PART: Final = tuple(table for table in TABLES if table.rep_part)

_INDEXES: Final = (
    "CREATE INDEX prices_by_sku ON prices (sku, price_list)",
    "CREATE INDEX prices_by_list ON prices (price_list)",
    "CREATE INDEX products_by_gtin ON products (gtin) WHERE gtin <> ''",
    "CREATE INDEX products_by_category ON products (category)",
    "CREATE INDEX products_by_family ON products (family) WHERE family <> ''",
    "CREATE INDEX units_by_sku ON units (sku)",
    "CREATE INDEX units_by_gtin ON units (gtin) WHERE gtin <> ''",
    "CREATE INDEX media_by_sku ON media (sku, position)",
    "CREATE INDEX attributes_by_sku ON attributes (sku, position)",
    "CREATE INDEX collections_by_sku ON collections (sku)",
    "CREATE INDEX modifiers_by_sku ON modifiers (sku, position)",
    "CREATE INDEX modifier_options_by_sku ON modifier_options (sku, position)",
    "CREATE INDEX customers_by_name ON customers (name)",
    "CREATE INDEX customers_by_number ON customers (number)",
    "CREATE INDEX contacts_by_customer ON contacts (customer)",
    "CREATE INDEX addresses_by_customer ON addresses (customer)",
    "CREATE INDEX contracts_by_customer ON contracts (customer, sku)",
    "CREATE INDEX history_by_customer ON history (customer, sku, date)",
    "CREATE INDEX wishlists_by_customer ON wishlists (customer)",
)

_TEXT_INDEXES: Final = (
    """CREATE VIRTUAL TABLE products_text USING fts5 (
        name, sku, gtin, description, lists, facets, content='products', content_rowid='row',
        tokenize="unicode61 remove_diacritics 2", prefix='1 2 3')""",
    """CREATE VIRTUAL TABLE customers_text USING fts5 (
        name, number, content='customers', content_rowid='row',
        tokenize="unicode61 remove_diacritics 2", prefix='1 2 3')""",
    "CREATE TABLE replica (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

_SECOND: Final = (
    "CREATE INDEX orders_by_customer ON orders (customer, date)",
    "CREATE INDEX codes_by_sku ON codes (sku)",
    "CREATE INDEX history_by_order ON history (customer, order_number)",
)

_EMPTY: Final = {"TEXT": "''", "INTEGER": "0"}
_STATEMENTS: Final = {1: (*_INDEXES, *_TEXT_INDEXES), 2: _SECOND}
"""By the schema that brought them."""

LISTS_OF_PRODUCT: Final = """
    SELECT coalesce(group_concat('l' || lower(hex(list)), ' '), '') FROM (
        SELECT price_list AS list FROM prices WHERE prices.sku = products.sku
        UNION
        SELECT id FROM price_lists WHERE falls_back AND products.base_price <> ''
            AND products.base_currency = price_lists.currency
        ORDER BY 1)
"""
"""The price lists that show a product, as tokens for the text index."""


def list_token(price_list: str) -> str:
    """A price list's id as one word of the text index, whatever characters it has."""
    return "l" + price_list.encode().hex()


def known(schema: int, tables: Iterable[Table] = TABLES) -> tuple[Table, ...]:
    """The tables of that schema, with the columns they had."""
    return tuple(table.at(schema) for table in tables if table.since <= schema)


def create(connection: sqlite3.Connection, schema: int = SCHEMA, tables: Iterable[Table] = TABLES) -> None:
    """Lay out an empty replica."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema}")
    for table in known(schema, tables):
        connection.execute(_ddl(table))
    for since, statements in _STATEMENTS.items():
        for statement in statements if since <= schema else ():
            connection.execute(statement)


def added(found: int, schema: int, tables: Iterable[Table] = TABLES) -> Iterator[str]:
    """The statements that make a replica of one schema into one of a later schema, whose new columns are empty."""
    before = {table.name: table for table in known(found, tables)}
    for table in known(schema, tables):
        if table.name not in before:
            yield _ddl(table)
            continue
        width = len(before[table.name].columns)
        for name, kind in zip(table.columns[width:], table.types[width:], strict=True):
            yield f"ALTER TABLE {table.name} ADD COLUMN {name} {kind} NOT NULL DEFAULT {_EMPTY[kind]}"
    for since, statements in _STATEMENTS.items():
        yield from statements if found < since <= schema else ()
    yield f"PRAGMA user_version = {schema}"


def fill(connection: sqlite3.Connection, table: Table, rows: Iterable[Sequence[Value]]) -> None:
    """Put rows into a fresh replica, in the order given; text indexes follow with `index_all`."""
    marks = ", ".join("?" for _ in table.columns)
    connection.executemany(
        f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})",  # noqa: S608 - names from TABLES
        rows,
    )


def index_all(connection: sqlite3.Connection) -> None:
    """Say which lists show each product and what it is filtered by, and build both text indexes from what is there."""
    teach(connection)
    connection.execute(
        f"UPDATE products SET lists = ({LISTS_OF_PRODUCT}), facets = ({FACETS_OF_PRODUCT})"  # noqa: S608 - constants of the protocol
    )
    connection.execute("INSERT INTO products_text (products_text) VALUES ('rebuild')")
    connection.execute("INSERT INTO customers_text (customers_text) VALUES ('rebuild')")


def row_hash(table: str, row: Sequence[Value]) -> int:
    """63 bits that both ends compute alike; their sum mod 2^63 is a table's digest."""
    return int.from_bytes(blake2b(msgspec.json.encode((table, list(row))), digest_size=8).digest(), "big") >> 1


def digest(table: Table, rows: Iterable[Sequence[Value]]) -> Digest:
    count = total = 0
    for row in rows:
        count += 1
        total = (total + row_hash(table.name, row)) % 2**63
    return Digest(table=table.name, count=count, sum=total)


def _ddl(table: Table) -> str:
    columns = [f"{name} {kind} NOT NULL" for name, kind in zip(table.columns, table.types, strict=True)]
    columns[0] += " UNIQUE"
    if table.name == "products":
        columns += ["lists TEXT NOT NULL DEFAULT ''", "facets TEXT NOT NULL DEFAULT ''"]
    return f"CREATE TABLE {table.name} (row INTEGER PRIMARY KEY, {', '.join(columns)})"
