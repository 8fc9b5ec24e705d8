"""The shipped routes over a company in this process, on a port of this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.support.patience import HANG_GUARD
from wizterm.server import serving
from wizterm.server.app import app
from wizterm.server.company import Company


@contextmanager
def served(company: Company) -> Iterator[int]:
    """The port."""
    listening = serving.listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app(company), log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(HANG_GUARD)
        listening.close()
