"""The disk, the files and the line fail, each at every step of submitting one order and of one sync.

What was called saved is there; what could not be is told in a sentence; and the next try does it all.
"""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from peewee import OperationalError

from tests.support.rep_device import InProcess
from tests.torture.layer import Harm
from tests.torture.shop import ShiftedClock, opened
from tests.torture.size import SCALE
from wizterm.db.device import DeviceDatabase
from wizterm.db.document_states import DocumentStates
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.services.words import plain_reason

ROW = "an error at every step"
STEP = max(1, round(8 / SCALE))
"""At the smallest size every eighth step fails."""
LONG = 2 * 3600.0
FULL, BROKEN = "database or disk is full", "disk I/O error"
FILES = {"open": errno.ENOSPC, "replace": errno.EIO, "unlink": errno.EIO}


class Saboteur:
    """Counts the steps of this device, and lets one of them fail."""

    def __init__(self, monkeypatch, folder):
        self.folder, self.at, self.steps = folder, 0, 0
        self._patch(monkeypatch, DeviceDatabase, "execute_sql", lambda: OperationalError(FULL))
        self._patch(monkeypatch, DocumentStates, "execute_each", lambda: sqlite3.OperationalError(BROKEN))
        for name, number in FILES.items():
            self._patch(monkeypatch, Path, name, lambda number=number: OSError(number, os.strerror(number)), self._ours)
        self._patch(monkeypatch, os, "fsync", lambda: OSError(errno.EIO, "Input/output error"), self._ours_open)

    def let_fail(self, at):
        """The step of this number from now on; none where it is 0."""
        self.at, self.steps = at, 0

    def due(self):
        self.steps += 1
        return self.steps == self.at

    def _ours(self, path, *_):
        return path.is_relative_to(self.folder)

    def _ours_open(self, handle):
        return self._ours(Path(f"/proc/self/fd/{handle}").readlink())

    def _patch(self, monkeypatch, where, name, error, ours=lambda *_: True):
        real = getattr(where, name)

        def step(*words, **more):
            if self.at and ours(*words) and self.due():
                raise error()
            return real(*words, **more)

        monkeypatch.setattr(where, name, step)


class Line(InProcess):
    """A client whose calls are steps too: they fail before the company has heard them, or after."""

    saboteur = None

    def __getattr__(self, name):
        real = super().__getattr__(name)

        def call(*words):
            if self.saboteur.at and self.saboteur.due():
                raise UnreachableError("There is no network.", Unreachable.NO_ROUTE)
            answer = real(*words)
            if self.saboteur.at and self.saboteur.due():
                raise UnreachableError("The connection broke.", Unreachable.CUT_OFF)
            return answer

        return call


@pytest.fixture
def shop(tmp_path):
    with opened(tmp_path) as shop:
        yield shop


@pytest.fixture
def line(shop):
    return Line(lambda: shop.company)


@pytest.fixture
def saboteur(monkeypatch, tmp_path, line):
    line.saboteur = Saboteur(monkeypatch, tmp_path / "kim")
    return line.saboteur


@pytest.fixture
def device(shop, line, saboteur):
    return shop.device("kim", lambda: line, clock=ShiftedClock())


def submitting(shop, device):
    shop.order(device)


def syncing(shop, device):
    device.sync()


def fetching_all(shop, device):
    shutil.rmtree(device.folder / "catalogue", ignore_errors=True)
    device.sync()


@pytest.mark.parametrize("action", [submitting, syncing, fetching_all])
def test_a_step_fails(shop, device, saboteur, layer, action):
    row = layer(ROW)
    at = 1
    while True:
        shop.order(device)
        saboteur.let_fail(at)
        said = Harm()
        try:
            action(shop, device)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must be one that speaks for itself
            if plain_reason(error) is None:
                said = Harm(half=(f"it ended with {error!r}",))
        reached = saboteur.steps >= at
        saboteur.let_fail(0)
        harm = shop.harm() + said
        device.clock.wait(LONG)
        device.sync()
        shop.deliver()
        row.count(harm + shop.harm(quiet=True), f"{action.__name__}, step {at}")
        if not reached:
            break
        at += STEP
