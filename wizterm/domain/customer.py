"""Who orders."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Address:
    line: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.line, self.city, self.postcode, self.country) if part)


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    id: str
    """Public id: the company's number, or the UUIDv7 a device gave a new customer; never changes."""
    name: str
    number: str = ""
    """The company's number; empty until it has one."""
    price_list: str = ""
    contacts: tuple[Contact, ...] = ()
    billing: Address = Address()
    shipping: Address = Address()
    payment_terms: str = ""
    credit_limit: Decimal | None = None
    balance: Decimal | None = None
    order_minimum: Decimal | None = None

    @property
    def ship_to(self) -> Address:
        """Where goods go: the billing address where no other is known."""
        return self.shipping if str(self.shipping) else self.billing


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer made in the field, by the streamlined form."""

    company: str
    contact: str = ""
    email: str = ""
    phone: str = ""
    billing: Address = Address()
    shipping: Address = Address()
    price_list: str = ""
    payment_terms: str = ""
    rep: str = ""
    """Code of the rep who looks after them, where that is not who made them."""
    note: str = ""

    def faults(self) -> dict[str, str]:
        """What must be mended before it can be saved: a sentence by field name."""
        faults: dict[str, str] = {}
        if not self.company.strip():
            faults["company"] = "A customer needs a company name."
        if self.email and not _looks_like_email(self.email):
            faults["email"] = f"{self.email[:40]!r} is no e-mail address: expected name@company.example."
        if self.phone and not any(character.isdigit() for character in self.phone):
            faults["phone"] = f"{self.phone[:40]!r} is no telephone number: expected digits."
        return faults


def _looks_like_email(text: str) -> bool:
    name, at, domain = text.strip().rpartition("@")
    return bool(name and at) and "." in domain.strip(".") and not any(c.isspace() for c in text.strip())
