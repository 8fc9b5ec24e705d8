"""A real server process with the sample company on a free loopback port, in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from wizterm.demo.make_company import PACKAGED

REPS = (("KIM", "Kim Berg"), ("ANA", "Ana Souza"))
PASSWORD = "offline-first"  # noqa: S105 - of a company that is made up
PIN = "246810"
"""Of the manager, who approves discounts beyond the reps' limits."""
LIMITS = (
    "--most-line-discount",
    "10",
    "--most-cart-discount",
    "5",
    "--may-type-prices",
    "--may-switch-lists",
    "--may-credit",
)
NO_MAILS: Mapping[str, str] = {}
PATIENCE = 60.0
"""Seconds for the server to answer; it takes about one."""


class StageError(Exception):
    """The demo's server could not be set up; the message is what its process said."""


class StuckError(Exception):
    """What the demo waits for does not come; the message says how things stand."""


class Stage:
    """Files under `folder`: `server/` and, in it, `erp/`, where the files connector writes; `mails/` beside it."""

    def __init__(
        self, folder: Path, say: Callable[[str], object] = lambda _: None, *, mailing: Mapping[str, str] = NO_MAILS
    ) -> None:
        """`say` is told each step as it begins; `mailing` are the server's settings of mails, as its environment."""
        self.folder = folder
        self._say = say
        self._mailing = mailing
        self.address = ""
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def books(self) -> Path:
        """The ledger: one file for each document the ERP has booked."""
        return self.folder / "server" / "erp"

    def build(self) -> None:
        """Load the company and its reps, by the office's own commands."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StageError(f"The folder {self.folder} cannot be made: {error.strerror}. Choose another.") from error
        self._say("Loading products, prices and customers …")
        tables = sorted(str(path) for path in PACKAGED.glob("*.csv*"))
        self.admin("import", *tables)
        self._say("Adding their pictures …")
        self.admin("media", "add", str(PACKAGED / "pictures"))
        self._say("Setting up two reps and a manager …")
        for code, name in REPS:
            named = ("--name", name, "--email", f"{code.lower()}@northwind-gifts.example")
            self.admin("reps", "add", code, *named, "--password-stdin", *LIMITS, typed=PASSWORD)
        self.admin("managers", "add", "BOSS", "--name", "Bo Strand", "--pin-stdin", "--most", "40", typed=PIN)

    def open(self) -> None:
        """Start the server; on the port it had before, where it had one."""
        self._say("Starting the server …")
        port = self.address.rpartition(":")[2] or "0"
        log = (self.folder / "server.log").open("ab")
        with log:
            self._server = subprocess.Popen(  # noqa: S603 - our own program
                [
                    *_wizterm("serve"),
                    "--folder",
                    str(self.folder / "server"),
                    "--port",
                    port,
                    "--company",
                    "Northwind Gifts",
                    "--until-input-ends",
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
                env={**os.environ, **self._mailing},
            )
        try:
            self.address = self._address()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the server process, politely and then surely."""
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            for pipe in (self._server.stdin, self._server.stdout):
                if pipe is not None:
                    pipe.close()
            self._server = None

    def admin(self, *words: str, typed: str = "") -> None:
        """What the office does on the server's own host; `typed` is its standard input."""
        done = subprocess.run(  # noqa: S603 - our own program
            [*_wizterm("admin"), "--folder", str(self.folder / "server"), *words],
            input=f"{typed}\n".encode(),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        if done.returncode:
            raise StageError(f"`wizterm admin {words[0]}` failed: {done.stderr.decode(errors='replace').strip()}")

    def _address(self) -> str:
        """The address that the server prints when it is ready."""
        if self._server is None or self._server.stdout is None:
            raise AssertionError("the server was started")
        said = self._server.stdout.readline().decode(errors="replace")
        found = re.search(r"http://\S+", said)
        if found is None:
            self.close()
            log = (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")
            raise StageError(f"The demo's server did not start: {said.strip() or log.strip() or 'it said nothing'}")
        return found[0].rstrip("/.")


def _wizterm(command: str) -> list[str]:
    return [sys.executable, "-m", "wizterm", command]
