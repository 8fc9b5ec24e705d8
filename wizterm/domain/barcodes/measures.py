"""In-store numbers that carry a weight, price or count, by the rules of a country or the store's own.

A rule is one of two notations. Letter by letter: digits as they are, I (or A, B, X) the article, W weight, P price, Q
count, V the verifier of the value, C the check digit, . anything. Lower case w, p and q are decimals; :0 at the end
says that there are none; a weight or price that says nothing has two. Or with the value in braces: {NNDD} is two
digits and two decimals, and . is any digit around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from wizterm.domain.barcodes.check_digits import GTIN_LENGTHS, digits, verifier, with_check_digit
from wizterm.domain.barcodes.reading import Measure, ScanSettings

_KINDS = {"W": "weight", "P": "price", "Q": "count"}
_LETTERS = re.compile(r"[0-9.]*[A-BIX]*[V.]?(?P<value>[WwPpQq]+)C?(?::(?P<decimals>[0-6]))?")
_LONGEST = 40
_BRACES = re.compile(r"[0-9.]*\{(?P<value>N*D*)\}[0-9.]*")

_BALTIC = "23IIIIIIWwwwC 24IIIIIIWWwwC 25IIIIIIWWWwC"
_NORDIC = f"20IIIIIIPPppC 21IIIIIIPPPpC 22IIIIIIPPPPC:0 {_BALTIC}"
REGIONS = {
    "dk": "21IIIIPPPPppC 22IIIIPPPPppC 23IIIIPPPPppC 24IIIIPPPPppC 26IIIIWWWwwwC 27IIIIIWWwwwC 28IIIIWWWwwwC",
    "ee": _BALTIC,
    "fi": _BALTIC,
    "lt": _BALTIC,
    "lv": _BALTIC,
    "de": "22IIIIVPPPppC 23IIIIVPPPppC 25IIIIVQQQQQC 26IIIIVQQQQQC 28IIIIVWWwwwC 29IIIIVWWwwwC",
    "gb": "20IIIIIVPPppC",
    "no": _NORDIC,
    "se": _NORDIC,
    "us": "02IIIII.PPppC",
}
"""Where several rules hold, blanks are between."""


class RuleError(ValueError):
    """The rule or region cannot be used; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    length: int
    value: slice
    kind: str
    decimals: int
    guard: int | None
    """Where the verifier of the value stands."""

    def matches(self, number: str) -> bool:
        return self.pattern.fullmatch(number) is not None

    def holds(self, number: str) -> bool:
        """Whether the verifier is the one its value asks for."""
        return self.guard is None or number[self.guard] == verifier(number[self.value])

    def measure(self, number: str) -> Measure:
        value = Decimal(number[self.value]).scaleb(-self.decimals)
        return Measure(self.kind, value, self._lookup(number))

    def _lookup(self, number: str) -> str:
        zeros = "0" * len(number[self.value])
        blank = number[: self.value.start] + zeros + number[self.value.stop :]
        if self.guard is not None:
            blank = blank[: self.guard] + verifier(zeros) + blank[self.guard + 1 :]
        return with_check_digit(blank[:-1]) if self.length in GTIN_LENGTHS else blank


def rules(settings: ScanSettings) -> tuple[Rule, ...]:
    """The store's own rules before the region's."""
    return (*_written(settings.rule), *_regional(settings.rcn_region))


@lru_cache(maxsize=64)
def _written(text: str) -> tuple[Rule, ...]:
    return tuple(_rule(part) for part in text.replace(",", " ").split())


@lru_cache(maxsize=64)
def _regional(region: str) -> tuple[Rule, ...]:
    if region and region.lower() not in REGIONS:
        raise RuleError(f"{region!r} is no region: expected one of {', '.join(sorted(REGIONS))}.")
    return _written(REGIONS.get(region.lower(), ""))


def _rule(text: str) -> Rule:
    found = _LETTERS.fullmatch(text) or _BRACES.fullmatch(text)
    if found is None or not found["value"] or len(text) > _LONGEST:
        raise RuleError(f"{text!r} is no rule for in-store numbers: write it like 22IIIIIWWwwwC or 22.....{{NNDDD}}.")
    flat = text.partition(":")[0].replace("{", "").replace("}", "")
    start = found.start("value") - ("{" in text)
    value = found["value"]
    return Rule(
        pattern=re.compile("".join(sign if digits(sign) else "[0-9]" for sign in flat)),
        length=len(flat),
        value=slice(start, start + len(value)),
        kind=_KINDS.get(value[0].upper(), "value"),
        decimals=int(text[-1]) if ":" in text else _decimals(value),
        guard=flat.index("V") if "V" in flat and len(value) in {4, 5} else None,
    )


def _decimals(value: str) -> int:
    marked = sum(sign.islower() or sign == "D" for sign in value)
    implied = 2 if value[0] in "WP" and not marked else 0
    return marked or implied


def measured(number: str, settings: ScanSettings) -> tuple[Rule, str] | None:
    """The rule a number falls under, with the number in the length that the rule has."""
    for rule in rules(settings):
        for form in (number, number.zfill(13), number.removeprefix("0")):
            if rule.matches(form):
                return rule, form
    return None
