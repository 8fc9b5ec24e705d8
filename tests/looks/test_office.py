"""What the office sees."""

import pytest

SIZES = pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["wide", "small"])


@SIZES
def test_the_overview(office_looks_as_ever, size):
    assert office_looks_as_ever(size=size)


@SIZES
def test_the_documents(office_looks_as_ever, size):
    assert office_looks_as_ever("f3", *"lantern", size=size)


@SIZES
def test_a_document(office_looks_as_ever, size):
    assert office_looks_as_ever("f4", "enter", size=size)


@SIZES
def test_the_deliveries(office_looks_as_ever, size):
    assert office_looks_as_ever("f4", "down", size=size)


def test_a_delivery_given_up_small(office_looks_as_ever):
    assert office_looks_as_ever("f4", "g", size=(80, 24))


def test_the_devices_small(office_looks_as_ever):
    assert office_looks_as_ever("f5", "x", size=(80, 24))


def test_the_reps_small(office_looks_as_ever):
    assert office_looks_as_ever("f6", size=(80, 24))


def test_the_decisions_small(office_looks_as_ever):
    assert office_looks_as_ever("f4", "r", "f8", size=(80, 24))


def test_a_customer_small(office_looks_as_ever):
    assert office_looks_as_ever("f9", "c", *"lantern", "enter", size=(80, 24))


def test_an_approval_small(office_looks_as_ever):
    assert office_looks_as_ever("f9", "a", size=(80, 24))
