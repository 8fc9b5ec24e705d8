"""A way to an ERP that loses answers: the call is done there, and whoever asked never hears of it."""

from __future__ import annotations

import http.client
import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSED_ON = ("Content-Type", "Authorization", "Accept-Encoding")


@dataclass
class CuttingProxy:
    port: int
    """Of the ERP."""
    cut: deque[str] = field(default_factory=deque)
    """Methods whose next answer is lost, such as model.sale.sale.create."""
    lost: list[str] = field(default_factory=list)
    address: str = ""

    @contextmanager
    def open(self) -> Iterator[CuttingProxy]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def loses(self, method: str) -> bool:
        if method not in self.cut:
            return False
        self.cut.remove(method)
        self.lost.append(method)
        return True


def _handler(proxy: CuttingProxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=120)
            there.request("POST", self.path, body, {k: self.headers[k] for k in PASSED_ON if self.headers[k]})
            answer = there.getresponse()
            content = answer.read()
            there.close()
            self.close_connection = True
            if proxy.loses(json.loads(body)["method"]):
                return
            self.send_response(answer.status)
            for name in ("Content-Type", "Content-Encoding"):
                if answer.headers[name]:
                    self.send_header(name, answer.headers[name])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler
