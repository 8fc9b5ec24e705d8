"""What Business Central answered: values, or an error that says by its status and code what was done."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import requests

from wizterm.connectors.faults import Fault, Lost, NotDone, Said
from wizterm.connectors.http import LONG, SOON
from wizterm.domain.text import plain

Row = dict[str, Any]
NO_COMPANY = "Internal_CompanyNotFound"
TAKEN = "Internal_EntityWithSameKeyExists"
STALE_CODES = {"Request_EntityChanged", "BadRequest_InvalidToken"}
_TRACE = re.compile(r"\s*CorrelationId:\s*\S+\s*$")
MOST_SECONDS = 3600.0
"""However long the answer says to wait."""


class Objection(Said):
    """A refusal with its code."""

    def __init__(self, words: str, code: str, status: int) -> None:
        super().__init__(words)
        self.code = code
        self.status = status

    @property
    def is_stale(self) -> bool:
        """Somebody changed it since it was read."""
        changed = (int(requests.codes.conflict), int(requests.codes.precondition_failed))
        return self.code in STALE_CODES or self.status in changed

    @property
    def is_gone(self) -> bool:
        return self.status == int(requests.codes.not_found)


def result(answer: requests.Response) -> Row:
    """Empty where there is nothing to say. Raises a `Fault`: `Lost` where it may have been done nevertheless."""
    if answer.status_code == requests.codes.no_content:
        return {}
    said = _body(answer)
    if answer.status_code in {int(requests.codes.ok), int(requests.codes.created)}:
        if said is None:
            raise Lost("Business Central's answer cannot be read.")
        return said
    error = (said or {}).get("error")
    code, words = _told(error if isinstance(error, dict) else {})
    raise _fault(answer.status_code, code, words, answer.headers)


def _fault(status: int, code: str, words: str, headers: Mapping[str, str]) -> Fault:
    if turned_away := _turned_away(status, code, headers):
        return turned_away
    if status == requests.codes.request_timeout or status >= requests.codes.internal_server_error:
        return Lost(f"Business Central, or what stands before it, answers {status}{f': {words}' if words else '.'}")
    if not code:
        return NotDone(f"Business Central answers {status}, but not as it does: check the address.", LONG)
    return Objection(words or f"Business Central says {code}.", code, status)


def _turned_away(status: int, code: str, headers: Mapping[str, str]) -> NotDone | None:
    """Before anything was done."""
    wait = _wait(headers)
    if status == requests.codes.too_many_requests:
        return NotDone("Business Central takes no more requests for a while.", wait or SOON)
    if status == requests.codes.service_unavailable and wait:
        return NotDone("Business Central is busy.", wait)
    if status == requests.codes.unauthorized:
        words = "enter it there under Microsoft Entra applications, enabled and with permission sets."
        return NotDone(f"Business Central does not let the app in: {words}", LONG)
    if status == requests.codes.forbidden:
        return NotDone("Business Central does not allow the app this: give it the permission sets it lacks.", LONG)
    if code == NO_COMPANY:
        return NotDone("Business Central does not have this company: check company in [erp.business_central].", LONG)
    return None


def _wait(headers: Mapping[str, str]) -> float:
    """What `Retry-After` says in seconds; 0 where it says none, or a date."""
    said = headers.get("Retry-After", "")
    return min(float(said), MOST_SECONDS) if said.isascii() and said.isdecimal() else 0.0


def _body(answer: requests.Response) -> Row | None:
    try:
        said = json.loads(answer.content, parse_float=Decimal)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _told(error: Mapping[str, Any]) -> tuple[str, str]:
    """Code and words, without the trace that follows them."""
    words = _TRACE.sub("", str(error.get("message") or ""))
    return str(error.get("code") or ""), plain(words.strip())
