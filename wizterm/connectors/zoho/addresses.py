"""Places as Zoho writes them."""

from __future__ import annotations

from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.flavours import Flavour
from wizterm.domain.text import plain
from wizterm.protocol.bodies import Address

PARTS = ("address", "street2", "city", "zip", "country")


def place(address: Address) -> Row:
    first, *others = [plain(line) for line in address.line.splitlines()] or [""]
    return {
        "address": first,
        "street2": ", ".join(others),
        "city": plain(address.city),
        "zip": plain(address.postcode),
        "country": plain(address.country),
    }


def address_id(calls: Calls, flavour: Flavour, contact: str, wanted: Address) -> str | None:
    """The customer's address that reads like this one; added where there is none and Zoho lets it be.

    None where the place can only be said in words. Raises a `Fault`.
    """
    wished = place(wanted)
    for row in calls.get(f"contacts/{contact}/address").get("addresses") or []:
        if all(str(row.get(part) or "") == wished[part] for part in PARTS):
            return str(row["address_id"])
    if not flavour.adds_addresses:
        return None
    made = (calls.post(f"contacts/{contact}/address", wished).get("address_info") or {}).get("address_id")
    return None if made is None else str(made)


def in_words(address: Address) -> str:
    return ", ".join(part for part in place(address).values() if part)
