"""Processes that say lines, and the killing of them."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.support.patience import HANG_GUARD

HERE = Path(__file__).parent


class Spoken:
    """The lines a process says."""

    def __init__(self, *command: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-X", "utf8", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._rest = b""

    def line(self) -> list[str]:
        while b"\n" not in self._rest:
            assert select.select([self.process.stdout], [], [], HANG_GUARD)[0], "nothing was said for too long"
            piece = os.read(self.process.stdout.fileno(), 65536)
            assert piece, "the process ended"
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode().split(" ")

    def until(self, word: str) -> list[str]:
        while (line := self.line())[0] != word:
            assert line[0] != "failed", line
        return line

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class Forks(Spoken):
    """Children that are up in a few milliseconds."""

    def __init__(self) -> None:
        super().__init__(str(HERE / "fork_server.py"))
        self.until("ready")

    def begin(self, role: str, *arguments: object) -> int:
        """The child's process id, once it has begun."""
        self.process.stdin.write(("\t".join([role, *map(str, arguments)]) + "\n").encode())
        return int(self.until("began")[1])

    def kill_after(self, pid: int, times: int, seconds: float) -> None:
        """Once it has told its progress so often, and a moment later."""
        for _ in range(times):
            self.until("at")
        rest(seconds)
        self.kill(pid)

    def heard(self, times: int) -> list[list[str]]:
        """What the child says until it has told its progress so often."""
        said = []
        while times:
            said.append(self.line())
            assert said[-1][0] not in {"failed", "dead"}, said[-1]
            times -= said[-1][0] == "at"
        return said

    def kill(self, pid: int) -> list[list[str]]:
        """What the child said after it had begun."""
        os.kill(pid, signal.SIGKILL)
        return self.last_words()

    def last_words(self) -> list[list[str]]:
        said = []
        while (line := self.line())[0] != "dead":
            assert line[0] != "failed", line
            said.append(line)
        return said


class Intake(Spoken):
    def __init__(self, ledger: Path, hold: float) -> None:
        super().__init__(str(HERE / "intake_server.py"), str(ledger), str(hold))
        self.address = f"http://127.0.0.1:{self.until('ready')[1]}"


def rest(seconds: float) -> None:
    """The moment of a kill is drawn, not awaited."""
    time.sleep(seconds)
