"""What an answer of Zoho's says: its words, or the fault that it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import requests

from wizterm.connectors.faults import Fault, Lost, NotDone, Said
from wizterm.connectors.http import LONG, SOON
from wizterm.domain.text import plain

Row = dict[str, Any]


class Refusal(Said):
    def __init__(self, words: str, number: int) -> None:
        """With the number Zoho gives the reason."""
        super().__init__(words)
        self.number = number


A_DAYS_CALLS = 3600.0
"""How long a whole day's calls having been used puts things off; nobody says when the day ends there."""
CROWDED = 10.0
LONGEST_WAIT = 3600.0
_LIMITS: dict[int, tuple[str, float]] = {
    44: ("Zoho takes no more calls this minute.", SOON),
    45: ("Zoho takes no more calls today.", A_DAYS_CALLS),
    1070: ("Zoho has too many calls of this company at once.", CROWDED),
}
"""Zoho's numbers for its three limits."""
_REFUSALS = frozenset({400, 404, 409, 422})


def whole(answer: requests.Response) -> Row:
    """What a good answer says; raises a `Fault`."""
    said = spoken(answer)
    number = _number(said)
    if answer.status_code == requests.codes.too_many_requests or number in _LIMITS:
        raise _limit(number, answer.headers)
    if answer.status_code in {requests.codes.ok, requests.codes.created}:
        if number is None:
            raise Lost("Zoho's answer cannot be read.")
        if number == 0:
            return said
        raise Refusal(_words(said), number)
    raise _by_status(answer, said, number)


def spoken(answer: requests.Response) -> Row:
    """Nothing where it is no object of JSON. Amounts keep the digits they were written with."""
    try:
        said = json.loads(answer.content, parse_float=Decimal)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _by_status(answer: requests.Response, said: Row, number: int | None) -> Fault:
    status, words = answer.status_code, _words(said)
    if status >= requests.codes.internal_server_error:
        return Lost(f"Zoho, or what stands before it, answers {status}.")
    if status == requests.codes.unauthorized:
        return NotDone(f"Zoho does not let this connection in ({words}): check its permissions and token.", LONG)
    if status in _REFUSALS and number and "url" not in words.lower():
        return Refusal(words, number)
    return NotDone(f"Zoho answers {status} ({words}): check product, data centre and organization.", LONG)


def _limit(number: int | None, headers: Mapping[str, str]) -> NotDone:
    words, seconds = _LIMITS.get(number or 0, ("Zoho takes no more calls for now.", SOON))
    asked = headers.get("Retry-After", "")
    return NotDone(words, min(float(asked), LONGEST_WAIT) if asked.isdecimal() else seconds)


def _number(said: Row) -> int | None:
    number = said.get("code")
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _words(said: Row) -> str:
    return plain(str(said.get("message") or "no reason given"))[:300]
