"""A real server in a process of its own: started, stopped, killed, and started again on the same port."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.support.patience import HANG_GUARD
from tests.support.ports import free_port
from wizterm.protocol import ping

ROOT = Path(__file__).resolve().parents[2]
BETWEEN_LOOKS = 0.05


@dataclass
class ServerProcess:
    folder: Path
    port: int = 0
    """A free one is taken at the first start and kept."""
    options: tuple[str, ...] = ()
    log: Path = field(init=False)
    _process: subprocess.Popen[bytes] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / "server.log"
        self.port = self.port or free_port()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Returns when it answers a ping."""
        command = [sys.executable, "-m", "wizterm", "serve", "--port", str(self.port)]
        command += ["--folder", str(self.folder), "--company", "Testers & Co", *self.options]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=log, env=os.environ | {"PYTHONUNBUFFERED": "1"}
            )
        deadline = time.monotonic() + HANG_GUARD
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The server did not start:\n{self.log.read_text(errors='replace')}")
            time.sleep(BETWEEN_LOOKS)

    def stop(self) -> int:
        """As an operator ends it; gives the exit status."""
        return self._end(signal.SIGTERM)

    def ended(self) -> int:
        """Wait for the end that it has been told of; gives the exit status."""
        assert self._process is not None
        return self._process.wait(HANG_GUARD)

    def kill(self) -> None:
        """As a power cut ends it."""
        if self._process is not None and self._process.poll() is None:
            self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        return self.ended()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", ping.PATH)
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()
