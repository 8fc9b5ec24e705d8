"""The company in the stand-in: its items, contacts and papers, with Zoho's arithmetic and Zoho's refusals."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
FIRST_ID = 4815000000044001
ORGANIZATION = "10234695"
Row = dict[str, Any]


class NoError(Exception):
    """Zoho's no, with its number and its status."""

    def __init__(self, code: int, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.code, self.status = code, status


@dataclass
class Company:
    product: str = "inventory"
    rounding: str = ROUND_HALF_UP
    loose: bool = False
    """A second estimate with a number is taken: nobody says that it is not."""
    items: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    pricebooks: list[Row] = field(default_factory=list)
    papers: dict[str, list[Row]] = field(default_factory=lambda: {"salesorders": [], "estimates": []})
    places: dict[str, list[Row]] = field(default_factory=dict)
    """By contact."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    _ids: int = FIRST_ID

    def new_id(self) -> str:
        self._ids += 1
        return str(self._ids)

    def add_item(self, sku: str, name: str, rate: str, *, tax: str = "0", **other: Any) -> Row:
        row = {"item_id": self.new_id(), "sku": sku, "name": name, "rate": float(rate), "status": "active"}
        self.items.append(row | {"tax_percentage": float(tax), "item_type": "inventory"} | other)
        return self.items[-1]

    def add_contact(self, said: Row) -> Row:
        if any(each["contact_name"] == said["contact_name"] for each in self.contacts):
            words = f'The customer "{said["contact_name"]}" already exists. Please specify a different name.'
            raise NoError(3062, words)
        row = {"contact_id": self.new_id(), "contact_type": "customer", "status": "active", "currency_code": "GBP"}
        row |= {"last_modified_time": f"2026-03-02T09:00:{len(self.contacts) % 60:02d}+0000"} | said
        self.contacts.append(row)
        self.places[row["contact_id"]] = []
        for use in ("billing_address", "shipping_address"):
            if any((said.get(use) or {}).values()):
                self.add_place(row["contact_id"], said[use])
        return row

    def add_place(self, contact: str, said: Row) -> Row:
        place = {"address_id": self.new_id()} | said
        self.places[self.of("contacts", contact)["contact_id"]].append(place)
        return place

    def add_paper(self, kind: str, said: Row) -> Row:
        number, id_ = numbers(kind)
        unique = kind == "salesorders" or not self.loose
        if unique and any(each[number] == said[number] for each in self.papers[kind]):
            raise NoError(
                36004, f"This {'sales order' if kind == 'salesorders' else 'estimate'} number already exists."
            )
        customer = self.of("contacts", said["customer_id"])
        if "shipping_address_id" in said:
            here = [place["address_id"] for place in self.places[customer["contact_id"]]]
            if said["shipping_address_id"] not in here:
                raise NoError(1002, "Shipping address does not exist.")
        lines = [self._line(line) for line in said["line_items"]]
        made = said | {id_: self.new_id(), "status": "draft", "line_items": lines}
        self.papers[kind].append(made | self._totals(lines, inclusive=said.get("is_inclusive_tax", False)))
        return self.papers[kind][-1]

    def set_status(self, kind: str, id_: str, wanted: str) -> None:
        row = self.of(kind, id_)
        row["status"] = {"confirmed": "open" if self.product == "books" else "confirmed"}.get(wanted, wanted)

    def delete(self, kind: str, id_: str) -> None:
        self.papers[kind].remove(self.of(kind, id_))

    def of(self, kind: str, id_: str) -> Row:
        rows = {"items": self.items, "contacts": self.contacts, **self.papers}[kind]
        name = {"items": "item_id", "contacts": "contact_id"}.get(kind) or numbers(kind)[1]
        for row in rows:
            if row[name] == id_:
                return row
        raise NoError(1002, f"{kind[:-1].capitalize()} does not exist.", 404)

    def named(self, number: str) -> list[Row]:
        """All papers with this number: people who work there look for one."""
        return [row for kind, rows in self.papers.items() for row in rows if row[numbers(kind)[0]] == number]

    def _line(self, said: Row) -> Row:
        item = self.of("items", said["item_id"])
        if said["quantity"] <= 0:
            raise NoError(1019, "Quantity should be greater than zero.")
        total = (said["quantity"] * said["rate"]).quantize(CENT, self.rounding)
        return said | {"sku": item["sku"], "item_total": total, "tax_percentage": Decimal(str(item["tax_percentage"]))}

    def _totals(self, lines: list[Row], *, inclusive: bool) -> Row:
        whole = sum((line["item_total"] for line in lines), Decimal(0))
        if inclusive:
            net = sum((line["item_total"] / (1 + line["tax_percentage"] / 100) for line in lines), Decimal(0))
            return {"sub_total": net.quantize(CENT, self.rounding), "total": whole}
        tax = sum((line["item_total"] * line["tax_percentage"] / 100 for line in lines), Decimal(0))
        return {"sub_total": whole, "total": whole + tax.quantize(CENT, self.rounding)}


def numbers(kind: str) -> tuple[str, str]:
    """The names of a paper's number and id."""
    return ("estimate_number", "estimate_id") if kind == "estimates" else ("salesorder_number", "salesorder_id")


def furnished(product: str) -> Company:
    """What the tests of all connectors ask for: a customer C1 and the goods of the shop."""
    company = Company(product)
    company.add_item("MUG", "Mug", "4.5", ean=4006381333931, unit="pcs", stock_on_hand=250)
    company.add_item("TRAY", "Tray", "12", description="Beech", locations=[{"location_stock_on_hand": "40"}])
    company.add_item("LAMP", "Lamp", "30", tax="20", stock_on_hand=1000)
    company.add_item("FREIGHT", "Freight", "7.5", item_type="sales")
    home = {"address": "5 High Street", "street2": "", "city": "York", "zip": "YO1 1AA", "country": "GB"}
    known = {"email": "c1@example.com", "phone": "+44 1904 555 010", "first_name": "Ann", "last_name": "Bell"}
    company.add_contact({"contact_name": "C1", "billing_address": home, "shipping_address": home} | known)
    company.add_contact({"contact_name": "Market", "outstanding_receivable_amount": 120.5})
    company.add_contact({"contact_name": "Potter", "contact_type": "vendor"})
    return company
