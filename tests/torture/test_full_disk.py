"""A disk that is full at some byte of an order: it is saved whole, or it is said not to be and its cart is there."""

import resource
from contextlib import closing, contextmanager

import pytest

from tests.torture.layer import Harm
from tests.torture.shop import opened
from tests.torture.size import times
from wizterm.services.words import plain_reason

ROW = "a disk that is full at some byte"
STEP = 7000
"""Bytes between two places where it is full: not the size of a page, so that pages are torn."""
PLACES = 24


@pytest.fixture
def shop(tmp_path):
    with opened(tmp_path) as shop:
        yield shop


@contextmanager
def full_at(size):
    """No file grows beyond this."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def filled_cart(machine, customer):
    entry = machine.bench.entry
    entry.begin()
    entry.add("MUG", 2)
    entry.choose_customer(customer)
    return entry.current().cart.id


def tried(shop, machine, device, room):
    """What came of submitting with so many bytes left, None where they were enough; afterwards the disk is free."""
    cart = filled_cart(machine, device.customer)
    log = device.folder / "device.db-wal"
    error = None
    with full_at(log.stat().st_size + room):
        try:
            shop.submit_cart(machine, cart)
        except Exception as caught:  # noqa: BLE001 - whatever it is, it must be one that speaks for itself
            error = caught
    if error is None:
        return None
    words = plain_reason(error) or ""
    half = [] if words.startswith("NOT saved") else [f"it was told as {error!r}"]
    if not machine.bench.entry.current().cart.lines:
        half.append("the cart is gone")
    shop.submit_cart(machine, cart)
    return Harm(half=tuple(half))


def test_a_disk_is_full(shop, layer):
    row = layer(ROW)
    device = shop.device("kim")
    with closing(device.machine()) as machine:
        came = [tried(shop, machine, device, turn % PLACES * STEP) for turn in range(times(PLACES))]
    for turn, harm in enumerate(came):
        row.count(harm or Harm(), f"{turn % PLACES * STEP} bytes left")
    assert any(harm is None for harm in came)
    assert any(harm is not None for harm in came)
    device.sync()
    shop.deliver()
    row.blame(shop.harm(quiet=True), "when there is room again")
