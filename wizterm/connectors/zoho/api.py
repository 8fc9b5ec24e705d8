"""One call to Zoho: with a token that is renewed once where Zoho does not take it, and for the one organization."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import requests

from wizterm.connectors.faults import Lost, NotDone
from wizterm.connectors.http import READ_SECONDS, SOON, Http
from wizterm.connectors.zoho.answers import Row, whole
from wizterm.connectors.zoho.setting import Setting
from wizterm.connectors.zoho.tokens import Tokens

_json = msgspec.json.Encoder(decimal_format="number")
ORGANIZATIONS = "organizations"


@dataclass(frozen=True, slots=True)
class Call:
    verb: str
    path: str
    query: Mapping[str, str]
    body: Row | None = None
    read_seconds: float = READ_SECONDS


class Api:
    def __init__(self, setting: Setting, tokens: Tokens, http: Http) -> None:
        self._tokens = tokens
        self._http = http
        self._root = setting.api_address + setting.flavour.root
        self._organization = setting.organization

    def answer(self, call: Call) -> Row:
        """Raises a `Fault`: a question whose answer is lost has changed nothing."""
        try:
            return whole(self._let_in(call))
        except Lost as lost:
            if call.verb == "GET":
                raise NotDone(str(lost), SOON) from lost
            raise

    def _let_in(self, call: Call) -> requests.Response:
        token = self._tokens.current()
        answer = self._send(call, token)
        if answer.status_code == requests.codes.unauthorized:
            another = self._tokens.instead_of(token)
            if another != token:
                return self._send(call, another)
        return answer

    def _send(self, call: Call, token: str) -> requests.Response:
        whose = {} if call.path == ORGANIZATIONS else {"organization_id": self._organization}
        headers = {"Authorization": f"Zoho-oauthtoken {token}", "Accept": "application/json"}
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        return self._http.send(
            call.verb,
            f"{self._root}/{call.path}",
            params={**whose, **call.query},
            data=None if call.body is None else _json.encode(call.body),
            headers=headers,
            read_seconds=call.read_seconds,
        )
