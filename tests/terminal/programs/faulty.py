"""The program with a fault on F12; `python faulty.py FOLDER`."""

import sys
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding

from wizterm.app import WizTerm
from wizterm.config import Config
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.launch import lines_every, run, talk_to
from wizterm.services.door import Door


class Faulty(WizTerm):
    BINDINGS: ClassVar = [Binding("f12", "stumble", priority=True)]

    def action_stumble(self) -> None:
        customer = "The Paper Lantern"
        customer[99]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    clock, config = SystemClock(), Config()
    door = Door(folder, connect=talk_to, clock=clock, new_id=uuid7, folder=folder)
    sys.exit(run(Faulty(door=door, config=config, clock=clock, new_id=uuid7, start_syncing=lines_every(config))))
