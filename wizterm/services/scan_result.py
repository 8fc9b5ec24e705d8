"""What is told of a scan, and what a person is asked because of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wizterm.domain.options import Modifier
from wizterm.domain.quantity import QuantityRule
from wizterm.domain.scanned import Meaning, ScannedProduct
from wizterm.services.cart_view import CartView

ONE = Decimal(1)


class Tone(StrEnum):
    """How a scan went."""

    FOUND = "found"
    ROUNDED = "rounded"
    """Found, and the rules made more of it."""
    ASKED = "asked"
    """A person has to say something first."""
    IGNORED = "ignored"
    """The same label once more, too soon to be meant."""
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed before the scan."""

    times: Decimal = ONE
    back: bool = False
    """Whether it takes back instead of adding."""

    @property
    def signed(self) -> Decimal:
        return -self.times if self.back else self.times


ONE_MORE = Wish()
_WISH = re.compile(r"(-?)(?:([0-9]{1,6}) *\*)? *(-?)", re.ASCII)
_BEFORE_A_CODE = re.compile(r"(?:-(?:[0-9]{1,6} *\*)?|(?:[0-9]{1,6} *\*)?-?) *", re.ASCII)


def read_wish(typed: str) -> Wish | None:
    """`12*` counts twelve, `-` takes back, `-12*` both; None for anything else, or nothing."""
    match = _WISH.fullmatch(typed.strip())
    if not typed.strip() or match is None or (match[1] and match[3]):
        return None
    return Wish(Decimal(match[2] or 1) or ONE, back=bool(match[1] or match[3]))


def wish_and_code(typed: str) -> tuple[str, str]:
    """What is wished before a code, and the code: `12*85123A` has both, `12` is a code, `12*` a wish."""
    text = typed.strip()
    match = _BEFORE_A_CODE.match(text)
    at = match.end() if match else 0
    return text[:at], text[at:]


@dataclass(frozen=True, slots=True)
class OptionsAsked:
    """What comes with the product has to be chosen; nothing is counted before."""

    scanned: ScannedProduct
    modifiers: tuple[Modifier, ...]
    currency: str


@dataclass(frozen=True, slots=True)
class RoundingAsked:
    """The count is on the line as it was scanned, and cannot be ordered so."""

    line: str
    sku: str
    name: str
    counted: Decimal
    rule: QuantityRule


Asked = OptionsAsked | RoundingAsked


@dataclass(frozen=True, slots=True)
class ScanResult:
    tone: Tone
    code: str
    """The scan, its control characters to be seen."""
    words: str
    """One sentence on what became of it."""
    title: str = ""
    """The SKU, where it is a product."""
    name: str = ""
    view: CartView | None = None
    """The cart, where it changed."""
    meaning: Meaning | None = None
    wish: Wish = ONE_MORE
    asked: Asked | None = None
    looked_up: bool = False
    """Whether it only asked what the code means; the cart stays as it was."""
