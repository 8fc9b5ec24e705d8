"""The company takes a batch and its answer is lost, comes twice or comes late, up to five times in a row."""

import random

import pytest

from tests.support.rep_device import InProcess
from tests.torture.shop import ShiftedClock, opened
from tests.torture.size import seeds
from wizterm.protocol.faults import Unreachable, UnreachableError

ROW = "lost answers"
MOST_LOST = 5
SIZES = (1, 3, 60)
"""Documents that wait: one, some, and more than a batch holds."""
LONG = 2 * 3600.0


class DeafLine(InProcess):
    """Loses what the company answers to documents; sometimes it tells the answer before that one instead."""

    def __init__(self, company, chance):
        super().__init__(company)
        self.chance, self.left, self.before = chance, 0, None

    def __getattr__(self, name):
        real = super().__getattr__(name)
        return self._posting(real) if name == "post_documents" else real

    def _posting(self, real):
        def post(*words):
            answer, old = real(*words), self.before
            self.before = answer
            if not self.left:
                return answer
            self.left -= 1
            if old is not None and self.chance.random() < 0.3:
                return old
            if self.chance.random() < 0.3:
                real(*words)
            raise UnreachableError("cut", self.chance.choice([Unreachable.CUT_OFF, Unreachable.TIMED_OUT]))

        return post


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("shop")) as shop:
        yield shop


@pytest.fixture(scope="module")
def line(shop):
    return DeafLine(lambda: shop.company, random.Random(0))


@pytest.fixture(scope="module")
def device(shop, line):
    return shop.device("kim", lambda: line, clock=ShiftedClock())


def test_answers_are_lost(shop, line, device, layer):
    row = layer(ROW)
    for seed in seeds(6):
        line.chance = random.Random(seed)
        shop.order(device, line.chance.choice(SIZES))
        line.left = lost = line.chance.randint(1, MOST_LOST)
        harm = shop.harm()
        for _ in range(lost):
            device.sync()
            device.clock.wait(LONG)
            harm += shop.harm()
        line.left = 0
        device.sync()
        shop.deliver()
        device.sync()
        row.count(harm + shop.harm(quiet=True), f"SEED={seed}: {lost} answers lost")
