"""What is chosen with a product: modifiers offer options, each at a surcharge, and say how many may be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from wizterm.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    surcharge: Decimal
    """Per base unit, in the cart's currency."""


@dataclass(frozen=True, slots=True)
class Modifier:
    name: str
    least: int
    most: int
    options: tuple[Option, ...]

    @property
    def rule(self) -> str:
        """How many to choose, in words."""
        if self.least == self.most:
            return f"choose {self.least}"
        return f"choose {self.least} to {self.most}" if self.least else f"choose up to {self.most}"


@dataclass(frozen=True, slots=True)
class Chosen:
    modifier: str
    option: str
    surcharge: Decimal


def surcharge(chosen: Sequence[Chosen]) -> Decimal:
    return sum((each.surcharge for each in chosen), ZERO)


def faults(modifiers: Sequence[Modifier], chosen: Sequence[Chosen]) -> tuple[str, ...]:
    """Sentences on everything that is not as the modifiers say; none where it can be ordered so."""
    offered = {(each.name, option.name): option.surcharge for each in modifiers for option in each.options}
    found = [
        f"{each.modifier}: there is no {each.option} at {each.surcharge}."
        for each in chosen
        if offered.get((each.modifier, each.option)) != each.surcharge
    ]
    for modifier in modifiers:
        count = sum(each.modifier == modifier.name for each in chosen)
        if not modifier.least <= count <= modifier.most:
            found.append(f"{modifier.name}: {modifier.rule}; {count or 'none'} {'is' if count < 2 else 'are'} chosen.")
    if len(set(chosen)) != len(chosen):
        found.append("An option is chosen twice.")
    return tuple(found)


def toggled(modifier: Modifier, option: Option, chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """With the option chosen, or no longer; where only one may be chosen it takes the other's place."""
    this = Chosen(modifier.name, option.name, option.surcharge)
    if this in chosen:
        return tuple(each for each in chosen if each != this)
    kept = [each for each in chosen if modifier.most > 1 or each.modifier != modifier.name]
    return (*kept, this)


def in_words(chosen: Sequence[Chosen]) -> str:
    """Engraved, Gift box."""
    return ", ".join(each.option for each in chosen)
