"""Placing what goes into prices besides the prices: units, tax rates, fees and promotions."""

from __future__ import annotations

from collections.abc import Sequence

from wizterm.domain.discount import Off
from wizterm.server.importing.context import Context, Row
from wizterm.server.importing.customers import ids_of
from wizterm.server.row_keys import joined


class Units:
    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, placed: Sequence[Row]) -> None:
        context = self._context
        good = context.referred(placed, "sku")
        keyed = [(joined(row["sku"], row["code"]), row) for row in good]
        context.put(
            "units",
            [
                (key, row["sku"], row["code"], row["factor"], row["gtin"])
                for key, row in keyed
                if context.first_time("units", key, row)
            ],
        )

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("units")


class TaxRates:
    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, placed: Sequence[Row]) -> None:
        keyed = [(joined(row["code"], row["country"]), row) for row in placed]
        self._context.put(
            "tax_rates",
            [
                (key, row["code"], row["country"], row["rate"], _flag(row, "inclusive"), _flag(row, "on_sum"))
                for key, row in keyed
                if self._context.first_time("tax_rates", key, row)
            ],
        )

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("tax_rates")


class Fees:
    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, placed: Sequence[Row]) -> None:
        self._context.put(
            "fees",
            [
                (row["fee"], row["name"], *_value(row), row["tax_code"])
                for row in placed
                if self._context.first_time("fees", row["fee"], row) and _one_value(self._context, row)
            ],
        )

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("fees")


class Promotions:
    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, placed: Sequence[Row]) -> None:
        context = self._context
        ids = ids_of({number for row in placed for number in row["customers"].split(";")})
        context.put(
            "promotions",
            [
                self._promotion(row, ids)
                for row in placed
                if context.first_time("promotions", row["promotion"], row)
                and _one_value(context, row)
                and context.in_order(row)
            ],
        )

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("promotions")

    def _promotion(self, row: Row, ids: dict[str, str]) -> tuple[str | int, ...]:
        numbers = [number for number in row["customers"].split(";") if number]
        for number in numbers:
            if number not in ids:
                self._context.faults.at(row.file, row.line, "customers", "numbers of customers", number)
        return (
            row["promotion"],
            row["name"],
            *_value(row),
            row["valid_from"],
            row["valid_to"],
            ";".join(ids.get(number, number) for number in numbers),
            row["price_lists"],
            row["skus"],
            row["families"],
            row["threshold"],
            _flag(row, "combined"),
            row["cap"],
            _flag(row, "adds_up"),
        )


def _value(row: Row) -> tuple[str, str]:
    return (str(Off.PERCENT), row["percent"]) if row["percent"] else (str(Off.AMOUNT), row["amount"])


def _one_value(context: Context, row: Row) -> bool:
    """Whether it is a percentage or an amount, and not both or neither."""
    if bool(row["percent"]) == bool(row["amount"]):
        context.faults.at(row.file, row.line, "percent", "a percentage or an amount, one of the two", row["percent"])
        return False
    return True


def _flag(row: Row, name: str) -> int:
    return int(row[name] or "0")
