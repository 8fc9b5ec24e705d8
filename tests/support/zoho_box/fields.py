"""What Zoho's descriptions let a request say, as far as anybody here says it: names, and which must be there.

`test_zoho_descriptions.py` holds these lists against the descriptions themselves, where those are at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Form:
    needed: frozenset[str]
    known: frozenset[str]
    parts: dict[str, Form] = field(default_factory=dict)
    """Of objects, and of the objects in lists."""
    file: str = ""
    schema: str = ""
    """Where it is described."""


def _form(known: str, needed: str = "", file: str = "", schema: str = "", **parts: Form) -> Form:
    return Form(frozenset(needed.split()), frozenset(f"{known} {needed}".split()) | parts.keys(), parts, file, schema)


_PLACE = "attention address street2 city state zip country"
_ORDER = "date shipment_date reference_number notes is_inclusive_tax shipping_address_id"
_LINE = "item_id rate quantity description"
_CONTACT = "company_name contact_type notes payment_terms"
_PERSON = _form("first_name last_name email phone is_primary_contact")

FORMS = {
    ("inventory", "salesorders"): _form(
        _ORDER,
        "customer_id salesorder_number",
        "inventory-v1-openapi/salesorders.yml",
        "create-a-sales-order-request",
        line_items=_form(_LINE),
    ),
    ("inventory", "contacts"): _form(
        _CONTACT,
        "contact_name",
        "inventory-v1-openapi/contacts.yml",
        "create-a-contact-request",
        billing_address=_form(_PLACE),
        shipping_address=_form(_PLACE),
        contact_persons=_PERSON,
    ),
    ("books", "salesorders"): _form(
        f"{_ORDER} salesorder_number",
        "customer_id",
        "books-v3-openapi/sales-order.yml",
        "create-a-sales-order-request",
        line_items=_form(_LINE),
    ),
    ("books", "estimates"): _form(
        "estimate_number reference_number date expiry_date notes is_inclusive_tax",
        "customer_id",
        "books-v3-openapi/estimates.yml",
        "create-an-estimate-request",
        line_items=_form(_LINE),
    ),
    ("books", "contacts"): _form(
        f"{_CONTACT} pricebook_id",
        "contact_name",
        "books-v3-openapi/contacts.yml",
        "create-a-contact-request",
        billing_address=_form(_PLACE),
        shipping_address=_form(_PLACE),
        contact_persons=_PERSON,
    ),
    ("books", "address"): _form(_PLACE, file="books-v3-openapi/contacts.yml", schema="add-additional-address-request"),
}
PATHS = {
    "inventory": {
        "salesorders.yml": (
            "POST /salesorders",
            "GET /salesorders",
            "GET /salesorders/{}",
            "DELETE /salesorders/{}",
            "POST /salesorders/{}/status/confirmed",
            "POST /salesorders/{}/status/void",
        ),
        "contacts.yml": ("POST /contacts", "GET /contacts", "GET /contacts/{}", "GET /contacts/{}/address"),
        "items.yml": ("GET /items", "GET /items/{}"),
        "pricelists.yml": ("GET /pricebooks",),
        "organizations.yml": ("GET /organizations",),
        "locations.yml": ("GET /locations",),
    },
    "books": {
        "sales-order.yml": (
            "POST /salesorders",
            "GET /salesorders",
            "GET /salesorders/{}",
            "DELETE /salesorders/{}",
            "POST /salesorders/{}/status/open",
            "POST /salesorders/{}/status/void",
        ),
        "estimates.yml": (
            "POST /estimates",
            "GET /estimates",
            "GET /estimates/{}",
            "DELETE /estimates/{}",
            "POST /estimates/{}/status/declined",
        ),
        "contacts.yml": (
            "POST /contacts",
            "GET /contacts",
            "GET /contacts/{}",
            "GET /contacts/{}/address",
            "POST /contacts/{}/address",
        ),
        "items.yml": ("GET /items", "GET /items/{}"),
        "pricelists.yml": ("GET /pricebooks",),
        "organizations.yml": ("GET /organizations",),
        "locations.yml": ("GET /locations",),
    },
}
"""What may be called. Anything else is answered as a wrong address is."""


def complaint(form: Form, said: object, where: str = "the body") -> str:
    """What is wrong with a request; empty where nothing is."""
    if not isinstance(said, dict):
        return f"{where} is no object"
    if strange := sorted(said.keys() - form.known):
        return f"{where} has {', '.join(strange)}"
    if missing := sorted(form.needed - said.keys()):
        return f"{where} lacks {', '.join(missing)}"
    for name, value in said.items():
        if name.endswith("_id") and not (isinstance(value, str) and value.isdecimal()):
            return f"{where} has {name} as something else than digits in a string"
        if name in form.parts:
            for each in value if isinstance(value, list) else [value]:
                if words := complaint(form.parts[name], each, f"{where}.{name}"):
                    return words
    return ""
