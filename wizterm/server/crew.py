"""Several processes that do the same work: begun together, replaced when one dies, ended together.

Each hangs on a pipe to the process that began it, so that none outlives it. They share nothing but what they are given
and the store.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, Protocol

from wizterm.server.serving import tell_to_end

REST = 1.0
"""Seconds until one that died is replaced: what kills it at its start must not keep the machine busy."""
_log = logging.getLogger(__name__)
_spawning = multiprocessing.get_context("spawn")


class _Leash(Protocol):
    """One end of a pipe: a socket or a file, as the system has it."""

    def send(self, obj: Any, /) -> None: ...
    def recv(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class _Member:
    process: BaseProcess
    leash: _Leash


class Crew:
    """`work` is a function of a module, called in each process with its leash and these arguments."""

    def __init__(self, work: Callable[..., None], arguments: tuple[Any, ...], count: int) -> None:
        self._work = work
        self._arguments = arguments
        self._count = count
        self._members: list[_Member] = []
        self._ending = threading.Event()

    def run(self, ready: Callable[[], None]) -> int:
        """Until SIGTERM or SIGINT, or until one cannot even begin; `ready` is told when all have. The exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        self._members = [self._begin() for _ in range(self._count)]
        begun = all(_has_begun(member) for member in self._members)
        if begun and not self._ending.is_set():
            ready()
            self._replace_the_dead()
        self._end()
        for member in self._members:
            member.process.join()
        return 0 if begun else 1

    def _replace_the_dead(self) -> None:
        while not self._ending.is_set():
            died = wait([member.process.sentinel for member in self._members])
            if self._ending.wait(REST):
                return
            for place, member in enumerate(self._members):
                if member.process.sentinel in died:
                    _log.warning(
                        "process %s ended with status %s: replaced", member.process.pid, member.process.exitcode
                    )
                    self._members[place] = self._begin()

    def _begin(self) -> _Member:
        ours, theirs = _spawning.Pipe()
        process = _spawning.Process(target=_hang_on, args=(self._work, theirs, self._arguments))
        process.start()
        theirs.close()
        return _Member(process, ours)

    def _end(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self._ending.set()
        for member in self._members:
            member.process.terminate()


def _has_begun(member: _Member) -> bool:
    try:
        return bool(member.leash.recv())
    except (EOFError, OSError):
        return False


def _hang_on(work: Callable[..., None], leash: _Leash, arguments: tuple[Any, ...]) -> None:
    """In the new process: a Ctrl+C in the terminal is for the first one, which passes it on."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()
    threading.Thread(target=_end_with, args=(leash,), name="leash", daemon=True).start()
    work(lambda: leash.send("begun"), *arguments)


def _end_with(leash: _Leash) -> None:
    try:
        leash.recv()
    except (EOFError, OSError):  # which of the two depends on whether it had read what was sent
        tell_to_end()
