"""A mail server that says what a test has written down, right or wrong."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from tests.support.patience import HANG_GUARD

WHOLE = ["220 ready", "250 hello", "250 ok", "250 ok", "354 go on", "250 taken"]
"""What a server says: at the connection, EHLO, MAIL, RCPT, DATA, and after the last dot."""
SILENCE = ""

Answer = str | Iterable[bytes]
"""A line, or the pieces that come, for as long as somebody listens."""


@contextmanager
def script(answers: list[Answer], after_dot: int = len(WHOLE) - 1) -> Iterator[int]:
    """Gives these answers and then closes the line; the one at that place comes after the mail. Yields the port."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(HANG_GUARD)
    thread = threading.Thread(target=_serve, args=(listening, answers, after_dot), daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        thread.join(HANG_GUARD)
        listening.close()


def _serve(listening: socket.socket, answers: list[Answer], after_dot: int) -> None:
    line, _ = listening.accept()
    line.settimeout(HANG_GUARD)
    with line, line.makefile("rb") as heard, suppress(ConnectionError):
        for place, answer in enumerate(answers):
            if place == after_dot:
                mail = iter(heard.readline, b".\r\n")
                if b"" in mail:
                    return
            elif place and not heard.readline():
                return  # whoever called has gone
            if answer == SILENCE:
                return
            for piece in [f"{answer}\r\n".encode()] if isinstance(answer, str) else answer:
                line.sendall(piece)
