"""Requests to one environment of Business Central, with a token that is renewed when it has run out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

import msgspec
import requests

from wizterm.connectors.business_central.answers import Row, result
from wizterm.connectors.faults import Lost, NotDone, Said
from wizterm.connectors.http import LONG, SOON, Http
from wizterm.connectors.oauth import OAuthSession

_JSON = msgspec.json.Encoder(decimal_format="number")
NEWEST = {"Data-Access-Intent": "ReadWrite"}
"""Read where writes go: a copy that lags behind might not know yet what was just made."""


class _Request(NamedTuple):
    method: str
    path: str
    headers: Mapping[str, str]
    read_seconds: float
    query: str = ""
    body: bytes | None = None


class Rest:
    def __init__(self, address: str, http: Http, tokens: OAuthSession) -> None:
        self._address = address
        self._http = http
        self._tokens = tokens

    def get(self, path: str, query: str, headers: Mapping[str, str], read_seconds: float) -> Row:
        """Raises `NotDone`: what was only asked changed nothing."""
        try:
            return result(self._asked(_Request("GET", path, headers, read_seconds, query)))
        except Lost as lost:
            raise NotDone(str(lost), SOON) from lost
        except Said as said:
            raise NotDone(f"Business Central does not answer what it is asked: {said}", LONG) from said

    def write(self, method: str, path: str, values: Row | None, etag: str, read_seconds: float) -> Row:
        """Raises a `Fault`."""
        headers = {"If-Match": etag} if etag else {}
        body = None if values is None else _JSON.encode(values)
        if body is not None:
            headers["Content-Type"] = "application/json"
        return result(self._asked(_Request(method, path, headers, read_seconds, body=body)))

    def _asked(self, request: _Request) -> requests.Response:
        token = self._tokens.current().access
        answer = self._once(request, token)
        if answer.status_code == requests.codes.unauthorized:
            answer = self._once(request, self._tokens.instead_of(token).access)
        return answer

    def _once(self, request: _Request, token: str) -> requests.Response:
        return self._http.send(
            request.method,
            f"{self._address}/{request.path}",
            read_seconds=request.read_seconds,
            params=request.query,
            data=request.body,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json", **request.headers},
        )


def query(**options: str) -> str:
    """Query options by their names without the sign before them; a blank stays one to whoever takes + for a plus."""
    return urlencode({f"${name}": value for name, value in options.items()}, quote_via=quote, safe="$(),'")
