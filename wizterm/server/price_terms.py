"""The server's own promotions and tax rates: what a document's figures are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wizterm.domain.promotions import Promotion
from wizterm.domain.tax import TaxRate
from wizterm.domain.terms import Terms, terms_for
from wizterm.protocol.bodies import OrderBody
from wizterm.protocol.price_rows import PROMOTION, TAX_RATE, promotion_of, tax_rate_of
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.prepared import prepared
from wizterm.server.store.together import Asking


@dataclass(frozen=True, slots=True)
class TermsBook:
    """All that hold at some time for somebody: read once for many documents."""

    _promotions: tuple[Promotion, ...]
    _tax_rates: tuple[TaxRate, ...]

    def of(self, body: OrderBody) -> Terms:
        """What held for the document's customer on its business day, for goods that go where it says."""
        return terms_for(
            self._promotions,
            self._tax_rates,
            customer=body.customer.id,
            price_list=body.price_list,
            country=(body.delivery or body.customer.shipping).country,
            on=body.business_date,
        )


def terms_book() -> Asking[TermsBook]:
    """As the store has them in the caller's transaction."""
    promotions, tax_rates = yield _promotions.of(), _tax_rates.of()
    return TermsBook(tuple(promotion_of(row) for row in promotions), tuple(tax_rate_of(row) for row in tax_rates))


@prepared
def _promotions() -> Any:
    return _live("promotions", PROMOTION)


@prepared
def _tax_rates() -> Any:
    return _live("tax_rates", TAX_RATE)


def _live(table: str, names: tuple[str, ...]) -> Any:
    return MIRROR[table].select(*(column(table, name) for name in names)).where(~MIRROR[table].deleted)
