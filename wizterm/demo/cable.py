"""The network cable between the demo's device and its server: it can be pulled and put back."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress

PIECE = 65_536


class Cable:
    """Passes bytes from a loopback port of its own to the server's. Pulled, it cuts what is open and takes no more."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._plugged = threading.Event()
        self._plugged.set()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = False
        threading.Thread(target=self._accept, name="cable", daemon=True).start()

    @property
    def address(self) -> str:
        """Where the device finds the server through this cable."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def plugged(self) -> bool:
        return self._plugged.is_set()

    def pull(self) -> None:
        self._plugged.clear()
        self._cut()

    def put_back(self) -> None:
        self._plugged.set()

    def close(self) -> None:
        self._closed = True
        self._listener.close()
        self._cut()

    def _cut(self) -> None:
        with self._lock:
            for end in self._open:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._plugged.is_set():
                threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()
            else:
                near.close()

    def _pass_on(self, near: socket.socket) -> None:
        with near:
            try:
                far = socket.create_connection(self._target, timeout=5)
            except OSError:
                return
            with far:
                far.settimeout(None)
                self._between(near, far)

    def _between(self, near: socket.socket, far: socket.socket) -> None:
        with self._lock:
            self._open |= {near, far}
        try:
            with selectors.DefaultSelector() as waiting, suppress(OSError):
                waiting.register(near, selectors.EVENT_READ, far)
                waiting.register(far, selectors.EVENT_READ, near)
                while all(_passed(key) for key, _ in waiting.select()):
                    pass
        finally:
            with self._lock:
                self._open -= {near, far}


def _passed(key: selectors.SelectorKey) -> bool:
    """Whether a piece came and was passed on; False at the end."""
    here = key.fileobj
    if not isinstance(here, socket.socket):
        raise TypeError("a cable has sockets at its ends")
    piece = here.recv(PIECE)
    key.data.sendall(piece)
    return bool(piece)
