"""A manager's yes to a discount beyond the limit, given where there is no network.

Both ways sign the same words: the cart's id and revision, the percentage, who approved. A PIN, typed on the device,
makes the key of the signature; the server keeps that key and the device does not. A code read over the telephone has
two halves: one that the device can check, against mistakes of reading and typing, and one that only the server can.
Whoever owns the device can make it show an approval that nobody gave, and the server sees that: it is tamper-evident.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter is mistaken for a digit when read out."""
REQUEST_LENGTH = 8
HALF = 5
"""Digits in each half of a code."""


class How(StrEnum):
    PIN = "pin"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Approval:
    """Kept in the cart and in the document it becomes."""

    approver: str
    """The manager's code."""
    at: datetime
    how: How
    percent: Decimal
    """The most discount it allows, on any line and on the whole."""
    mac: str


@dataclass(frozen=True, slots=True)
class Manager:
    """Somebody whose PIN the device can check."""

    code: str
    name: str
    pin_hash: str
    """Argon2."""
    salt: str
    """From which, with the PIN, the signing key is made."""
    most: Decimal | None = None
    """The most percent they may allow."""


def words_of(cart_id: str, revision: int, percent: Decimal, approver: str) -> bytes:
    """What is signed."""
    return f"{cart_id}/{revision}/{percent.normalize():f}/{approver}".encode()


def request_code(cart_id: str, revision: int = 1) -> str:
    """What the rep reads out so that the office knows which cart it is: eight signs, in two groups."""
    number = int.from_bytes(sha256(f"{cart_id}/{revision}".encode()).digest()[:5], "big")
    signs = "".join(_LETTERS[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{signs[:4]}-{signs[4:]}"


def pin_mac(key: bytes, cart_id: str, revision: int, percent: Decimal, approver: str) -> str:
    return hmac.new(key, words_of(cart_id, revision, percent, approver), sha256).hexdigest()[:32]


def spoken_code(device_key: bytes, office_key: bytes, request: str, percent: Decimal, approver: str) -> str:
    """The ten digits for a request: five that the device checks, five that only the office can."""
    return f"{half(device_key, request, percent, approver)}-{half(office_key, request, percent, approver)}"


def half(key: bytes, request: str, percent: Decimal, approver: str) -> str:
    """One half of the code for a request; hyphens and small letters make no difference."""
    signed = hmac.new(key, words_of(bare(request), 0, percent, approver), sha256).digest()
    return f"{int.from_bytes(signed[:8], 'big') % 10**HALF:0{HALF}}"


def bare(code: str) -> str:
    """A request or a code as it is compared."""
    return "".join(sign for sign in code.upper() if sign.isalnum())
