"""One request to an ERP over HTTP, and what it means where no answer comes."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from wizterm.connectors.faults import Lost, NotDone

CONNECT_SECONDS = 5.0
READ_SECONDS = 40.0
MOST_BYTES = 64_000_000
"""Of an answer: a page of a thousand records takes a few millions."""
PIECE = 65_536
SOON = 60.0
"""Until a server that is down or busy is tried again."""
LONG = 600.0
"""Until what only a person can mend is tried again: a password, a right, a fault in the ERP."""


class Http:
    def __init__(self, erp: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Its name stands in sentences."""
        self._erp = erp
        self._monotonic = monotonic
        self._own = threading.local()

    def send(
        self, method: str, address: str, *, read_seconds: float = READ_SECONDS, **request: Any
    ) -> requests.Response:
        """Whatever the answer's status. Raises `NotDone` where it cannot have arrived, `Lost` where it may have."""
        timeout = (CONNECT_SECONDS, read_seconds)
        until = self._monotonic() + sum(timeout)
        try:
            answer = self._session().request(
                method, address, timeout=timeout, allow_redirects=False, stream=True, **request
            )
            answer.raw = io.BytesIO(self._whole(answer, until))
        except requests.ConnectTimeout as error:
            raise NotDone(f"{_host(address)} cannot be reached.", SOON) from error
        except (requests.RequestException, HTTPError) as error:
            if _never_connected(error):
                raise NotDone(f"{_host(address)} cannot be reached.", SOON) from error
            raise Lost(f"{self._erp}'s answer was lost ({type(error).__name__}).") from error
        return answer

    def _whole(self, answer: requests.Response, until: float) -> bytes:
        """The body, however slowly or endlessly it comes: requests by itself waits as long for each piece of it."""
        body = bytearray()
        while piece := answer.raw.read1(PIECE, decode_content=True):
            body += piece
            if len(body) > MOST_BYTES or self._monotonic() > until:
                answer.close()
                raise Lost(f"{self._erp}'s answer was lost: it came too slowly, or was too large.")
        return bytes(body)

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


def _never_connected(error: Exception) -> bool:
    """Whether the request cannot have left: requests tells it only by what its own library called it."""
    from urllib3.exceptions import NewConnectionError  # noqa: PLC0415 - comes with requests, needed after a failure only

    cause = error.args[0] if error.args else None
    return isinstance(error, requests.ConnectionError) and isinstance(
        getattr(cause, "reason", None), NewConnectionError
    )
