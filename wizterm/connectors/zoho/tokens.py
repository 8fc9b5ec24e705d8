"""Access tokens of one hour, one for all workers of a server.

Zoho gives ten in ten minutes for one refresh token and then none, so that none is asked for without need.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import requests

from wizterm.connectors.faults import Lost, NotDone
from wizterm.connectors.http import LONG, SOON, Http
from wizterm.connectors.oauth import Kept, Minted, OAuthSession
from wizterm.connectors.zoho.answers import spoken
from wizterm.connectors.zoho.setting import Setting
from wizterm.domain.text import plain

READ_SECONDS = 20.0
HOUR = 3600.0
YOUNG = 300.0
"""A token of this age that Zoho does not take lacks a permission: another would lack it too."""
TOO_MANY = 900.0
FILE = "zoho-tokens.json"


class Tokens:
    def __init__(self, setting: Setting, folder: Path, http: Http, now: Callable[[], float]) -> None:
        self._setting = setting
        self._http = http
        self._now = now
        self._session = OAuthSession(folder / FILE, setting.refresh_token, self._mint, now)

    def current(self) -> str:
        """Raises a `Fault`."""
        kept = self._session.current()
        if self._age(kept) < 0:  # by a clock that has gone back since it would last for ever
            kept = self._session.instead_of(kept.access)
        return kept.access

    def instead_of(self, refused: str) -> str:
        """Another than the one Zoho did not take; the same where another would fare no better. Raises a `Fault`."""
        kept = self._session.current()
        if kept.access == refused and self._age(kept) >= YOUNG:
            kept = self._session.instead_of(refused)
        return kept.access

    def _age(self, kept: Kept) -> float:
        return self._now() - float(kept.about)

    def _mint(self, refresh: str) -> Minted:
        """A refusal comes with a good status too: what counts is whether there is a token in it."""
        asked = {
            "grant_type": "refresh_token",
            "refresh_token": refresh,
            "client_id": self._setting.client_id,
            "client_secret": self._setting.client_secret,
        }
        address = f"{self._setting.accounts_address}/oauth/v2/token"
        try:
            answer = self._http.send("POST", address, data=asked, read_seconds=READ_SECONDS)
        except Lost as lost:
            raise NotDone(str(lost), SOON) from lost
        said = spoken(answer)
        if not said.get("access_token"):
            raise _refusal(answer.status_code, str(said.get("error", "")))
        seconds = said.get("expires_in")
        lasts = float(seconds) if isinstance(seconds, int) else HOUR
        return Minted(str(said["access_token"]), lasts, about=str(self._now()))


def _refusal(status: int, error: str) -> NotDone:
    if error == "Access Denied" or status == requests.codes.too_many_requests:
        return NotDone("Zoho gives no more tokens for a while: it was asked for too many.", TOO_MANY)
    if status >= requests.codes.internal_server_error:
        return NotDone(f"Zoho answers {status} where it gives tokens.", SOON)
    said = plain(error)[:60] or f"status {status}"
    return NotDone(f"Zoho gives no token ({said}): check client_id, client_secret, refresh_token, data_centre.", LONG)
