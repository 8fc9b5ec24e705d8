"""The whole program in a real terminal, on a folder that has a rep and a small catalogue and no network."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.support.outbox_device import id_of
from tests.support.pty_terminal import PtyTerminal
from tests.support.ui import Folder
from wizterm.db.device import open_device, set_setting
from wizterm.domain.clock import SystemClock
from wizterm.services.machine import Machine

NOWHERE = "http://127.0.0.1:9"
"""The discard port: nothing answers, and at once."""
READY = "Search by name"
NO_TOTAL = re.compile(r"TOTAL \w{3} +0\.00")


def rep_folder(path: Path, address: str = NOWHERE) -> Path:
    """Kim's folder, left as after a day's work with the server at this address."""
    with closing(Folder(path)):
        pass
    database = open_device(path)
    set_setting(database, "address", address)
    database.close()
    return path


@contextmanager
def wizterm(*arguments: str | Path, home: Path, columns: int = 120, lines: int = 40) -> Iterator[PtyTerminal]:
    """The program as a person starts it; `home` stands in for theirs."""
    with PtyTerminal.python(
        "-m", "wizterm", *arguments, columns=columns, lines=lines, environment=home_of(home)
    ) as terminal:
        yield terminal


@contextmanager
def at_work(folder: Path) -> Iterator[PtyTerminal]:
    """The program on this folder, when it can be typed at."""
    with wizterm("--device", folder, home=folder.parent) as terminal:
        terminal.shows(READY)
        terminal.shows("22423")
        yield terminal


def home_of(home: Path) -> dict[str, str]:
    """An environment in which nothing of this person's is touched."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR")
    return dict.fromkeys(names, str(home))


def cart_on_disk(folder: Path) -> list[tuple[str, str]]:
    """SKU and count of each line, as the next start finds them."""
    ids = itertools.count(500)
    machine = Machine(folder, clock=SystemClock(), new_id=lambda: id_of(next(ids)))
    with closing(machine):
        return [(line.sku, str(line.count)) for line in machine.bench.entry.current().cart.lines]


def in_cart(sku: str, *, listed: int = 1) -> object:
    """Whether the screen shows the product once more than the list, and a total: a list half repainted has none."""
    return lambda screen: screen.count(sku) > listed and not NO_TOTAL.search(screen)
