"""The loop told without a screen: sync, offline, orders, a kill, reconnect, delivery, and the count at the end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from wizterm.demo import mailbag
from wizterm.demo.cable import Cable
from wizterm.demo.journal import read
from wizterm.demo.ledger import Sabotage, Verdict, compare, sabotage
from wizterm.demo.rep import Answer
from wizterm.demo.stage import Stage
from wizterm.protocol.decoding import decoded

ORDERS_BEFORE, ORDERS_AFTER = 8, 3
"""Orders taken before the kill and after it; two quotes, a new customer and their order come on top."""

Say = Callable[[str], object]


class StoryError(Exception):
    """The story could not go on; the message says where."""


class RepProcess:
    """The device as a process that the story talks to."""

    def __init__(self, folder: Path, address: str, journal: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "wizterm.demo.rep", str(folder), address, str(journal)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._hear()

    def do(self, *words: str, progress: Say = lambda _: None) -> str:
        """Give a command and wait for its end."""
        self._order(*words)
        while (answer := self._hear()).more:
            progress(answer.said)
        return answer.said

    def kill_half_way(self, *words: str) -> str:
        """Give a command and kill the process when it says how far it is."""
        self._order(*words)
        answer = self._hear()
        self._process.kill()
        self.end()
        return answer.said

    def end(self) -> None:
        if self._process.poll() is None and self._process.stdin is not None:
            self._process.kill()
        self._process.communicate()

    def _order(self, *words: str) -> None:
        if self._process.stdin is None:
            raise AssertionError("the process was started with a pipe")
        self._process.stdin.write(" ".join(words).encode() + b"\n")
        self._process.stdin.flush()

    def _hear(self) -> Answer:
        if self._process.stdout is None:
            raise AssertionError("the process was started with a pipe")
        line = self._process.stdout.readline()
        if not line:
            raise StoryError("The device's process ended by itself; what it wrote above says why.")
        return decoded(line, Answer)


def tell(folder: Path, say: Say, tampering: Sabotage | None = None) -> Verdict:
    """Play the story in this folder, saying each step."""
    stage = Stage(folder, mailing=mailbag.settings(folder))
    say("The company: loading real products, prices, customers and past orders")
    with closing(stage):
        stage.build()
        stage.open()
        host = urlsplit(stage.address)
        with closing(Cable(host.hostname or "", host.port or 0)) as cable:
            _play(folder, cable, say)
        say(f"Mail: {mailbag.confirmations(read(folder / 'journal.jsonl'), folder)}")
    if tampering:
        say(f"Sabotage: {tampering} {sabotage(stage.books, tampering)}")
    return compare(read(folder / "journal.jsonl"), stage.books)


def _play(folder: Path, cable: Cable, say: Say) -> None:
    device, journal = folder / "device", folder / "journal.jsonl"
    rep = RepProcess(device, cable.address, journal)
    try:
        say(f"First sync: {rep.do('sync')}")
        say("Offline: the cable is pulled")
        cable.pull()
        for place in range(ORDERS_BEFORE):
            say(f"  {rep.do('order', str(place))}")
        say(f"  {rep.do('quote', '9')}")
        say(f"  {rep.do('customer')}")
        say(f"The plug: {rep.kill_half_way('die', '10')}; SIGKILL")
        rep = RepProcess(device, cable.address, journal)
        say(f"Restart, still offline: {rep.do('left')}")
        for place in range(11, 11 + ORDERS_AFTER):
            say(f"  {rep.do('order', str(place))}")
        say(f"  {rep.do('quote', '15')}")
        say("Online: the cable is back")
        cable.put_back()
        say(f"Delivery: {rep.do('deliver', progress=lambda said: say(f'  {said}'))} by the ERP")
        rep.do("stop")
    finally:
        rep.end()
