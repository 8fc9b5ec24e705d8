"""What the details form starts from, and keeping what was filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wizterm.domain.customer import Address
from wizterm.domain.days import DayError, read_day, read_days
from wizterm.domain.details import Details, Signature
from wizterm.domain.policy import OrderPolicy
from wizterm.services.cart_view import CartView

LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class DetailsForm:
    """As typed, field by field."""

    po_number: str = ""
    contact: str = ""
    payment_method: str = ""
    line: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    days: str = ""
    rep: str = ""
    valid_until: str = ""
    note: str = ""

    def faults(self, today: date) -> dict[str, str]:
        """What cannot be kept as it is: a sentence by field name."""
        faults = {}
        for name, read in (("days", read_days), ("valid_until", read_day)):
            text = getattr(self, name)
            if text.strip():
                try:
                    read(text, today)
                except DayError as error:
                    faults[name] = str(error)
        return faults

    def details(self, today: date, signature: Signature | None) -> Details:
        """Raises `DayError` where there is a fault."""
        address = Address(self.line.strip(), self.city.strip(), self.postcode.strip(), self.country.strip())
        start, end = read_days(self.days, today) if self.days.strip() else (None, None)
        return Details(
            payment_method=self.payment_method,
            delivery=address if str(address) else None,
            deliver_from=start,
            deliver_to=end,
            contact=self.contact.strip(),
            rep=self.rep.strip(),
            po_number=self.po_number.strip(),
            valid_until=read_day(self.valid_until, today) if self.valid_until.strip() else None,
            signature=signature,
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen rather than typed."""

    contacts: tuple[str, ...]
    addresses: tuple[Address, ...]
    payment_methods: tuple[str, ...]
    required: frozenset[str]


def filled(view: CartView) -> DetailsForm:
    """The form as the cart has it."""
    details = view.cart.details
    address = details.delivery or Address()
    days = details.deliver_from.isoformat() if details.deliver_from else ""
    if details.deliver_to:
        days += f" to {details.deliver_to.isoformat()}"
    return DetailsForm(
        po_number=details.po_number,
        contact=details.contact,
        payment_method=details.payment_method,
        line=address.line,
        city=address.city,
        postcode=address.postcode,
        country=address.country,
        days=days,
        rep=details.rep,
        valid_until=details.valid_until.isoformat() if details.valid_until else "",
        note=view.cart.note,
    )


def choices(view: CartView, policy: OrderPolicy) -> Choices:
    customer = view.customer
    known = (customer.shipping, customer.billing) if customer else ()
    return Choices(
        contacts=tuple(contact.name for contact in customer.contacts if contact.name) if customer else (),
        addresses=tuple(dict.fromkeys(address for address in known if str(address))),
        payment_methods=policy.payment_methods,
        required=policy.required,
    )


def said(details: Details) -> tuple[str, ...]:
    """The details in a few words each, for the confirmation."""
    end = f" to {details.deliver_to}" if details.deliver_to else ""
    signature = details.signature
    parts = (
        f"Their number: {details.po_number}" if details.po_number else "",
        f"Deliver to: {details.delivery}" if details.delivery else "",
        f"Deliver on: {details.deliver_from}{end}" if details.deliver_from else "",
        f"Contact: {details.contact}" if details.contact else "",
        f"Payment: {details.payment_method}" if details.payment_method else "",
        f"For: {details.rep}" if details.rep else "",
        f"Signed by: {signature.name or 'the customer'}" if signature else "",
    )
    return tuple(part for part in parts if part)
