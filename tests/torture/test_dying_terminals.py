"""A terminal dies in the middle of entering an order, in every way it can: what the screen showed is on the disk."""

import random
import shutil
import signal

import pytest

from tests.support.whole_app import at_work, cart_on_disk, in_cart, rep_folder
from tests.torture.books import device_faults
from tests.torture.layer import Harm
from tests.torture.size import SCALE, times

ROW = "dying terminals"
CAKESTAND = ("22423", "1")


def storm(terminal):
    for columns in range(60, 200, 7):
        terminal.resize(columns, columns // 3)
    terminal.signal(signal.SIGTERM)


DEATHS = {
    "SIGHUP": lambda terminal: terminal.signal(signal.SIGHUP),
    "SIGTERM": lambda terminal: terminal.signal(signal.SIGTERM),
    "SIGKILL": lambda terminal: terminal.signal(signal.SIGKILL),
    "the terminal is gone": lambda terminal: terminal.hang_up(),
    "a storm of sizes, then SIGTERM": storm,
}
SOON = 0.3
"""Seconds within which a line is entered and shown on an idle machine."""


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    return rep_folder(tmp_path_factory.mktemp("pristine") / "kim")


def died(folder, die, moment):
    """What the screen showed in the cart before, compared with what is on the disk after."""
    with at_work(folder) as terminal:
        terminal.send(b"cakestand\r")
        terminal.read_for(moment)
        shown = in_cart("22423")(terminal.text)
        die(terminal)
        terminal.ended()
        traces = "Traceback" in terminal.text
    there = cart_on_disk(folder)
    lost = ("the cakestand was shown in the cart, and is gone",) if shown and there != [CAKESTAND] else ()
    half = [f"the cart holds {there}"] if there not in ([], [CAKESTAND]) else []
    half += ["the screen was left with a traceback"] if traces else []
    return Harm(lost=lost, half=(*half, *device_faults(folder / "device.db")))


@pytest.mark.parametrize("death", list(DEATHS)[:: 1 if SCALE > 1 else 2])
def test_a_terminal_dies(tmp_path, pristine, layer, death):
    row = layer(ROW)
    chance = random.Random(death)
    for turn in range(times(1)):
        folder = tmp_path / f"home-{turn}" / "kim"
        shutil.copytree(pristine, folder)
        moment = chance.uniform(0, SOON)
        row.count(died(folder, DEATHS[death], moment), f"{death}, after {moment:.3f} s")
