"""Bugs that were put in on purpose: each is found by a layer. One that is not found is a hole in the net."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from random import Random

import pytest

from tests.torture.bugs import of_the_company as company
from tests.torture.bugs import of_the_device as device
from tests.torture.bugs.drills import DRILLS
from tests.torture.layer import Harm
from tests.torture.power.cutting import found, worked
from tests.torture.simulation import template as made
from tests.torture.simulation.world import COMPANY, HOUR, Weather, World

CALM = Weather(hours=0.1, bad_requests=0.0, actions=6, absences=0, deaths=0, erp_trouble=0.0, devices=1)
AWAY = replace(CALM, absences=6)
NOISY = replace(CALM, bad_requests=0.6, actions=8)
DEADLY = replace(CALM, deaths=12, actions=10)
MOODY = replace(CALM, erp_trouble=0.8)
HEALING = {CALM: 600.0, AWAY: 600.0, NOISY: 900.0, DEADLY: 900.0, MOODY: HOUR / 2}
"""Seconds; a world with a bug may never come to rest, and is not waited for longer than a good one takes."""
SEEDS = 8
"""Tried for one bug, until one finds it; the table says where to begin, so that this takes a second."""
SIMULATED = {
    "any page is taken for a receipt": (device.a_page_is_a_receipt, NOISY, 3),
    "a 401 deletes": (device.a_401_deletes, NOISY, 0),
    "given up after two tries": (device.gives_up_after_two_tries, NOISY, 0),
    "the queue is purged by count": (device.keeps_the_newest_two, AWAY, 1),
    "the bytes are built again when they are sent": (device.builds_the_bytes_again, CALM, 1),
    "what a crash left on its way is not taken up": (device.does_not_take_up_what_was_on_its_way, DEADLY, 4),
    "document and outbox in two transactions": (device.submits_in_two_transactions, DEADLY, 11),
    "answers paired by their place": (device.pairs_answers_by_their_place, NOISY, 0),
    "a word that came before its receipt is forgotten": (device.forgets_a_word_that_came_before_its_receipt, NOISY, 0),
    "refused is taken for done": (device.takes_a_refusal_for_a_yes, MOODY, 0),
    "numbers begin anew": (device.numbers_begin_anew, CALM, 0),
    "the receipt comes before the commit": (company.answers_before_it_commits, CALM, 0),
    "nothing is unique": (company.knows_nothing_again, NOISY, 0),
    "a cursor one too far": (company.cursor_one_too_far, CALM, 0),
    "an unknown outcome is sent again blindly": (company.sends_again_blindly, MOODY, 0),
}
CUTS = 40
DRILLED = {
    "rests without jitter": (device.rests_without_jitter, "drill: herd"),
    "a rest by a clock that was ahead": (device.rests_by_a_clock_that_was_ahead, "drill: clock set back"),
    "two may send": (device.lets_two_send, "drill: two senders"),
    "what may have arrived is withdrawn": (device.withdraws_what_may_have_arrived, "drill: cancelled unheard"),
    "a claim without a lease": (company.claims_for_ever, "drill: died while booking"),
    "the epoch is ignored": (device.ignores_the_epoch, "drill: restored server"),
}
BEFORE = {"nothing is unique": company.NOTHING_UNIQUE}
"""What is done to the store first."""


@pytest.fixture(scope="module")
def memory():
    with made.folder_in_memory() as folder:
        yield folder


@pytest.fixture(scope="module")
def template(memory):
    return made.make(memory / "template")


@pytest.fixture
def lived(template, memory):
    """What the books say of a short world."""

    def live(seed, weather, before=""):
        folder = memory / "world"
        try:
            world = World(seed, template, folder, weather, healing=HEALING[weather])
            with closing(sqlite3.connect(folder / COMPANY / "server.db")) as connection:
                connection.executescript(before)
            return world.run()
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return live


@pytest.mark.parametrize("bug", SIMULATED)
def test_the_simulation_finds(bug, lived, caught):
    plant, weather, first = SIMULATED[bug]
    for seed in range(first, first + SEEDS):
        with plant():
            harm = lived(seed, weather, BEFORE.get(bug, ""))
        if harm:
            caught(bug, "simulation", harm)
            return
    pytest.fail(f"{SEEDS} worlds with the bug, and nothing was found")


@pytest.mark.parametrize(
    "weather", [CALM, AWAY, NOISY, DEADLY, MOODY], ids=["calm", "away", "noisy", "deadly", "moody"]
)
def test_the_same_worlds_do_no_harm_without_a_bug(weather, lived, layer):
    row = layer("simulation")
    for seed in range(2):
        row.count(lived(seed, weather), of=f"seed {seed}")


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
