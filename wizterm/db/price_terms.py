"""Reading what goes into prices besides the prices: promotions, tax rates, fees, and what the rep may do alone."""

from __future__ import annotations

from decimal import Decimal

from wizterm.db.replica_reader import ReplicaReader, amount
from wizterm.domain.approval import Manager
from wizterm.domain.discount import Off
from wizterm.domain.fees import Fee
from wizterm.domain.limits import RepLimits
from wizterm.domain.promotions import Promotion
from wizterm.domain.tax import TaxRate
from wizterm.protocol.price_rows import PROMOTION, TAX_RATE, promotion_of, tax_rate_of

_PROMOTIONS = f"SELECT {', '.join(PROMOTION)} FROM promotions ORDER BY id"  # noqa: S608 - columns of the protocol
_TAX_RATES = f"SELECT {', '.join(TAX_RATE)} FROM tax_rates ORDER BY id"  # noqa: S608 - as above


class PriceTerms:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader

    def promotions(self) -> list[Promotion]:
        return [promotion_of(row) for row in self._reader.rows(_PROMOTIONS)]

    def tax_rates(self) -> list[TaxRate]:
        return [tax_rate_of(row) for row in self._reader.rows(_TAX_RATES)]

    def fees(self) -> list[Fee]:
        """Those the company lets a rep charge."""
        rows = self._reader.rows("SELECT id, name, off, value, tax_code FROM fees ORDER BY id")
        return [Fee(code, name, Off(off), Decimal(value), tax_code) for code, name, off, value, tax_code in rows]

    def rep_limits(self) -> RepLimits:
        """What the rep may do alone; nothing beyond the company's own prices where the company has not said."""
        for line, cart, types, switches, credits_, _ in self._rights():
            return RepLimits(amount(line), amount(cart), bool(types), bool(switches), bool(credits_))
        return RepLimits()

    def code_key(self) -> bytes:
        """What the first half of an approval code is checked with; empty where there is none."""
        return next((bytes.fromhex(key) for *_, key in self._rights()), b"")

    def managers(self) -> list[Manager]:
        """Whose PIN can be checked here."""
        rows = self._reader.rows("SELECT code, name, pin_hash, salt, most FROM approvers ORDER BY name")
        return [Manager(code, name, pin_hash, salt, amount(most)) for code, name, pin_hash, salt, most in rows]

    def _rights(self) -> list[tuple[str, str, int, int, int, str]]:
        return [
            (line, cart, types, switches, credits_, key)
            for line, cart, types, switches, credits_, key in self._reader.rows(
                "SELECT most_line_discount, most_cart_discount, may_type_prices, may_switch_lists, may_credit, "
                "code_key FROM rep_limits"
            )
        ]
