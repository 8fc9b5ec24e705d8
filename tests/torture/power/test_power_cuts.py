"""The plug is pulled at any moment, at either end or at both; what is found then is opened, sent, and compared."""

import shutil
from random import Random

import pytest

from tests.support.still_clock import StillClock
from tests.torture.books import compare
from tests.torture.erp import Erp
from tests.torture.layer import Harm
from tests.torture.power.cutting import company_in, device_in, found, told, worked
from tests.torture.power.disk import after_cut, standing
from tests.torture.power.simulated import simulated_disk
from tests.torture.size import SEED, times
from wizterm.connectors.base import LEASE_SECONDS
from wizterm.db.device import open_device

ENDS = {"the device": ("device",), "the server": ("server",), "both ends": ("device", "server")}
EVERYTHING = ENDS["both ends"]
SEEDED = [("NORMAL", "lost"), ("OFF", "half")]
"""What a sync less does: commits are rolled back, or pages are torn."""
ROUNDS = 6
"""Until everything is sent, booked and heard of after a cut; two are enough where no delivery was under way."""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("worked")


@pytest.fixture(scope="module")
def journal(root):
    return worked(root)


def cuts(journal, number):
    """Places to cut at, each with its seed."""
    chance = Random(1)
    drawn = [(chance.choice(journal.places), seed) for seed in range(times(number))]
    return [pair for pair in drawn if SEED in {"", str(pair[1])}]


@pytest.mark.parametrize("end", ENDS)
def test_what_was_called_saved_is_there_after_the_power_is_back(layer, journal, tmp_path, end):
    row = layer(f"power cut: {end}")
    for at, seed in cuts(journal, 100):
        harm = found(journal, at, ENDS[end], seed, tmp_path / f"{seed}")
        row.count(harm, of=f"SEED={seed} (event {at})")
        shutil.rmtree(tmp_path / f"{seed}")


def test_what_was_found_is_sent_and_booked_without_anybodys_doing(layer, journal, tmp_path, root):
    row = layer("power cut: and on from there")
    for at, seed in cuts(journal, 12):
        folder = tmp_path / f"{seed}"
        harm = found(journal, at, EVERYTHING, seed, folder)
        promises, booked = told(journal, at)
        row.count(harm + went_on(folder, promises, booked, root), of=f"SEED={seed} (event {at})")
        shutil.rmtree(folder)


def went_on(folder, promises, booked, root):
    """Sent, booked and heard of by the shipped code, on a disk and in a network without faults."""
    clock, erp = StillClock(), Erp(booked=booked)
    company = company_in(folder, erp, clock)
    device = device_in(folder, company, clock)
    if promises.bodies:
        shutil.copytree(root / "device" / "catalogue", folder / "device" / "catalogue")
        device.sign_in()
        for _ in range(ROUNDS):
            clock.go_on(LEASE_SECONDS + 1)
            device.sync()
            while company.dispatcher.step():
                pass
    company.close()
    return compare(promises, [folder / "device"], folder / "server", erp.booked, quiet=True)


def test_the_power_goes_again_while_the_last_cut_is_mended(layer, journal, tmp_path):
    row = layer("power cut: again while it is mended")
    for at, seed in cuts(journal, 20):
        once, again = tmp_path / f"{seed}", tmp_path / f"{seed} again"
        after_cut(journal, at, cut=EVERYTHING, into=once, seed=seed)
        mending = standing(once, journal.told(at))
        with simulated_disk(once, mending):
            open_device(once / "device").close()
            company_in(once, Erp(), StillClock()).close()
        place = Random(seed).choice(mending.places)
        row.count(found(mending, place, EVERYTHING, seed, again), of=f"SEED={seed}")
        shutil.rmtree(once)
        shutil.rmtree(again)


@pytest.mark.parametrize(("pragma", "kind"), SEEDED)
def test_without_full_syncs_the_power_cuts_find_losses(caught, tmp_path, pragma, kind):
    journal = worked(tmp_path / "worked", f"PRAGMA synchronous = {pragma}")
    harm = Harm()
    for at, seed in cuts(journal, 40):
        harm += found(journal, at, EVERYTHING, seed, tmp_path / f"{seed}")
    assert getattr(harm, kind)
    caught(f"synchronous = {pragma}", "power cut", harm)
