"""Fetching an access token from Microsoft Entra: the app signs in by its own secret, without a person."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec
import requests

from wizterm.connectors.business_central.setting import Setting
from wizterm.connectors.faults import Lost, NotDone
from wizterm.connectors.http import LONG, SOON, Http
from wizterm.connectors.oauth import Minted
from wizterm.domain.text import plain
from wizterm.protocol.decoding import decoded

READ_SECONDS = 20.0
WRONG_APP = {"invalid_client", "unauthorized_client", "invalid_request", "invalid_scope"}


CHECK = "check tenant, client_id and client_secret in [erp.business_central], and whether the secret has run out."


class _Token(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: float


class SignIn:
    def __init__(self, setting: Setting, http: Http) -> None:
        self._setting = setting
        self._http = http

    def __call__(self, _refresh_token: str) -> Minted:
        """An app has no refresh token, and needs none. Raises `NotDone`."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self._setting.client_id,
            "client_secret": self._setting.client_secret,
            "scope": self._setting.scope,
        }
        try:
            answer = self._http.send("POST", self._setting.sign_in_address, read_seconds=READ_SECONDS, data=form)
        except Lost as lost:
            raise NotDone(str(lost), SOON) from lost
        return _minted(answer)


def fingerprint(setting: Setting) -> str:
    """Stands for what tokens are fetched with, where a session has its refresh token: another app begins anew."""
    parts = (setting.sign_in_address, setting.scope, setting.client_id, setting.client_secret)
    return sha256("\n".join(parts).encode()).hexdigest()


def _minted(answer: requests.Response) -> Minted:
    if answer.status_code == requests.codes.ok:
        try:
            token = decoded(answer.content, _Token)
        except msgspec.MsgspecError as error:
            raise NotDone("Microsoft's answer to the sign-in cannot be read.", LONG) from error
        return Minted(token.access_token, token.expires_in)
    said = _error(answer)
    if said in WRONG_APP or answer.status_code == requests.codes.unauthorized:
        words = f"Microsoft does not sign the app in ({plain(said) or answer.status_code}): {CHECK}"
        raise NotDone(words, LONG)
    again = SOON if _may_pass(answer.status_code) else LONG
    raise NotDone(f"Microsoft answers {answer.status_code} to the sign-in{f' ({plain(said)})' if said else ''}.", again)


def _error(answer: requests.Response) -> str:
    """What OAuth calls it; empty where the answer does not say."""
    try:
        said: Any = answer.json()
    except requests.JSONDecodeError:
        return ""
    return str(said.get("error", ""))[:60] if isinstance(said, dict) else ""


def _may_pass(status: int) -> bool:
    return status == int(requests.codes.too_many_requests) or status >= int(requests.codes.internal_server_error)
