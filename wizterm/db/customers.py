"""Reading the rep's part of the replica: customers, and what they bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wizterm.db.replica_reader import ReplicaReader, amount, prefixes
from wizterm.domain.customer import Address, Contact, Customer
from wizterm.domain.document import Kind, State
from wizterm.domain.likeness import Sketch
from wizterm.domain.product import Bought

_CUSTOMER = "id, number, name, price_list, payment_terms, credit_limit, balance, order_minimum"


@dataclass(frozen=True, slots=True)
class Purchase:
    """One line of an order this customer placed before."""

    order_number: str
    date: date
    sku: str
    quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class ToldOrder:
    """An order or quote of the customer as the company has it, whoever took it."""

    id: str
    kind: Kind
    number: str
    external: str
    """The ERP's number."""
    date: date
    lines: int
    total: Decimal
    state: State
    rep: str


class Customers:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader

    def find(self, text: str, limit: int) -> list[Customer]:
        """Customers whose name or number has words that begin with the text's; by name."""
        words = prefixes(text)
        where, values = (
            ("", ())
            if not words
            else (
                "WHERE row IN (SELECT rowid FROM customers_text WHERE customers_text MATCH ?)",
                (words,),
            )
        )
        rows = self._reader.rows(
            f"SELECT {_CUSTOMER} FROM customers {where} ORDER BY name COLLATE NOCASE, id LIMIT ?", (*values, limit)
        )
        return self._customers(rows)

    def count(self) -> int:
        return int(self._reader.rows("SELECT count(*) FROM customers")[0][0])

    def sketches(self) -> list[Sketch]:
        """Everybody, as far as it takes to know them again."""
        reach: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for customer, email, phone in self._reader.rows("SELECT customer, email, phone FROM contacts"):
            reach[customer].append((email, phone))
        towns = dict(self._reader.rows("SELECT customer, city FROM addresses ORDER BY kind"))
        return [
            Sketch(
                id_,
                name,
                towns.get(id_, ""),
                tuple(email for email, _ in reach[id_] if email),
                tuple(phone for _, phone in reach[id_] if phone),
            )
            for id_, name in self._reader.rows("SELECT id, name FROM customers")
        ]

    def get(self, customer_id: str) -> Customer | None:
        rows = self._reader.rows(f"SELECT {_CUSTOMER} FROM customers WHERE id = ?", (customer_id,))
        return next(iter(self._customers(rows)), None)

    def bought(self, customer: str, skus: Sequence[str]) -> dict[str, Bought]:
        """What the customer has had before of these products."""
        rows = self._reader.many(
            "SELECT sku, count(*), quantity, max(date) FROM history WHERE customer = ? AND sku IN ({}) GROUP BY sku",
            (customer,),
            skus,
        )
        return {sku: Bought(times, Decimal(quantity), last) for sku, times, quantity, last in rows}

    def told(self, customer: str, numbers: Sequence[str]) -> set[str]:
        """Which of these orders the history tells of."""
        query = "SELECT DISTINCT order_number FROM history WHERE customer = ? AND order_number IN ({})"
        return {number for (number,) in self._reader.many(query, (customer,), numbers)}

    def orders(self, customer: str) -> list[ToldOrder]:
        """What the company has of them, newest first."""
        rows = self._reader.rows(
            "SELECT id, kind, number, external, date, lines, total, state, rep FROM orders WHERE customer = ? "
            "ORDER BY date DESC, id DESC",
            (customer,),
        )
        return [
            ToldOrder(
                id_, Kind(kind), number, external, date.fromisoformat(day), lines, Decimal(total), State(state), rep
            )
            for id_, kind, number, external, day, lines, total, state, rep in rows
        ]

    def purchases(self, customer: str) -> list[Purchase]:
        """All order lines of the customer, newest order first."""
        rows = self._reader.rows(
            "SELECT order_number, date, sku, quantity, unit_price FROM history WHERE customer = ? "
            "ORDER BY date DESC, order_number DESC, row",
            (customer,),
        )
        return [
            Purchase(number, date.fromisoformat(day), sku, Decimal(quantity), Decimal(price))
            for number, day, sku, quantity, price in rows
        ]

    def purchases_of(self, customer: str, sku: str, limit: int) -> list[Purchase]:
        """The customer's latest order lines of one product, newest first."""
        rows = self._reader.rows(
            "SELECT order_number, date, sku, quantity, unit_price FROM history WHERE customer = ? AND sku = ? "
            "ORDER BY date DESC, row DESC LIMIT ?",
            (customer, sku, limit),
        )
        return [
            Purchase(number, date.fromisoformat(day), sku, Decimal(quantity), Decimal(price))
            for number, day, sku, quantity, price in rows
        ]

    def _customers(self, rows: list[tuple[Any, ...]]) -> list[Customer]:
        ids = [row[0] for row in rows]
        contacts = defaultdict(list)
        for customer, *contact in self._reader.many(
            "SELECT customer, name, email, phone FROM contacts WHERE customer IN ({}) ORDER BY row", (), ids
        ):
            contacts[customer].append(Contact(*contact))
        addresses = {
            (customer, kind): Address(*address)
            for customer, kind, *address in self._reader.many(
                "SELECT customer, kind, line, city, postcode, country FROM addresses WHERE customer IN ({})", (), ids
            )
        }
        return [_customer(row, contacts[row[0]], addresses) for row in rows]


def _customer(row: tuple[Any, ...], contacts: list[Contact], addresses: dict[tuple[str, str], Address]) -> Customer:
    key, number, name, price_list, terms, credit_limit, balance, minimum = row
    return Customer(
        id=key,
        name=name,
        number=number,
        price_list=price_list,
        contacts=tuple(contacts),
        billing=addresses.get((key, "billing"), Address()),
        shipping=addresses.get((key, "shipping"), Address()),
        payment_terms=terms,
        credit_limit=amount(credit_limit),
        balance=amount(balance),
        order_minimum=amount(minimum),
    )
