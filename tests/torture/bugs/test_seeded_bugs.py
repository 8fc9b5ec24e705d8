"""Bugs that were put in on purpose: each is found by a layer. One that is not found is a hole in the net."""

from random import Random

import pytest

from tests.torture.bugs import of_the_company as company
from tests.torture.bugs import of_the_device as device
from tests.torture.bugs.drills import DRILLS
from tests.torture.bugs.simulated import KINDS, SIMULATED, lived
from tests.torture.layer import Harm
from tests.torture.power.cutting import found, worked
from tests.torture.simulation import template as made

SEEDS = 8
"""Worlds that are tried for one bug, until one finds it; the first or the second mostly does."""
CUTS = 40
DRILLED = {
    "rests without jitter": (device.rests_without_jitter, "drill: herd"),
    "two may send": (device.lets_two_send, "drill: two senders"),
}


@pytest.fixture(scope="module")
def memory():
    with made.folder_in_memory() as folder:
        yield folder


@pytest.fixture(scope="module")
def template(memory):
    return made.make(memory / "template")


@pytest.mark.parametrize("bug", SIMULATED)
def test_the_simulation_finds(bug, template, memory, caught):
    for seed in range(SEEDS):
        if harm := lived(SIMULATED[bug].weather, seed, template, memory / "world", SIMULATED[bug]):
            caught(bug, "simulation", harm)
            return
    pytest.fail(f"{SEEDS} worlds with the bug, and nothing was found")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_worlds_do_no_harm_without_a_bug(kind, template, memory, layer):
    row = layer("simulation")
    row.count(lived(KINDS[kind], 0, template, memory / "world"), of=f"{kind}, seed 0")


def test_the_power_cuts_find_a_delivery_in_a_transaction_of_its_own(caught, tmp_path):
    with company.takes_in_two_transactions():
        journal = worked(tmp_path / "worked")
    chance, harm = Random(1), Harm()
    for seed in range(CUTS):
        harm += found(journal, chance.choice(journal.places), ("server",), seed, tmp_path / f"{seed}")
    assert harm.half
    caught("document and delivery in two transactions", "power cut", harm)


@pytest.mark.parametrize("drill", DRILLS)
def test_a_drill_does_no_harm(drill, layer, tmp_path):
    layer(drill).count(DRILLS[drill](tmp_path))


@pytest.mark.parametrize("bug", DRILLED)
def test_a_drill_finds(bug, caught, tmp_path):
    plant, drill = DRILLED[bug]
    with plant():
        harm = DRILLS[drill](tmp_path)
    assert harm
    caught(bug, drill, harm)
