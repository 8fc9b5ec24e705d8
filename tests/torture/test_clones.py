"""A device's files that are copied, and a server that is set back: nothing is lost, nothing is taken twice."""

from __future__ import annotations

import random
import shutil

import pytest

from tests.support.rep_device import RepDevice
from tests.torture.layer import Harm
from tests.torture.shop import ShiftedClock, Shop, opened, reopened
from tests.torture.size import seeds
from wizterm.domain.ids import uuid7
from wizterm.server.store.backing_up import back_up, restore

ROW = "copied disks and restored servers"
STEPS = 10
MOST_COPIES = 3
LONG = 3600.0
"""Seconds: longer than a delivery rests."""


class Story:
    """What happens to a device's files and to the server, by chance; copies meet the server before they are used."""

    def __init__(self, shop: Shop, seed: int) -> None:
        self.shop = shop
        self.chance = random.Random(seed)
        self.devices = [shop.device("kim")]
        self.kept: int | None = None
        self.told: list[str] = []

    def go_on(self) -> None:
        step = self.chance.choice([self.order, self.order, self.sync, self.sync, self.copy, self.back_up, self.restore])
        self.told.append(step.__name__)
        step()

    def order(self) -> None:
        self.shop.order(self.chance.choice(self.devices), self.chance.randint(1, 3))

    def sync(self) -> None:
        signed_in(self.chance.choice(self.devices))
        self.shop.deliver()

    def copy(self) -> None:
        if len(self.devices) == MOST_COPIES:
            return
        device = self.chance.choice(self.devices)
        folder = device.folder.with_name(f"copy-{len(self.devices)}")
        shutil.copytree(device.folder, folder)
        copy = RepDevice(folder, device.connect)
        self.devices.append(copy)
        self.shop.devices.append(copy)
        for _ in range(2):
            for each in (device, copy):
                signed_in(each)

    def back_up(self) -> None:
        if self.kept is None:
            self.kept = 1
            back_up(self.shop.folder / "server", self.shop.folder / "backup")

    def restore(self) -> None:
        """After which every device is seen, before anything more is ordered."""
        if self.kept is None:
            return
        self.shop.company.close()
        restore(self.shop.folder / "backup", self.shop.folder / "server", uuid7)
        reopened(self.shop)
        for each in self.devices:
            signed_in(each)

    def end(self) -> Harm:
        for _ in range(3):
            for each in self.devices:
                signed_in(each)
            self.shop.company.clock.wait(LONG)
            self.shop.deliver()
        return self.shop.harm(quiet=True)


def signed_in(device: RepDevice) -> None:
    if "Sign in" in device.sync().connectivity:
        device.sign_in()
        device.sync()


@pytest.mark.parametrize("seed", seeds(3))
def test_a_story_of_copies_and_restores(tmp_path, layer, seed):
    row = layer(ROW)
    with opened(tmp_path, ShiftedClock()) as shop:
        story = Story(shop, seed)
        for _ in range(STEPS):
            story.go_on()
        row.count(shop.harm() + story.end(), f"SEED={seed}: {' '.join(story.told)}")
