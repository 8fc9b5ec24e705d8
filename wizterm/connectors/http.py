"""One request to an ERP over HTTP, and what it means where no answer comes."""

from __future__ import annotations

import threading
from typing import Any

import requests

from wizterm.connectors.faults import Lost, NotDone

CONNECT_SECONDS = 5.0
READ_SECONDS = 40.0
SOON = 60.0
"""Until a server that is down or busy is tried again."""
LONG = 600.0
"""Until what only a person can mend is tried again: a password, a right, a fault in the ERP."""


class Http:
    def __init__(self, erp: str) -> None:
        """Its name stands in sentences."""
        self._erp = erp
        self._own = threading.local()

    def send(
        self, method: str, address: str, *, read_seconds: float = READ_SECONDS, **request: Any
    ) -> requests.Response:
        """Whatever the answer's status. Raises `NotDone` where it cannot have arrived, `Lost` where it may have."""
        try:
            return self._session().request(
                method, address, timeout=(CONNECT_SECONDS, read_seconds), allow_redirects=False, **request
            )
        except requests.ConnectTimeout as error:
            raise NotDone(f"{_host(address)} cannot be reached.", SOON) from error
        except requests.RequestException as error:
            if _never_connected(error):
                raise NotDone(f"{_host(address)} cannot be reached.", SOON) from error
            raise Lost(f"{self._erp}'s answer was lost ({type(error).__name__}).") from error

    def _session(self) -> requests.Session:
        """One for each thread: they keep a connection open, and are not made to be shared."""
        if not hasattr(self._own, "session"):
            self._own.session = requests.Session()
            self._own.session.auth = _as_it_is
        session: requests.Session = self._own.session
        return session


def _host(address: str) -> str:
    """Scheme and host alone: what follows may name more than a log should."""
    return "/".join(address.split("/")[:3])


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from putting what a ~/.netrc says of the host in the place of our session."""
    return request


def _never_connected(error: requests.RequestException) -> bool:
    """Whether the request cannot have left: requests tells it only by what its own library called it."""
    from urllib3.exceptions import NewConnectionError  # noqa: PLC0415 - comes with requests, needed after a failure only

    cause = error.args[0] if error.args else None
    return isinstance(error, requests.ConnectionError) and isinstance(
        getattr(cause, "reason", None), NewConnectionError
    )
