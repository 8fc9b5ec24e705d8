"""The same screen in a browser: one app for each tab, on this machine alone, behind the company's own web server.

A page of another site cannot drive it (the Origin of every connection is checked), nothing is fetched from elsewhere,
and each app asks for name and password before it shows anything.
"""

from __future__ import annotations

import shlex
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.server import Server

MOST_SCREENS: Final = 20
"""Each is a process of some 75 MB."""
SHUTDOWN_SECONDS: Final = 2.0
TEMPLATES: Final = Path(__file__).with_name("page_of_browser")
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self' {websocket}; frame-ancestors 'none'; form-action 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
FOCUS: Final = "/focus.js"
_STATIC: Final = "/static/"


def origin_of(url: str) -> str:
    """scheme://host[:port] as browsers write it; empty where it is no address for a browser."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in {None, usual} else "")


class OfficeInBrowser(Server):
    def __init__(self, command: Sequence[str], *, title: str, origin: str, ready: Callable[[str], None]) -> None:
        """`origin` is where browsers reach it; `command` starts one app. `ready` is told the address."""
        super().__init__(f"exec {shlex.join(command)}", title=title, public_url=origin, templates_path=str(TEMPLATES))
        self._origin = origin
        self._ready = ready
        self._open = 0

    def run(self, listening: socket.socket) -> None:
        """Serve until SIGTERM or SIGINT."""
        web.run_app(self._make_app(), sock=listening, print=None, shutdown_timeout=SHUTDOWN_SECONDS, access_log=None)

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - the signature is set by textual-serve
        self._ready(self._origin)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.router.add_get(FOCUS, lambda _: _file("focus.js"))
        app.middlewares.append(self._guard())
        return app

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Only for the page this server gave, and not for more than it can carry."""
        if request.headers.get("Origin") != self._origin:
            raise web.HTTPForbidden(text=f"Open {self._origin} itself: other pages may not use it.")
        if self._open >= MOST_SCREENS:
            raise web.HTTPServiceUnavailable(text="Too many screens are open: close one, or try again later.")
        self._open += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self._open -= 1

    def _guard(self) -> Middleware:
        policy = {
            name: value.format(websocket=self._origin.replace("http", "ws", 1)) for name, value in HEADERS.items()
        }

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            """The page, its files and its connection; downloads are nothing this app offers."""
            if request.path not in {"/", "/ws", FOCUS} and not request.path.startswith(_STATIC):
                raise web.HTTPNotFound
            answer = await handler(request)
            if not answer.prepared:
                answer.headers.update(policy)
            return answer

        return guard


async def _file(name: str) -> web.StreamResponse:
    return web.FileResponse(TEMPLATES / name)
