"""Answers of the real company, mangled on their way.

None is taken for a receipt, none ends the program, and none is in the way once answers are whole again.
"""

import pytest

from tests.torture.answers.mangled import MangledClient, Mangler
from tests.torture.layer import Harm
from tests.torture.shop import ShiftedClock, opened
from tests.torture.size import seeds
from wizterm.protocol import catalogue, changes, documents, ping, session

ROW = "mangled answers"
PATHS = (ping.PATH, session.REFRESH_PATH, documents.PATH, changes.PATH, catalogue.MANIFEST_PATH, catalogue.CHANGES_PATH)
LONG = 2 * 3600.0


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("shop")) as shop:
        yield shop


@pytest.fixture(scope="module")
def device(shop):
    return shop.device("kim", clock=ShiftedClock())


class Way:
    """What is mangled while one seed is tried."""

    def __init__(self, seed):
        self.mangler = Mangler(seed)
        self.path = PATHS[seed % len(PATHS)]

    def __call__(self, path, answer):
        return self.mangler(answer) if path == self.path else answer


def tried(shop, device, way):
    healthy = device.connect
    shop.order(device, 2)
    device.connect = lambda: MangledClient(shop.company, way)
    harm = Harm()
    try:
        device.sync()
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not have happened
        harm = Harm(half=(f"the round ended with {error!r}",))
    harm += shop.harm()
    device.connect = healthy
    device.clock.wait(LONG)
    if "Sign in" in device.sync().connectivity:
        device.sign_in()
        device.sync()
    shop.deliver()
    return harm + shop.harm(quiet=True)


def test_a_mangled_answer_does_no_harm(shop, device, layer):
    row = layer(ROW)
    for seed in seeds(24):
        way = Way(seed)
        row.count(tried(shop, device, way), f"SEED={seed}: {way.path}, {way.mangler.did}")
