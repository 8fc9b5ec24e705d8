"""Bugs that simulated worlds find, and the kind of world each is looked for in."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from tests.torture.bugs import of_the_company as company
from tests.torture.bugs import of_the_device as device
from tests.torture.layer import Harm
from tests.torture.simulation.premises import COMPANY
from tests.torture.simulation.weather import Weather
from tests.torture.simulation.world import HOUR, World

CALM = Weather(hours=0.1, bad_requests=0.0, actions=10, absences=0, deaths=0, erp_trouble=0.0, devices=1)
AWAY = replace(CALM, absences=8, actions=16)
NOISY = replace(CALM, bad_requests=0.6, actions=20)
DEADLY = replace(CALM, deaths=16, actions=20)
MOODY = replace(CALM, erp_trouble=0.8)
PAIR = replace(CALM, devices=2, actions=24, deaths=2, carts=8)
JUMPY = replace(NOISY, hours=0.2, jumps=16)
ENDING = replace(AWAY, endings=6)
SET_BACK = replace(CALM, restores=3, actions=16)
COPIED = replace(CALM, hours=0.5, copies=1, actions=24)
KINDS = {
    "calm": CALM,
    "away": AWAY,
    "noisy": NOISY,
    "deadly": DEADLY,
    "moody": MOODY,
    "pair": PAIR,
    "jumpy": JUMPY,
    "ending": ENDING,
    "set back": SET_BACK,
    "copied": COPIED,
}
HEALING = {CALM: 600.0, AWAY: 600.0, NOISY: 900.0, DEADLY: 900.0}
LONG_HEALING = HOUR / 2
"""Seconds; a world with a bug may never come to rest, and is not waited for longer than a good one takes."""


@dataclass(frozen=True, slots=True)
class Bug:
    plant: Callable[[], company.Bug]
    weather: Weather
    before: str = ""
    """What is done to the store first."""


SIMULATED = {
    "any page is taken for a receipt": Bug(device.a_page_is_a_receipt, NOISY),
    "a 401 deletes": Bug(device.a_401_deletes, NOISY),
    "given up after two tries": Bug(device.gives_up_after_two_tries, NOISY),
    "the queue is purged by count": Bug(device.keeps_the_newest_two, AWAY),
    "the bytes are built again when they are sent": Bug(device.builds_the_bytes_again, CALM),
    "what a crash left on its way is not taken up": Bug(device.does_not_take_up_what_was_on_its_way, DEADLY),
    "document and outbox in two transactions": Bug(device.submits_in_two_transactions, DEADLY),
    "answers paired by their place": Bug(device.pairs_answers_by_their_place, NOISY),
    "a word that came before its receipt is forgotten": Bug(device.forgets_a_word_that_came_before_its_receipt, NOISY),
    "what may have arrived is withdrawn": Bug(device.withdraws_what_may_have_arrived, NOISY),
    "refused is taken for done": Bug(device.takes_a_refusal_for_a_yes, MOODY),
    "numbers begin anew": Bug(device.numbers_begin_anew, CALM),
    "a rest by a clock that was ahead": Bug(device.rests_by_a_clock_that_was_ahead, JUMPY),
    "the epoch is ignored": Bug(device.ignores_the_epoch, SET_BACK),
    "a handed-over cart stays on both": Bug(device.keeps_a_cart_that_it_handed_over, PAIR),
    "a cart leaves before the server has it": Bug(device.drops_a_cart_that_it_handed_over, PAIR),
    "signing out empties the queue": Bug(device.signing_out_empties_the_queue, ENDING),
    "the receipt comes before the commit": Bug(company.answers_before_it_commits, CALM),
    "document and delivery in two transactions": Bug(company.takes_in_two_transactions, DEADLY),
    "nothing is unique": Bug(company.knows_nothing_again, NOISY, company.NOTHING_UNIQUE),
    "a cursor one too far": Bug(company.cursor_one_too_far, CALM),
    "an unknown outcome is sent again blindly": Bug(company.sends_again_blindly, MOODY),
    "a claim without a lease": Bug(company.claims_for_ever, DEADLY),
    "a cart is given to everybody who asks": Bug(company.gives_a_cart_to_everybody, PAIR),
    "copies are not told apart": Bug(company.does_not_tell_copies_apart, COPIED),
}


def lived(weather: Weather, seed: int, template: Path, folder: Path, bug: Bug | None = None) -> Harm:
    """What the books say of a short world, with a bug or without."""
    try:
        world = World(seed, template, folder, weather, healing=HEALING.get(weather, LONG_HEALING))
        if bug is None:
            return world.run()
        with closing(sqlite3.connect(folder / COMPANY / "server.db")) as connection:
            connection.executescript(bug.before)
        with bug.plant():
            return world.run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
