"""Running the server: its socket, its signals, its worker; a stop that was asked for is a success."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import BinaryIO

import uvicorn

from wizterm import __version__
from wizterm.domain.ids import uuid7
from wizterm.server.app import app
from wizterm.server.company import Company
from wizterm.server.journal import each_request
from wizterm.server.tallies import CALLS

GRACE_SECONDS = 10
BACKLOG = 256
TURN_SECONDS = 0.0005
"""How long a thread computes before another may. At the usual 5 ms a call that asks the store twenty times waits twenty
times as long for a batch that is being read."""
_LOG = logging.getLogger(__name__)


class AddressError(Exception):
    """The server cannot listen there; the message says why."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without its protocol named asyncio sends answers late: their two parts wait for each other's receipt, 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        taken = error.errno in {errno.EADDRINUSE, errno.EACCES}
        what = "Stop what uses it, or choose another with --port." if taken else "Name an address of this machine."
        raise AddressError(f"Cannot listen on {host} port {port}: {error.strerror}. {what}") from error
    listening.listen(BACKLOG)
    return listening


def address(listening: socket.socket) -> str:
    """As somebody on this machine writes it."""
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def serve(company: Company, listening: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the address."""
    count = partial(company.tallies.add, CALLS)
    logged = each_request(uuid7, company.clock.monotonic, count, company.courtesy.call)(app(company))
    config = uvicorn.Config(
        logged, log_config=None, access_log=False, timeout_graceful_shutdown=GRACE_SECONDS, server_header=False
    )
    sys.setswitchinterval(TURN_SECONDS)
    company.store.engine.make_ready()
    company.start()
    try:
        _Server(config, lambda: _begun(address(listening), ready)).run(sockets=[listening])
    finally:
        company.close()
        _LOG.info("The server has ended.")


def _begun(where: str, ready: Callable[[str], None]) -> None:
    _LOG.info("The server has begun.", extra={"facts": {"address": where, "version": __version__}})
    ready(where)


def end_with(pipe: BinaryIO) -> None:
    """Stop as by SIGTERM when the pipe ends: whoever holds its other end is gone, however that came."""

    def wait() -> None:
        while pipe.read(1):
            pass
        tell_to_end()

    threading.Thread(target=wait, name="until-input-ends", daemon=True).start()


def tell_to_end() -> None:
    """SIGTERM to this process. Not raised in the thread that asks: the first one may be waiting, and must wake."""
    if os.name == "posix":
        os.kill(os.getpid(), signal.SIGTERM)
    else:
        signal.raise_signal(signal.SIGTERM)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        _LOG.info("The server is ending: calls under way are answered first.")
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        """Uvicorn would raise the signal again after a clean end, and the exit status would tell of a failure."""
        self.force_exit = self.should_exit
        self.should_exit = True
