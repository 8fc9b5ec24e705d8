"""Placing modifiers: what can be chosen with a product, what each option adds to the price, and how many are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wizterm.protocol.catalogue import Value
from wizterm.server.importing.context import Context, Row
from wizterm.server.row_keys import joined


@dataclass(slots=True)
class _Modifier:
    """One modifier of one product, and the lines that told of it."""

    first: Row
    position: int
    options: list[str] = field(default_factory=list)


class Modifiers:
    """A line of the file is an option in one currency; its modifier's rules stand on every line of it, or the first."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._currency = context.default_currency()
        self._modifiers: dict[str, _Modifier] = {}

    def place(self, placed: Sequence[Row]) -> None:
        good = self._context.referred(placed, "sku")
        options = [option for row in good if (option := self._option(row)) is not None]
        self._context.put("modifier_options", options)

    def finish(self, *, replace: bool) -> None:
        rows = [self._modifier(key, modifier) for key, modifier in self._modifiers.items()]
        self._context.put("modifiers", [row for row in rows if row is not None])
        if replace:
            self._context.remove_missing("modifiers")
            self._context.remove_missing("modifier_options")

    def _option(self, row: Row) -> tuple[Value, ...] | None:
        currency = row["currency"] or self._currency
        if not currency:
            self._context.faults.at(row.file, row.line, "currency", "the currency of the surcharge", "")
            return None
        modifier_key = joined(row["sku"], row["modifier"])
        key = joined(row["sku"], row["modifier"], row["option"], currency)
        modifier = self._modifiers.setdefault(modifier_key, _Modifier(row, len(self._modifiers) + 1))
        if not (self._same_rules(modifier.first, row) and self._context.first_time("modifier_options", key, row)):
            return None
        if row["option"] not in modifier.options:
            modifier.options.append(row["option"])
        place = modifier.options.index(row["option"]) + 1
        return key, modifier_key, row["sku"], row["option"], row["surcharge"] or "0", currency, place

    def _same_rules(self, first: Row, row: Row) -> bool:
        """Whether the line says the modifier's rules as its first line does, or leaves them to it."""
        for name in ("least", "most"):
            if row[name] and row[name] != first[name]:
                self._context.faults.at(row.file, row.line, name, f"{first[name] or 'nothing'} as before", row[name])
                return False
        return True

    def _modifier(self, key: str, modifier: _Modifier) -> tuple[Value, ...] | None:
        row = modifier.first
        least, most = int(row["least"] or 0), int(row["most"] or len(modifier.options))
        self._context.seen["modifiers"][key] = row.line
        if not least <= most <= len(modifier.options) or most == 0:
            expected = f"from {max(least, 1)} to {len(modifier.options)}, the number of its options"
            self._context.faults.at(row.file, row.line, "most", expected, row["most"] or str(most))
            return None
        return key, row["sku"], row["modifier"], least, most, modifier.position
