"""What a stand-in for Business Central keeps: customers, items, orders and quotes, with the rules that matter here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from uuid import UUID

from tests.support.business_central_fields import CODE, DAY, GIVEN, LINES, NUMBER, TAKEN

CENT = Decimal("0.01")
TAX = Decimal("1.2")
LOCAL = "GBP"


class RefusalError(Exception):
    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


@dataclass
class Books:
    tables: dict[str, list[dict]] = field(default_factory=dict)
    price_first: bool = False
    """Whether a price is filled in before the quantity, which then fills in the item's own."""
    keeps_prices: bool = False
    """Whether an item's own price stands against any other."""
    off_whole: Decimal = Decimal(0)
    """What a customer's terms take off every new document."""
    refuses: str = ""
    """Words with which every line for this item is refused: `TRAY: words`."""
    _ids: count = field(default_factory=lambda: count(1))
    _now: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def rows(self, entity: str) -> list[dict]:
        return self.tables.setdefault(entity, [])

    def add(self, entity: str, **values: object) -> dict:
        """As somebody there does."""
        row = dict.fromkeys(GIVEN.get(entity, ())) | values
        row |= {"id": str(UUID(int=next(self._ids)))}
        self.touch(row)
        self.rows(entity).append(row)
        return row

    def touch(self, row: dict) -> None:
        """A change: the tag is another from now on."""
        self._now += timedelta(seconds=1)
        row["lastModifiedDateTime"] = self._now.strftime("%Y-%m-%dT%H:%M:%S.%f0Z")
        row["@odata.etag"] = f'W/"{next(self._ids)}"'

    def row(self, entity: str, id_: str) -> dict:
        for row in self.rows(entity):
            if row["id"] == id_:
                return row
        raise RefusalError("BadRequest_NotFound", f"Bad Request - Error in query syntax: {entity}.", 404)

    def lines(self, entity: str, document: dict) -> list[dict]:
        found = [line for line in self.rows(LINES[entity]) if line["documentId"] == document["id"]]
        return sorted(found, key=lambda line: line["sequence"])

    def marked(self, key: str, entity: str = "salesOrders") -> list[dict]:
        """Documents with their lines."""
        return [
            row | {"lines": self.lines(entity, row)}
            for row in self.rows(entity)
            if row["externalDocumentNumber"].startswith(key)
        ]

    def create_customer(self, values: dict) -> dict:
        values = self._taken("customers", values)
        if self._named("customers", values["number"]):
            raise RefusalError("Internal_EntityWithSameKeyExists", "The Customer already exists.")
        return self.add("customers", **values)

    def create_sale(self, entity: str, values: dict) -> dict:
        """The head alone, its lines come one after the other."""
        values = self._taken(entity, {name: said for name, said in values.items() if name != LINES[entity]})
        if not self._named("customers", values.get("customerNumber", "")):
            raise RefusalError("Application_DialogException", "The sell-to customer cannot be found.")
        if values.get("currencyCode", LOCAL) not in {LOCAL, "EUR"}:
            raise RefusalError("Application_DialogException", 'The "currencyCode" does not match to a Currency.')
        number = f"{'S-QUO' if entity == 'salesQuotes' else 'S-ORD'}{1000 + next(self._ids)}"
        return self.add(
            entity, **{"discountAmount": self.off_whole} | values, number=number, status="Draft", fullyShipped=False
        )

    def add_line(self, entity: str, document: dict, values: dict) -> dict:
        values = self._taken(LINES[entity], values)
        line = {"quantity": Decimal(0), "unitPrice": Decimal(0), "discountAmount": Decimal(0), "shippedQuantity": 0}
        line |= {"documentId": document["id"], "sequence": 10_000 * (len(self.lines(entity, document)) + 1)}
        if values["lineType"] == "Item":
            line |= self._goods(values)
        self._fill(line, values)
        made = self.add(LINES[entity], **line)
        self.touch(document)
        return made

    def change(self, entity: str, row: dict, values: dict) -> None:
        values = self._taken(entity, values)
        if entity in LINES.values():
            self._fill(row, values)
        else:
            row |= values
        self.touch(row)

    def remove(self, entity: str, row: dict) -> None:
        self.rows(entity).remove(row)

    def totals(self, entity: str, document: dict) -> dict:
        net = [
            (line["quantity"] * line["unitPrice"]).quantize(CENT, ROUND_HALF_UP) - line["discountAmount"]
            for line in self.lines(entity, document)
        ]
        said = sum(net, Decimal(0)) - document["discountAmount"]
        if document.get("pricesIncludeTax"):
            untaxed, taxed = (said / TAX).quantize(CENT, ROUND_HALF_UP), said
        else:
            untaxed, taxed = said, (said * TAX).quantize(CENT, ROUND_HALF_UP)
        return {"totalAmountExcludingTax": untaxed, "totalAmountIncludingTax": taxed}

    def _goods(self, values: dict) -> dict:
        number = values["lineObjectNumber"]
        item = self._named("items", number)
        if item is None:
            raise RefusalError("Application_DialogException", "Item does not exist.")
        who, _, words = self.refuses.partition(": ")
        if who == number:
            raise RefusalError("Application_FieldValidationException", words)
        return {"description": item["displayName"], "unitPrice": item["unitPrice"]}

    def _fill(self, line: dict, values: dict) -> None:
        """One after the other: a quantity fills in the item's price, a price takes the discount away."""
        names = list(values)
        if self.price_first:
            names.sort(key=lambda name: name == "quantity")
        for name in names:
            line[name] = values[name]
            item = self._named("items", line.get("lineObjectNumber") or "")
            if item and (name == "quantity" or (name == "unitPrice" and self.keeps_prices)):
                line["unitPrice"] = item["unitPrice"]
            if name in {"quantity", "unitPrice"} and "discountAmount" in values:
                line["discountAmount"] = Decimal(0)
        if "discountAmount" in values:
            line["discountAmount"] = values["discountAmount"]
            base = (line["quantity"] * line["unitPrice"]).quantize(CENT, ROUND_HALF_UP)
            if base and not 0 <= line["discountAmount"] / base <= 1 and not self.keeps_prices:
                raise RefusalError("Application_FieldValidationException", "Line Discount % must be within 0 and 100.")

    def _named(self, entity: str, number: str) -> dict | None:
        return next((row for row in self.rows(entity) if row["number"] == number), None)

    def _taken(self, entity: str, values: dict) -> dict:
        """In the form in which they are kept; raises `KeyError` for what is no field."""
        return {name: _kept(name, *TAKEN[entity][name], said) for name, said in values.items()}


def _kept(name: str, kind: str, longest: int, said: object) -> object:
    if kind == NUMBER:
        value = Decimal(str(said))
        assert value == value.quantize(Decimal("0.00001")), f"{name} with {value}"
        return value
    if kind == DAY:
        return datetime.strptime(str(said), "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - a day has no zone
    if longest:
        assert isinstance(said, str), name
        assert "\n" not in said
        if len(said) > longest:
            words = f"The length of the string is {len(said)}, but it must be less than or equal to {longest}."
            raise RefusalError("Application_StringExceededLength", words)
    return said.upper() if kind == CODE else said
