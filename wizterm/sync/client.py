"""The protocol over HTTPS. Import it in the thread that talks: `requests` takes its time to load."""

from __future__ import annotations

import platform
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
import requests
from requests.adapters import HTTPAdapter

from wizterm import __version__
from wizterm.protocol import catalogue, changes, documents, handover, media, ping, session, stock
from wizterm.protocol.faults import NotOurServerError
from wizterm.sync import answer
from wizterm.sync.address import server_address

T = TypeVar("T")
_OK = 200
_PARTIAL = 206
_NO_CONTENT = 204


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    connect: float = 6.0
    stall: float = 20.0
    """Without a single byte."""
    answer: float = 60.0
    """For a whole answer; a catalogue file has no such bound."""


class HttpClient:
    """`SyncProtocol` by HTTP. One for each thread: its connections are not shared."""

    def __init__(
        self,
        base_url: str,
        *,
        allow_plain: bool = False,
        patience: Patience | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """`trust` is the system's own certificates where nothing else is given."""
        self._base = server_address(base_url, allow_plain=allow_plain)
        self._patience = patience or Patience()
        self._http = requests.Session()
        self._http.headers["User-Agent"] = f"WizTerm/{__version__} ({platform.system()})"
        adapter = _SystemTrust(trust or ssl.create_default_context())
        self._http.mount("https://", adapter)
        self._http.mount("http://", adapter)

    def close(self) -> None:
        """Drop the connections; the next call makes new ones. Wanted when the network has changed."""
        self._http.close()

    def ping(self, nonce: str) -> ping.Pong:
        return self._json("GET", ping.PATH, ping.Pong, params={"nonce": nonce})

    def sign_in(self, request: session.SignIn) -> session.Session:
        return self._json("POST", session.PATH, session.Session, body=request)

    def refresh(self, request: session.Refresh) -> session.Session:
        return self._json("POST", session.REFRESH_PATH, session.Session, body=request)

    def sign_out(self, token: str) -> None:
        with self._call("DELETE", session.PATH, token) as response:
            body = answer.whole(response, answer.MOST_ANSWER, self._patience.answer)
            if response.status_code != _NO_CONTENT:
                raise answer.other(response, body)

    def post_documents(self, token: str, batch: documents.Batch) -> documents.Answers:
        return self._json("POST", documents.PATH, documents.Answers, token, body=batch)

    def document_changes(
        self, token: str, cursor: str, contact: str = "", unsent: int = changes.NOT_SAID
    ) -> changes.DocumentChanges:
        params = {"cursor": cursor, "contact": contact, "unsent": unsent}
        return self._json("GET", changes.PATH, changes.DocumentChanges, token, params=params)

    def manifest(self, token: str, schema: int) -> catalogue.Manifest:
        return self._json("GET", catalogue.MANIFEST_PATH, catalogue.Manifest, token, params={"schema": schema})

    def file(self, token: str, sha256: str, start: int = 0) -> Iterator[bytes]:
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        path = f"{catalogue.FILES_PATH}/{sha256}"
        with self._call("GET", path, token, headers=headers) as response:
            self._expect_bytes(response, _PARTIAL if start else _OK)
            if start and not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
                raise NotOurServerError("Something answers with another part of the catalogue file than was asked for.")
            yield from answer.pieces(response)

    def catalogue_changes(self, token: str, cursor: str, limit: int) -> catalogue.CatalogueChanges:
        params = {"cursor": cursor, "limit": limit}
        return self._json("GET", catalogue.CHANGES_PATH, catalogue.CatalogueChanges, token, params=params)

    def media(self, token: str, sha256: str) -> bytes:
        with self._call("GET", f"{media.PATH}/{sha256}", token) as response:
            self._expect_bytes(response, _OK)
            return answer.whole(response, media.MOST_BYTES, self._patience.answer)

    def stock(self, token: str, sku: str) -> stock.LiveStock:
        return self._json("GET", stock.PATH, stock.LiveStock, token, params={"sku": sku})

    def carts(self, token: str) -> handover.HandedCarts:
        return self._json("GET", handover.PATH, handover.HandedCarts, token)

    def hand_over(self, token: str, request: handover.HandOver) -> handover.HandedOver:
        return self._json("POST", handover.PATH, handover.HandedOver, token, body=request)

    def take_cart(self, token: str, handover_id: str) -> handover.TakenCart:
        path = f"{handover.PATH}/{quote(handover_id, safe='')}/take"
        return self._json("POST", path, handover.TakenCart, token)

    def _json(
        self,
        method: str,
        path: str,
        type_: type[T],
        token: str = "",
        *,
        body: msgspec.Struct | None = None,
        params: dict[str, Any] | None = None,
    ) -> T:
        with self._call(method, path, token, body=body, params=params) as response:
            return answer.value(response, _OK, type_, self._patience.answer)

    def _call(
        self,
        method: str,
        path: str,
        token: str = "",
        *,
        body: msgspec.Struct | None = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> requests.Response:
        content = None if body is None else msgspec.json.encode(body)
        typed = {} if body is None else {"Content-Type": "application/json"}
        return answer.checked(
            partial(
                self._http.request,
                method,
                self._base + path,
                data=content,
                params=params,
                headers={"Accept": "application/json", **typed, **(headers or {})},
                auth=_Bearer(token),
                timeout=(self._patience.connect, self._patience.stall),
                allow_redirects=False,
                stream=True,
            )
        )

    def _expect_bytes(self, response: requests.Response, status: int) -> None:
        plain = answer.media_type(response) not in {"text/html", "application/json", "application/problem+json"}
        if response.status_code != status or not plain:
            raise answer.other(response, answer.whole(response, answer.MOST_ANSWER, self._patience.answer))


class _Bearer(requests.auth.AuthBase):
    """Given with every call, also where there is no token: without it `requests` would look into ~/.netrc."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _SystemTrust(HTTPAdapter):
    """Trusts what this machine trusts, a company's own authority included, in place of a list that came along."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)

    def close(self) -> None:
        """The pools' own connections too, which would otherwise stay until somebody collects them."""
        pools = self.poolmanager.pools
        for key in pools.keys():  # noqa: SIM118 - urllib3's container cannot be iterated
            pools[key].close()
        super().close()

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The context verifies."""
