"""GS1 check digits: the last digit of a number, and the one that guards a price or weight inside it."""

from __future__ import annotations

GTIN_LENGTHS = frozenset({8, 12, 13, 14})

_MINUS_2, _TRIPLE, _PLUS_5, _MINUS_5 = "0246891357", "0369258147", "0516273849", "0594837261"
"""GS1's weights for the verifier of a price or weight: what each digit counts at a place with that weight."""
_FOUR = (_MINUS_2, _MINUS_2, _TRIPLE, _MINUS_5)
_FIVE = (_PLUS_5, _MINUS_2, _MINUS_5, _PLUS_5, _MINUS_2)


def digits(text: str) -> bool:
    """Whether it is ASCII digits and nothing else: other scripts' digits are not what a scanner sends."""
    return text.isascii() and text.isdigit()


def check_digit(payload: str) -> int:
    """Modulo 10 with weights 3 and 1 from the right."""
    threefold = sum(map(int, payload[-1::-2]))
    return -(3 * threefold + sum(map(int, payload[-2::-2]))) % 10


def checks(number: str) -> bool:
    """Whether the last digit is the one the others ask for."""
    return len(number) > 1 and digits(number) and check_digit(number[:-1]) == int(number[-1])


def is_gtin(text: str) -> bool:
    """A right GTIN of any length; all zeros are no product."""
    return len(text) in GTIN_LENGTHS and checks(text) and text.strip("0") != ""


def gtin14(gtin: str) -> str:
    """The one form in which GTINs are compared."""
    return gtin.zfill(14)


def with_check_digit(payload: str) -> str:
    return f"{payload}{check_digit(payload)}"


def verifier(value: str) -> str:
    """The digit that guards a price or weight of four or five digits inside a number."""
    weights = _FOUR if len(value) == 4 else _FIVE
    total = sum(int(weight[int(digit)]) for weight, digit in zip(weights, value, strict=True))
    return str(3 * total % 10) if len(value) == 4 else str(_MINUS_5.index(str(-total % 10)))
