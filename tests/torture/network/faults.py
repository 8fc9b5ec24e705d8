"""What networks do to a request, before the server has it and after."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tests.support.loopback import http
from tests.torture.network.proxy import Exchange, Fault, HangUpError

PAGE = b"<html><body>Welcome to our guests' network. Please log in.</body></html>"
FOR_EVER = threading.Event()
"""Nobody sets it: whoever waits is dropped with its connection."""
BETWEEN_DRIPS = 0.02
DRIPS = 80


def says(status: int, body: bytes = PAGE, content_type: str = "text/html", *headers: str) -> Fault:
    """Something on the way answers by itself; the server hears nothing."""
    return lambda exchange: exchange.say(http(status, content_type, body, *headers))


def after(then: Callable[[Exchange, bytes], None]) -> Fault:
    """The server has it and answers; the answer comes to harm."""
    return lambda exchange: then(exchange, exchange.asked())


def reset(exchange: Exchange) -> None:
    exchange.reset()


def unheard(exchange: Exchange) -> None:
    """Half-open: taken by the network, and no answer ever."""
    FOR_EVER.wait(TOO_LATE)
    raise HangUpError


def hang_up(exchange: Exchange, _: bytes) -> None:
    exchange.reset()


def silence(exchange: Exchange, _: bytes) -> None:
    unheard(exchange)


def half(exchange: Exchange, answer: bytes) -> None:
    exchange.say(answer[: len(answer) * 2 // 3])
    raise HangUpError


def drip(exchange: Exchange, answer: bytes) -> None:
    """A little at a time: never silent for long, and never done in time."""
    piece = len(answer) // DRIPS + 1
    for place in range(0, len(answer), piece):
        exchange.say(answer[place : place + piece])
        FOR_EVER.wait(BETWEEN_DRIPS)


def of_another_server(exchange: Exchange, answer: bytes) -> None:
    """The name leads to another company's server."""
    body = answer.partition(b"\r\n\r\n")[2]
    exchange.say(http(200, JSON, body.replace(b'"server":"', b'"server":"X')))


def twice(exchange: Exchange) -> None:
    """The network delivers the request two times."""
    exchange.asked()
    exchange.say(exchange.asked())


TOO_LATE = 3.0
"""Seconds: longer than a device here waits."""
JSON = "application/json"
PROBLEM = "application/problem+json"
BEFORE = {
    "reset before the request is read": reset,
    "half-open, before the server": unheard,
    "portal: 200 and a page": says(200),
    "portal: 302": says(302, b"", "text/html", "Location: https://login.example/"),
    "portal: 511": says(511),
    "200 and nothing": says(200, b"", JSON),
    "200 and an empty object": says(200, b"{}", JSON),
    "200 and JSON that is cut": says(200, b'{"answers": [', JSON),
    "401 from a proxy": says(401),
    "403 from a proxy": says(403),
    "404 from the edge": says(404),
    "407": says(407),
    "408": says(408),
    "409 from a proxy": says(409),
    "413 from a proxy": says(413),
    "422 from a proxy": says(422),
    "425": says(425),
    "429": says(429),
    "429 that names a time": says(429, PAGE, "text/html", "Retry-After: 7"),
    "500 and a page": says(500),
    "502": says(502),
    "503": says(503),
    "503 that names a time": says(503, PAGE, "text/html", "Retry-After: 7"),
    "504": says(504),
    "another company's 401": says(401, b'{"status":401,"code":"unheard_of","title":"no"}', PROBLEM),
}
AFTER = {
    "reset after the server's commit": after(hang_up),
    "no answer after the server's commit": after(silence),
    "an answer that breaks off": after(half),
    "an answer that drips": after(drip),
    "an answer of another server": after(of_another_server),
    "delivered two times": twice,
}
FAULTS = BEFORE | AFTER
