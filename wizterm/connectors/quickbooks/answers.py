"""What QuickBooks answered: values, or a fault in one of the spellings it has for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import requests

from wizterm.connectors.faults import Fault, Lost, NotDone, Said
from wizterm.connectors.http import LONG, SOON
from wizterm.connectors.quickbooks.signing_in import RECONNECT
from wizterm.domain.text import plain

Row = dict[str, Any]
_NO_RIGHT = {3100, 3200}
_RIGHTS = range(1, 500)
"""Intuit's codes for what is about rights."""
_THROTTLED = "3001"
_SYSTEM = "10000"
_SUBSCRIPTION = "6190"
_TAKEN = {"6140", "6240"}
_TAKEN_WORDS = "duplicate document number"
"""Intuit has printed another code with them."""


@dataclass(frozen=True, slots=True)
class _Error:
    code: str
    message: str
    detail: str


class Objection(Said):
    """A refusal, by what it was about."""

    def __init__(self, error: _Error) -> None:
        super().__init__(f"{error.detail or error.message or 'It gives no reason.'} (QuickBooks {error.code})")
        self.stale = error.code == "5010"
        """It was changed since it was read."""
        self.taken = error.code in _TAKEN or _TAKEN_WORDS in error.message.lower()
        """Another bears the number or the name."""


def result(answer: requests.Response) -> Row:
    """Raises a `Fault`: `Lost` where it may have been done nevertheless."""
    said = _body(answer)
    error = _error(said)
    if answer.status_code == requests.codes.ok and said and error is None:
        return said
    raise _fault(answer.status_code, error, answer.headers)


def _fault(status: int, error: _Error | None, headers: Mapping[str, str]) -> Fault:
    if later := _turned_away(status, error.code if error else "", headers):
        return later
    if status >= requests.codes.internal_server_error or (error and error.code == _SYSTEM):
        return Lost(f"QuickBooks, or what stands before it, answers {status}{_trace(headers)}.")
    if error:
        return Objection(error)
    if status == requests.codes.ok:
        return Lost(f"QuickBooks's answer cannot be read{_trace(headers)}.")
    return NotDone(f"QuickBooks answers {status}{_trace(headers)}: check realm and address in [erp.quickbooks].", LONG)


def _turned_away(status: int, code: str, headers: Mapping[str, str]) -> NotDone | None:
    """Before the company's books were looked at."""
    if status == requests.codes.too_many_requests or code == _THROTTLED:
        return NotDone("QuickBooks takes no more requests for a while.", _seconds(headers))
    number = int(code) if code.isascii() and code.isdecimal() else 0
    if status in {requests.codes.unauthorized, requests.codes.forbidden} or number in _RIGHTS or number in _NO_RIGHT:
        return NotDone(f"QuickBooks does not let WizTerm into the company: {RECONNECT}", LONG)
    if code == _SUBSCRIPTION:
        return NotDone("The company's subscription of QuickBooks has ended.", LONG)
    return None


def _body(answer: requests.Response) -> Row:
    """Empty where it is none."""
    try:
        said = json.loads(answer.content, parse_float=Decimal)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _error(said: Row) -> _Error | None:
    """The first one; what stands before QuickBooks spells all of it with small letters."""
    fault = said.get("Fault") or said.get("fault")
    if not isinstance(fault, dict):
        return None
    errors = fault.get("Error") or fault.get("error")
    first = errors[0] if isinstance(errors, list) and errors else {}
    parts = {str(key).lower(): plain(str(value)) for key, value in first.items()} if isinstance(first, dict) else {}
    return _Error(parts.get("code", ""), parts.get("message", ""), parts.get("detail", ""))


def _seconds(headers: Mapping[str, str]) -> float:
    said = headers.get("Retry-After", "")
    return float(said) if said.isascii() and said.isdecimal() else SOON


def _trace(headers: Mapping[str, str]) -> str:
    """What Intuit's support asks for."""
    trace = headers.get("intuit_tid", "")
    return f" (intuit_tid {plain(trace)[:60]})" if trace else ""
