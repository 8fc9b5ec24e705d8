"""Bringing the sample company's catalogue down, first whole and then what changed, beside the same calls bare."""

from __future__ import annotations

import csv
import gzip
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from benchmarks.company import Ground
from benchmarks.figures import Figure, in_turn, median, milliseconds
from wizterm.db.device import open_device
from wizterm.db.replica_files import ReplicaFiles
from wizterm.demo.make_company import PACKAGED
from wizterm.demo.stage import PASSWORD, REPS, Stage
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.protocol.session import SignIn
from wizterm.services.stored_settings import StoredSettings
from wizterm.sync.client import HttpClient
from wizterm.sync.refresh import Refresh
from wizterm.sync.session import SessionKeeper
from wizterm.sync.signed_in import SignedIn

CHANGED = 100
"""Prices that the office changes between two incremental syncs."""
BESIDE = "the same requests, answers thrown away"


class RememberingClient(HttpClient):
    """Remembers what it asked, and how much came over the wire."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address
        self.calls: list[requests.Response] = []

    def _call(self, *words: Any, **more: Any) -> requests.Response:
        response = super()._call(*words, **more)
        self.calls.append(response)
        return response

    @property
    def received(self) -> int:
        """Bytes of answers, as they travelled."""
        return sum(response.raw.tell() for response in self.calls)


@dataclass
class Device:
    """The part of a device that brings the catalogue down."""

    folder: Path
    address: str
    client: RememberingClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = RememberingClient(self.address)
        self._database = open_device(self.folder)
        clock = SystemClock()
        keeper = SessionKeeper(
            speaker=self.client, settings=StoredSettings(self._database), clock=clock, new_nonce=uuid7
        )
        keeper.sign_in(SignIn(rep=REPS[0][0], password=PASSWORD, device=uuid7()))
        self.refresh = Refresh(
            feed=SignedIn(self.client, keeper),
            files=ReplicaFiles(self.folder),
            tell=lambda _: None,
            cancelled=lambda: False,
            monotonic=clock.monotonic,
        )
        self.client.calls.clear()

    def close(self) -> None:
        self.client.close()
        self._database.close()


def measure(ground: Ground) -> Iterator[Figure]:
    device = Device(ground.folder / "syncing", ground.stage.address)
    with closing(device):
        yield from _first(device, ground.choose(3, 9))
        yield from _incremental(device, ground)


def _first(device: Device, rounds: int) -> Iterator[Figure]:
    def ours(_: int) -> float:
        shutil.rmtree(device.folder / "catalogue", ignore_errors=True)
        device.client.calls.clear()
        return milliseconds(lambda: device.refresh.run(whole=True))

    times, bare = in_turn(rounds, ours, lambda _: _again(device.client))
    yield Figure(f"first sync, {_traffic(device.client)}", median(times), median(bare), "ms", BESIDE)


def _incremental(device: Device, ground: Ground) -> Iterator[Figure]:
    device.refresh.run()

    def ours(turn: int) -> float:
        _change_prices(ground.stage, ground.folder / "prices.csv", turn)
        device.client.calls.clear()
        return milliseconds(device.refresh.run)

    times, bare = in_turn(ground.choose(3, 9), ours, lambda _: _again(device.client))
    what = f"incremental sync of {CHANGED} prices, {_traffic(device.client)}"
    yield Figure(what, median(times), median(bare), "ms", BESIDE)


def _again(client: RememberingClient) -> float:
    """Milliseconds for the last run's requests over one bare session."""
    with requests.Session() as session:

        def ask() -> None:
            for call in client.calls:
                session.get(call.request.url, headers=dict(call.request.headers)).content  # noqa: B018 - read it all

        return milliseconds(ask)


def _traffic(client: RememberingClient) -> str:
    return f"{len(client.calls)} requests, {client.received / 1024:,.0f} KiB"


def _change_prices(stage: Stage, path: Path, turn: int) -> None:
    with gzip.open(PACKAGED / "prices.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = [row for row, _ in zip(csv.DictReader(file), range(CHANGED), strict=False)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | {"price": f"{turn + 1}.{number:02d}"} for number, row in enumerate(rows))
    stage.admin("import", str(path))
