"""Fetching an access token from Intuit, for the refresh token that each answer replaces."""

from __future__ import annotations

from typing import Any

import msgspec
import requests

from wizterm.connectors.faults import Lost, NotDone
from wizterm.connectors.http import LONG, SOON, Http
from wizterm.connectors.oauth import Minted
from wizterm.connectors.quickbooks.setting import Setting
from wizterm.domain.text import plain
from wizterm.protocol.decoding import decoded

READ_SECONDS = 20.0
RECONNECT = "connect WizTerm to the company again, and put the new refresh token into [erp.quickbooks]."


class _Tokens(msgspec.Struct, frozen=True):
    access_token: str
    refresh_token: str
    expires_in: float


class SignIn:
    def __init__(self, setting: Setting, http: Http) -> None:
        self._setting = setting
        self._http = http

    def __call__(self, refresh_token: str) -> Minted:
        """Raises `NotDone`: whatever was to be asked with the token was not asked."""
        try:
            answer = self._http.send(
                "POST",
                self._setting.sign_in_address,
                read_seconds=READ_SECONDS,
                auth=(self._setting.client_id, self._setting.client_secret),
                headers={"Accept": "application/json"},
                data={"grant_type": "refresh_token", "refresh_token": refresh_token},
            )
        except Lost as lost:
            raise NotDone(str(lost), SOON) from lost
        return _minted(answer)


def _minted(answer: requests.Response) -> Minted:
    if answer.status_code == requests.codes.ok:
        try:
            tokens = decoded(answer.content, _Tokens)
        except msgspec.MsgspecError as error:
            raise NotDone("Intuit's answer to the sign-in cannot be read.", LONG) from error
        return Minted(tokens.access_token, tokens.expires_in, tokens.refresh_token)
    said = _error(answer)
    if said == "invalid_grant":
        raise NotDone(f"Intuit does not accept the refresh token any more: {RECONNECT}", LONG)
    if answer.status_code == requests.codes.unauthorized or said == "invalid_client":
        raise NotDone("Intuit does not accept client_id and client_secret: check [erp.quickbooks].", LONG)
    again = SOON if _may_pass(answer.status_code) else LONG
    raise NotDone(f"Intuit answers {answer.status_code} to the sign-in{f' ({plain(said)})' if said else ''}.", again)


def _error(answer: requests.Response) -> str:
    """What OAuth calls it; empty where the answer does not say."""
    try:
        said: Any = answer.json()
    except requests.JSONDecodeError:
        return ""
    return str(said.get("error", ""))[:60] if isinstance(said, dict) else ""


def _may_pass(status: int) -> bool:
    return status == int(requests.codes.too_many_requests) or status >= int(requests.codes.internal_server_error)
