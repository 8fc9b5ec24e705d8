"""Imports everything once, then forks a child for each line it reads: a process to kill in a few milliseconds."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.torture.kills.roles import ROLES, say


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    say("ready")
    for line in sys.stdin:
        role, *arguments = line.rstrip("\n").split("\t")
        pid = os.fork()
        if pid == 0:
            play(role, arguments)
        _, status = os.waitpid(pid, 0)
        say("dead", -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))


def play(role: str, arguments: list[str]) -> None:
    try:
        ROLES[role](*arguments)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - a child must never come back into the fork server's loop
        say("failed", repr(error))
        os._exit(1)


main()
