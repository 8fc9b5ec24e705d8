"""Telling whether somebody is known already, however they were written down."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from wizterm.domain.customer import NewCustomer

ALIKE = 0.86
"""Likeness from which two names are taken for one: a letter or two in a dozen."""
ALIKE_IN_ONE_TOWN = 0.72
TELEPHONE = 8
"""Digits at the end that two numbers share when they are one: codes of country and area are written or not."""
_FORMS = frozenset(
    [
        "ab",
        "ag",
        "and",
        "as",
        "bv",
        "co",
        "company",
        "corp",
        "gmbh",
        "inc",
        "kg",
        "limited",
        "llc",
        "llp",
        "ltd",
        "nv",
        "oy",
        "plc",
        "pty",
        "sa",
        "sarl",
        "spa",
        "srl",
        "the",
        "und",
    ]
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """As much of a customer as it takes to know them again."""

    id: str
    name: str
    city: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    customer: str
    """Id."""
    name: str
    city: str
    why: str


def alike(new: NewCustomer, known: Iterable[Sketch], most: int = 3) -> tuple[Likeness, ...]:
    """The likeliest first; those that share an address or a number before those that only sound alike."""
    found: list[tuple[float, Likeness]] = []
    name, email, phone = _bare(new.company), new.email.strip().casefold(), _digits(new.phone)
    city = ((str(new.shipping) and new.shipping.city) or new.billing.city).strip().casefold()
    for sketch in known:
        score, why = _score(sketch, name, email, phone, city)
        if why:
            found.append((score, Likeness(sketch.id, sketch.name, sketch.city, why)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(likeness for _, likeness in found[:most])


def _score(sketch: Sketch, name: str, email: str, phone: str, city: str) -> tuple[float, str]:
    if email and email in {each.strip().casefold() for each in sketch.emails}:
        return 3.0, "the same e-mail"
    if phone and phone in {_digits(each) for each in sketch.phones}:
        return 2.0, "the same telephone"
    other = _bare(sketch.name)
    if not name or not other:
        return 0.0, ""
    matcher = SequenceMatcher(None, name, other, autojunk=False)
    same_town = bool(city) and city == sketch.city.strip().casefold()
    least = ALIKE_IN_ONE_TOWN if same_town else ALIKE
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least or (score := matcher.ratio()) < least:
        return 0.0, ""
    words = "the same name" if score == 1 else "a name much like it"
    return score, f"{words}, in the same town" if same_town else words


def _bare(name: str) -> str:
    """The words that tell one firm from another."""
    words = _WORD.findall(name.casefold())
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)


def _digits(phone: str) -> str:
    digits = "".join(character for character in phone if character.isdigit())
    return digits[-TELEPHONE:] if len(digits) >= TELEPHONE else ""
