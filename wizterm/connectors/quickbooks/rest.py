"""Requests to one company in QuickBooks, with a token that is renewed when it has run out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec
import requests

from wizterm.connectors.faults import Lost, NotDone, Said
from wizterm.connectors.http import LONG, SOON, Http
from wizterm.connectors.oauth import OAuthSession
from wizterm.connectors.quickbooks.answers import Row, result
from wizterm.connectors.quickbooks.setting import Setting, tokens_file
from wizterm.connectors.quickbooks.signing_in import SignIn

MINOR_VERSION = "75"
"""The oldest that Intuit still serves; what is asked for is said by name."""
_JSON = msgspec.json.Encoder(decimal_format="number")


class _Request(NamedTuple):
    method: str
    path: str
    params: dict[str, str]
    read_seconds: float
    body: bytes | None = None


class Rest:
    def __init__(self, setting: Setting, now: Callable[[], float]) -> None:
        self._company = f"{setting.address}/v3/company/{setting.realm}/"
        self._http = Http("QuickBooks")
        self._tokens = OAuthSession(tokens_file(setting), setting.refresh_token, SignIn(setting, self._http), now)

    def sign_in(self) -> None:
        """From now on a request is what takes time. Raises `NotDone`."""
        self._tokens.current()

    def get(self, path: str, params: dict[str, str], read_seconds: float) -> Row:
        """Raises `NotDone`: what was only asked changed nothing."""
        try:
            return result(self._asked(_Request("GET", path, params, read_seconds)))
        except Lost as lost:
            raise NotDone(str(lost), SOON) from lost
        except Said as said:
            raise NotDone(f"QuickBooks does not answer what it is asked: {said}", LONG) from said

    def post(self, path: str, params: dict[str, str], values: Row, read_seconds: float) -> Row:
        """Raises a `Fault`."""
        return result(self._asked(_Request("POST", path, params, read_seconds, _JSON.encode(values))))

    def _asked(self, request: _Request) -> requests.Response:
        tokens = self._tokens.current()
        answer = self._once(request, tokens.access)
        if answer.status_code == requests.codes.unauthorized:
            tokens = self._tokens.instead_of(tokens.access)
            answer = self._once(request, tokens.access)
        return answer

    def _once(self, request: _Request, token: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        return self._http.send(
            request.method,
            self._company + request.path,
            read_seconds=request.read_seconds,
            params=request.params | {"minorversion": MINOR_VERSION},
            data=request.body,
            headers=headers,
        )
