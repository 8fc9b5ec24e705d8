"""Forgiving typing mistakes: the known words that a mistyped one may have been meant as."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_WORD = re.compile(r"[^\W_]+")
SHORTEST = 3
"""Letters from which on a word is worth guessing."""
OFFERED = 3


def words(text: str) -> list[str]:
    """The words of a text as the text index has them: small letters without accents."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return _WORD.findall(bare.casefold())


def meant(typed: str, known: Mapping[str, int]) -> tuple[str, ...]:
    """Known words (with how many products bear them) that are one or two slips away, the likeliest first.

    The word may be typed only in part, so it is compared with beginnings of the known ones too. One slip is forgiven
    in words of up to five letters, two in longer ones.
    """
    if len(typed) < SHORTEST or any(letter.isdigit() for letter in typed):
        return ()
    most = 1 if len(typed) <= 5 else 2
    near = ((slips, -count, word) for word, count in known.items() if (slips := _nearest(typed, word, most)) <= most)
    return tuple(word for _, _, word in sorted(near)[:OFFERED])


def _nearest(typed: str, word: str, most: int) -> int:
    """The slips to the word or to its beginning, whichever is less; more than `most` where it is far."""
    if len(word) < len(typed) - most or _strangers(typed, word) > most:
        return most + 1
    return min(slips(typed, word[: len(typed) + extra]) for extra in range(-most, most + 1))


def _strangers(typed: str, word: str) -> int:
    """Letters of the one that the other has none of: at least so many slips lie between them."""
    return len(set(typed) - set(word))


def slips(typed: str, word: str) -> int:
    """How many letters were left out, put in, mistaken, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, a in enumerate(typed, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(word, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == word[j - 2] and typed[i - 2] == b:
                least = min(least, older[j - 2] + 1)
            row.append(least)
    return row[-1]
