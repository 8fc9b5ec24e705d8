"""What a company wants of every order."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.domain.details import NAMES

PAYMENT_METHODS = ("On account", "Bank transfer", "Direct debit", "Card", "Cash on delivery")
QUOTE_DAYS = 30


class PolicyError(ValueError):
    """The company asks for something there is no place for; the message names what there is."""


@dataclass(frozen=True, slots=True)
class OrderPolicy:
    required: frozenset[str] = frozenset()
    """Names of details without which no order is created."""
    payment_methods: tuple[str, ...] = PAYMENT_METHODS
    quote_days: int = QUOTE_DAYS
    """How long a quote holds where the rep says nothing else."""


USUAL = OrderPolicy()


def required_details(text: str) -> frozenset[str]:
    """Names with commas between, as a configuration writes them."""
    names = frozenset(words(text))
    for name in sorted(names - NAMES.keys()):
        raise PolicyError(f"there is no order detail {name[:40]!r}; expected some of {', '.join(NAMES)}.")
    return names


def words(text: str) -> tuple[str, ...]:
    """The parts between the commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
