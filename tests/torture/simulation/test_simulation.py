"""Seeds of bad days: whatever they bring, everything that was called saved is there in the end, and once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.simulation import template as made
from tests.torture.simulation.network import FAULTS
from tests.torture.simulation.weather import Weather
from tests.torture.simulation.world import World
from tests.torture.size import seeds

ROOT = Path(__file__).parents[3]
REPLAY = ("-m", "tests.torture.simulation.replay")
SHORT = 4
BAD = Weather(
    hours=1.0,
    bad_requests=0.5,
    actions=16,
    absences=2,
    deaths=8,
    erp_trouble=0.4,
    devices=2,
    jumps=2,
    endings=3,
    restores=3,
    copies=1,
    carts=4,
)
PARTS = 4
"""Tests that the seeds are dealt to, so that several processes can work on them."""


@pytest.fixture(scope="session")
def memory():
    with made.folder_in_memory() as folder:
        yield folder


@pytest.fixture(scope="session")
def template(memory):
    return made.make(memory / "template")


@pytest.fixture
def lived(template, memory):
    """A world of this seed that has come to its end; with what the books say then, and with what it all was."""

    def live(seed, weather=None):
        folder = memory / f"world {seed}"
        try:
            world = World(seed, template, folder, weather)
            harm = world.run()
            return world, harm, world.fingerprint
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return live


@pytest.mark.parametrize("part", range(PARTS))
def test_after_bad_days_everything_is_there_and_once(layer, lived, part):
    row = layer("simulation")
    for seed in seeds(2, of=part * 1_000_000):
        _, harm, _ = lived(seed)
        row.count(harm, of=f"python {' '.join(REPLAY)} {seed}")


def test_the_same_seed_is_the_same_world_bit_for_bit(lived):
    first, _, fingerprint = lived(SHORT)
    second, _, again = lived(SHORT)
    assert first.trace == second.trace
    assert fingerprint == again
    assert fingerprint != lived(SHORT + 1)[2]


def test_a_seed_is_replayed_by_another_process(lived):
    world, _, fingerprint = lived(SHORT)
    environment = os.environ | {"PYTHONHASHSEED": "77", "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, *REPLAY, str(SHORT)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert said == [*world.trace, "No harm.", fingerprint]


def test_worlds_are_as_bad_as_they_are_meant_to_be(lived):
    """Without deaths, faults and refusals nothing would be shown."""
    world, harm, _ = lived(1, BAD)
    assert not harm
    trace = "\n".join(world.trace)
    done = ("order:", "cancel:", "customer:", "hold:", "hand over:", "take:", "submit:")
    befell = ("kim died", "server died", "sign-in ends", "a clock is off", "server is set back", "is copied")
    assert not [words for words in (*done, *befell) if words not in trace]
    assert sum(f" {fault}" in trace for fault in FAULTS) > len(FAULTS) * 2 / 3
