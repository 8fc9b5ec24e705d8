"""Clocks that are wrong, and that jump, at either end: nothing is lost or waits for ever, and work keeps its order."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.torture.books import query
from tests.torture.layer import Harm
from tests.torture.shop import ShiftedClock, opened
from tests.torture.size import SCALE
from wizterm.domain.clock import SystemClock

ROW = "wrong clocks"
DAY = 86400


def until(moment):
    return (moment - SystemClock().now()).total_seconds()


JUMPS = {
    "ten years back": -3652 * DAY,
    "a day back": -DAY,
    "an hour back": -3600,
    "two minutes back": -120,
    "an hour on": 3600,
    "a day on": DAY,
    "ten years on": 3652 * DAY,
    "before 1970": until(datetime(1969, 7, 20, tzinfo=UTC)),
    "past 2038": until(datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)),
    "a leap day": until(datetime(2028, 2, 29, 12, tzinfo=UTC)),
    "the last second of a year": until(datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC)),
}


@pytest.fixture
def clock():
    return ShiftedClock()


@pytest.fixture
def shop(tmp_path, clock):
    with opened(tmp_path, clock) as shop:
        yield shop


def in_order(device):
    """Documents keep the order in which they were submitted, whatever the clock said."""
    taken = query(device.folder / "device.db", "SELECT number FROM document ORDER BY sequence, number")
    numbers = [number for (number,) in taken]
    return Harm() if numbers == sorted(numbers) else Harm(half=(f"taken in the order {numbers}",))


def signed_in(device):
    """Whoever is asked to, signs in."""
    report = device.sync()
    if "Sign in" in report.connectivity:
        device.sign_in()
        report = device.sync()
    return report


@pytest.mark.parametrize("end", ["the device's", "the server's", "both"])
def test_a_clock_jumps(shop, clock, layer, end):
    """While an order waits, and back again while the next one does."""
    row = layer(ROW)
    device = shop.device("kim", clock=ShiftedClock())
    jumping = {"the device's": [device.clock], "the server's": [clock], "both": [device.clock, clock]}[end]
    for jump, seconds in list(JUMPS.items())[:: max(1, round(2 / SCALE))]:
        shop.order(device)
        for each in jumping:
            each.off += timedelta(seconds=seconds)
        shop.order(device)
        signed_in(device)
        shop.order(device)
        for each in jumping:
            each.off = timedelta(0)
        shop.order(device)
        report = signed_in(device)
        harm = Harm() if not report.waiting else Harm(lost=(f"{report.waiting} wait: {report.words}",))
        row.count(shop.harm() + harm + in_order(device), f"{end}: {jump}")


def test_a_clock_jumps_while_a_document_rests(shop, layer):
    """What was to rest for an hour does not rest for years."""
    row = layer(ROW)
    device = shop.device("kim", clock=ShiftedClock())
    for jump in ("ten years back", "ten years on", "a day back"):
        shop.order(device)
        device.clock.off += timedelta(seconds=JUMPS[jump])
        device.query("UPDATE outbox SET next_try_at = ?", round(device.clock.now().timestamp() * 1000) + 3_600_000)
        device.clock.off = timedelta(0)
        device.clock.wait(3700)
        device.sync()
        shop.deliver()
        row.count(shop.harm(quiet=True), f"resting, and the clock goes {jump}")
