"""How the company is set up in QuickBooks, as far as documents depend on it."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.calls import Calls


@dataclass(frozen=True, slots=True)
class Ground:
    company: str
    country: str
    currency: str
    """Its home currency."""
    currencies: bool
    """Whether documents can be in others."""
    own_numbers: bool
    """Whether documents bear the numbers they are given; else QuickBooks numbers them."""
    estimates: bool
    taxed: bool
    """Whether it charges sales tax or VAT."""

    @property
    def american(self) -> bool:
        """There a line only says whether it is taxed; elsewhere it names a tax code."""
        return self.country.upper() in {"US", "USA", "UNITED STATES"}


def survey(calls: Calls) -> Ground:
    """Raises a `Fault`."""
    company, preferences = calls.one("CompanyInfo"), calls.one("Preferences")
    forms: Row = preferences.get("SalesFormsPrefs", {})
    money: Row = preferences.get("CurrencyPrefs", {})
    return Ground(
        company=str(company.get("CompanyName", "")),
        country=str(company.get("Country", "")),
        currency=str(money.get("HomeCurrency", {}).get("value", "")),
        currencies=bool(money.get("MultiCurrencyEnabled")),
        own_numbers=bool(forms.get("CustomTxnNumbers")),
        estimates=bool(forms.get("AllowEstimates", True)),
        taxed=bool(preferences.get("TaxPrefs", {}).get("UsingSalesTax")),
    )
