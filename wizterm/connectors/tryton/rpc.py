"""One call to Tryton: JSON over HTTP, with a session that is renewed when it has run out."""

from __future__ import annotations

import base64
from typing import Any

import requests

from wizterm.connectors.faults import Lost, NotDone, Said
from wizterm.connectors.http import LONG, READ_SECONDS, SOON, Http
from wizterm.connectors.tryton import wire
from wizterm.connectors.tryton.setting import Setting

_REFUSALS = {"UserError": 0, "UserWarning": 1, "LoginException": 1, "ConcurrencyException": 0}
"""What Tryton calls an answer meant for a person, and where its words stand."""


class Rpc:
    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._http = Http("Tryton")
        self._path = ""
        self._authorization = ""
        self.context: dict[str, Any] = {}
        """Company and language of the user; empty before the sign-in."""
        self.version = ""

    def call(self, method: str, *params: Any, read_seconds: float = READ_SECONDS) -> Any:
        """Signed in; raises a `Fault`."""
        self.signed_in()
        answer = self._post(method, params, read_seconds)
        if answer.status_code == requests.codes.unauthorized:
            self._sign_in()
            answer = self._post(method, params, read_seconds)
        return _result(answer)

    def find_version(self) -> str:
        """The series, such as 8.0; from 8.0 on calls go to another path."""
        for root, path in (("/rpc/", f"/{self._setting.database}/rpc/"), ("/", f"/{self._setting.database}/")):
            answer = self._send(root, "common.server.version", (), {}, READ_SECONDS)
            if answer.status_code == requests.codes.ok:
                version = _result(answer)
                if isinstance(version, str):
                    self._path, self.version = path, ".".join(version.split(".")[:2])
                    return self.version
        raise NotDone(f"{self._setting.address} answers, but not as Tryton does: check the address.", LONG)

    def signed_in(self) -> None:
        """From now on `context` is known."""
        if not self._authorization:
            self._sign_in()

    def _sign_in(self) -> None:
        if not self._path:
            self.find_version()
        user = self._setting.user
        asked = (user, {"password": self._setting.password}, "en")
        answer = self._send(self._path, "common.db.login", asked, {}, READ_SECONDS)
        if answer.status_code == requests.codes.unauthorized:
            raise NotDone(f"Tryton does not accept the password of {user}: check [erp.tryton].", LONG)
        if answer.status_code == requests.codes.not_found:
            raise NotDone(f"Tryton has no database {self._setting.database!r}: check [erp.tryton].", LONG)
        number, key, *_ = _result(answer)
        session = "Session " + base64.b64encode(f"{user}:{number}:{key}".encode()).decode()
        preferences = _result(self._post("model.res.user.get_preferences", (True, {}), READ_SECONDS, session))
        self.context = {name: preferences[name] for name in ("company", "language") if preferences.get(name)}
        self._authorization = session  # last: another thread takes it as the sign that the context is there

    def _post(self, method: str, params: tuple[Any, ...], read_seconds: float, session: str = "") -> requests.Response:
        headers = {"Authorization": session or self._authorization}
        return self._send(self._path, method, params, headers, read_seconds)

    def _send(
        self, path: str, method: str, params: tuple[Any, ...], headers: dict[str, str], read_seconds: float
    ) -> requests.Response:
        body = wire.encode({"id": 0, "method": method, "params": list(params)})
        return self._http.send(
            "POST",
            self._setting.address + path,
            read_seconds=read_seconds,
            data=body,
            headers={"Content-Type": "application/json"} | headers,
        )


def _result(answer: requests.Response) -> Any:
    if answer.status_code != requests.codes.ok:
        raise _by_status(answer.status_code)
    try:
        said = wire.decode(answer.content)
        error = said.get("error")
    except (ValueError, KeyError, TypeError, AttributeError) as unreadable:
        raise Lost("Tryton's answer cannot be read.") from unreadable
    if error is None:
        return said.get("result")
    raise _by_error(error)


def _by_status(status: int) -> NotDone | Lost:
    if status == requests.codes.too_many_requests:
        return NotDone("Tryton takes no more sign-ins for a while.", LONG)
    if status == requests.codes.service_unavailable:
        return NotDone("Tryton is busy.", SOON)
    if requests.codes.multiple_choices <= status < requests.codes.internal_server_error:
        return NotDone(f"Tryton answers {status}: check the address, the user's rights and the modules.", LONG)
    return Lost(f"Tryton, or what stands before it, answers {status}.")


def _by_error(error: Any) -> Said | NotDone:
    """A refusal bears its class's name and words for a person; a fault in Tryton only a sign of what it was."""
    kind = str(error[0]).partition(":")[0] if isinstance(error, list) and error else ""
    if kind not in _REFUSALS:
        return NotDone(f"Tryton failed: {kind or error}.", LONG)
    words = error[1] if len(error) > 1 else ""
    if isinstance(words, list):
        words = " ".join(str(part) for part in words[_REFUSALS[kind] : _REFUSALS[kind] + 2] if part)
    return NotDone(str(words), SOON) if kind == "ConcurrencyException" else Said(str(words))
