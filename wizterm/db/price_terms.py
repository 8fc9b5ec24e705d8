"""Reading what goes into prices besides the prices: promotions, tax rates, fees, and what the rep may do alone."""

from __future__ import annotations

from decimal import Decimal

from wizterm.db.replica_reader import ReplicaReader, amount, day
from wizterm.domain.approval import Manager
from wizterm.domain.discount import Off
from wizterm.domain.fees import Fee
from wizterm.domain.limits import RepLimits
from wizterm.domain.promotions import Promotion
from wizterm.domain.tax import TaxRate


class PriceTerms:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader

    def promotions(self) -> list[Promotion]:
        rows = self._reader.rows(
            "SELECT id, name, off, value, valid_from, valid_to, customers, price_lists, skus, families, threshold, "
            "combined, cap, adds_up FROM promotions ORDER BY id"
        )
        return [
            Promotion(
                id=key,
                name=name,
                off=Off(off),
                value=Decimal(value),
                valid_from=day(start),
                valid_to=day(end),
                customers=_names(customers),
                price_lists=_names(lists),
                skus=_names(skus),
                families=_names(families),
                threshold=amount(threshold) or Decimal(0),
                combined=bool(combined),
                cap=amount(cap),
                adds_up=bool(adds_up),
            )
            for (
                *(key, name, off, value, start, end, customers, lists, skus, families, threshold),
                combined,
                cap,
                adds_up,
            ) in rows
        ]

    def tax_rates(self) -> list[TaxRate]:
        rows = self._reader.rows("SELECT code, rate, country, inclusive, on_sum FROM tax_rates ORDER BY id")
        return [
            TaxRate(code, Decimal(rate), country, bool(inc), bool(on_sum)) for code, rate, country, inc, on_sum in rows
        ]

    def fees(self) -> list[Fee]:
        """Those the company lets a rep charge."""
        rows = self._reader.rows("SELECT id, name, off, value, tax_code FROM fees ORDER BY id")
        return [Fee(code, name, Off(off), Decimal(value), tax_code) for code, name, off, value, tax_code in rows]

    def rep_limits(self) -> RepLimits:
        """What the rep may do alone; nothing beyond the company's own prices where the company has not said."""
        for line, cart, types, switches, _ in self._rights():
            return RepLimits(amount(line), amount(cart), bool(types), bool(switches))
        return RepLimits()

    def code_key(self) -> bytes:
        """What the first half of an approval code is checked with; empty where there is none."""
        return next((bytes.fromhex(key) for *_, key in self._rights()), b"")

    def managers(self) -> list[Manager]:
        """Whose PIN can be checked here."""
        rows = self._reader.rows("SELECT code, name, pin_hash, salt, most FROM approvers ORDER BY name")
        return [Manager(code, name, pin_hash, salt, amount(most)) for code, name, pin_hash, salt, most in rows]

    def _rights(self) -> list[tuple[str, str, int, int, str]]:
        return [
            (line, cart, types, switches, key)
            for line, cart, types, switches, key in self._reader.rows(
                "SELECT most_line_discount, most_cart_discount, may_type_prices, may_switch_lists, code_key "
                "FROM rep_limits"
            )
        ]


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(";") if name)
