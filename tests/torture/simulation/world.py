"""Days of several reps in less than a second: real devices, the real server, and everything around them by a seed."""

from __future__ import annotations

import heapq
import random
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

import requests

from tests.support.still_clock import StillClock
from tests.torture.books import compare, documents, query
from tests.torture.erp import Erp
from tests.torture.layer import Harm
from tests.torture.simulation.company import Reply, RunningCompany, one_thread
from tests.torture.simulation.deaths import Deaths, DiedError
from tests.torture.simulation.device import SimulatedDevice
from tests.torture.simulation.network import Network
from wizterm.connectors.base import Later, Outcome, Outgoing, Refused
from wizterm.db.device import FILE
from wizterm.domain.clock import milliseconds
from wizterm.server.store.sqlite import FILE_NAME

HOUR = 3600.0
HEALING = 6 * HOUR
"""Within this time after the last fault everything has come to rest, or the layer says it never does."""
COMPANY = "server"
BEGINNING = StillClock().monotonic()
BETWEEN_LOOKS = 300.0
MOST_STEPS = 150
"""A process that is to die does so within so many statements."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How bad a world is; drawn from its seed."""

    hours: float
    bad_requests: float
    actions: int
    """Of each rep."""
    absences: int
    deaths: int
    erp_trouble: float
    devices: int

    @staticmethod
    def of(chance: Random) -> Weather:
        return Weather(
            hours=chance.choice((0.2, 1.0, 4.0)),
            bad_requests=chance.choice((0.0, 0.2, 0.5, 0.8)),
            actions=chance.randint(3, 12),
            absences=chance.randint(0, 4),
            deaths=chance.randint(0, 5),
            erp_trouble=chance.choice((0.0, 0.1, 0.4)),
            devices=chance.randint(1, 3),
        )


@dataclass
class MoodyErp(Erp):
    """Loses answers after booking, asks for patience, refuses for good."""

    trouble: Callable[[], float] = lambda: 1.0
    share: float = 0.0

    def send(self, document: Outgoing) -> Outcome:
        drawn = self.trouble()
        if drawn < self.share / 4:
            return Refused("The ERP does not take it.", "customer")
        if drawn < self.share / 2:
            return Later(30.0, "The ERP is busy.")
        self.deaf += drawn < self.share
        return super().send(document)


@dataclass(order=True)
class _Event:
    at: float
    place: int
    do: Callable[[], object] = field(compare=False)


class World:
    def __init__(
        self, seed: int, template: Path, folder: Path, weather: Weather | None = None, healing: float = HEALING
    ) -> None:
        """`template` holds a server and devices that have signed in and synced; a copy of it is worked on."""
        self._healing = healing
        self.folder = folder
        shutil.copytree(template, folder, dirs_exist_ok=True)
        self.chance = Random(seed)
        self.weather = weather or Weather.of(self.chance)
        self.clock = StillClock()
        self.deaths = Deaths()
        self.erp = MoodyErp(trouble=self.chance.random, share=self.weather.erp_trouble)
        self.trace: list[str] = []
        self.died = 0
        self._events: list[_Event] = []
        self._alarms: dict[str, float] = {}
        """When each process wakes next."""
        self._places = count()
        self._ids = count(seed << 32)
        self._company: RunningCompany | None = None
        names = sorted(path.name for path in folder.iterdir() if path.name != COMPANY)
        self.devices = [self._device(name) for name in names[: self.weather.devices]]

    def run(self) -> Harm:
        """The bad days, the healing, and what the books say then."""
        with ExitStack() as stack:
            stack.enter_context(one_thread())
            stack.enter_context(self.deaths.possible())
            random.seed(self.chance.random())
            self._begin()
            self._until(self.weather.hours * HOUR)
            harm = self._compare()
            self._heal()
            self._until(self.weather.hours * HOUR + self._healing, or_once=self._is_quiet)
            for device in self.devices:
                device.stop()
                self.deaths.free(device.name)
            self._stop_company()
        return harm + self._compare(quiet=True)

    @property
    def fingerprint(self) -> str:
        """Of everything that happened, and of what is in the files: the same seed gives the same."""
        files = [*(device.folder / FILE for device in self.devices), self.folder / COMPANY / FILE_NAME]
        contents = (line for file in files for line in _contents(file))
        return sha256("\n".join([*self.trace, *contents]).encode()).hexdigest()

    def _device(self, name: str) -> SimulatedDevice:
        network = Network(
            serve=self._serve,
            clock=self.clock,
            chance=self.chance,
            tell=lambda words: self._note(f"{name} {words}"),
            bad=self.weather.bad_requests,
        )
        device = SimulatedDevice(
            self.folder / name,
            network,
            customer="C1" if name.startswith("kim") else "C2",
            clock=self.clock,
            new_id=self._new_id,
            chance=self.chance,
            wake=lambda seconds: self._set_alarm(name, seconds, lambda: self._alive(name, device.look_after)),
        )
        return device

    def _set_alarm(self, who: str, seconds: float, do: Callable[[], object]) -> None:
        """A thread sleeps until the earliest moment it was asked for."""
        at = self.clock.monotonic() + seconds
        if at < self._alarms.get(who, float("inf")):
            self._alarms[who] = at
            self._in(seconds, lambda: self._ring(who, at, do))

    def _ring(self, who: str, at: float, do: Callable[[], object]) -> None:
        if self._alarms.get(who) == at:
            del self._alarms[who]
            do()

    def _begin(self) -> None:
        """The whole plan of the bad days."""
        self._start_company()
        end = self.weather.hours * HOUR
        for device in self.devices:
            self._start(device)
            for _ in range(self.weather.actions):
                self._in(self.chance.uniform(0, end), lambda device=device: self._act(device))
            for _ in range(self.weather.absences):
                self._in(self.chance.uniform(0, end), lambda device=device: self._away(device, end))
            self._in(self.chance.uniform(0, end), lambda device=device: self._arrive_late(device))
        for _ in range(self.weather.deaths):
            who = self.chance.choice([COMPANY, self.chance.choice(self.devices).name])
            self._in(self.chance.uniform(0, end), lambda who=who: self._doom(who))

    def _act(self, device: SimulatedDevice) -> None:
        self._alive(device.name, lambda: self._note(f"{device.name} {device.act()}"))

    def _away(self, device: SimulatedDevice, end: float) -> None:
        device.network.away_until = self.clock.monotonic() + self.chance.expovariate(4 / end)

    def _arrive_late(self, device: SimulatedDevice) -> None:
        """What some box on the way has kept arrives a second time, and nobody hears the answer."""
        for request in device.network.late:
            self._note(f"{device.name} again {request.path_url}")
            try:
                self._serve(request)
            except ConnectionError:
                self._note("nobody there")
        device.network.late.clear()

    def _doom(self, who: str) -> None:
        self.deaths.left[who] = self.chance.randint(1, MOST_STEPS)

    def _heal(self) -> None:
        """Nothing bad happens any more; and nobody does anything either, but let go what was held on purpose."""
        self.deaths.left.clear()
        self.erp.share = 0.0
        for device in self.devices:
            device.network.bad = device.network.away_until = 0.0
            device.let_go()
        self._note("healed")

    def _serve(self, request: requests.PreparedRequest) -> Reply:
        if self._company is None:
            raise ConnectionRefusedError("refused")
        body = request.body or b""
        try:
            if request.method == "POST":
                self._wake_dispatch(self._company, 0.0)
            return self._company.ask(str(request.method), str(request.url), request.headers, body)
        except DiedError as error:
            self._company_died(error)
            raise ConnectionResetError("reset") from None

    def _alive(self, name: str, do: Callable[[], object]) -> None:
        try:
            do()
        except DiedError as error:
            self._note(f"{error.who} died")
            self.died += 1
            device = next(device for device in self.devices if device.name == name)
            device.stop()
            self.deaths.free(name)
            self._in(self._pause(), lambda: self._start(device))

    def _start(self, device: SimulatedDevice) -> None:
        self._note(f"{device.name} starts")
        self._alive(device.name, device.start)

    def _start_company(self) -> None:
        self._note("server starts")
        try:
            self._company = RunningCompany(
                self.folder / COMPANY, self.erp, clock=self.clock, new_id=self._new_id, chance=self.chance
            )
            self._dispatch(self._company)
        except DiedError as error:
            self._company_died(error)

    def _company_died(self, error: DiedError) -> None:
        self._note(f"{error.who} died")
        self.died += 1
        self._stop_company()
        self.deaths.free(COMPANY)
        self._in(self._pause(), self._start_company)

    def _pause(self) -> float:
        """Until what has died is started again."""
        return self.chance.uniform(0, self.weather.hours * HOUR / 8)

    def _stop_company(self) -> None:
        self._alarms.pop(COMPANY, None)
        if self._company is not None:
            self._company.close()
            self._company = None

    def _dispatch(self, company: RunningCompany) -> None:
        """What the server's worker does, as long as this process of it lives."""
        if company is not self._company:
            return
        try:
            while company.dispatcher.step():
                self._note(f"erp has {len(self.erp.booked)}")
            rest = company.dispatcher.rest()
        except DiedError as error:
            self._company_died(error)
            return
        self._wake_dispatch(company, rest)

    def _wake_dispatch(self, company: RunningCompany, seconds: float) -> None:
        if seconds < float("inf"):
            self._set_alarm(COMPANY, seconds, lambda: self._dispatch(company))

    def _until(self, end: float, *, or_once: Callable[[], bool] = lambda: False) -> None:
        end += BEGINNING
        look = self.clock.monotonic() + BETWEEN_LOOKS
        while self._events and self._events[0].at <= end:
            event = heapq.heappop(self._events)
            self.clock.go_on(max(0.0, event.at - self.clock.monotonic()))
            event.do()
            if self.clock.monotonic() > look:
                if or_once():
                    return
                look = self.clock.monotonic() + BETWEEN_LOOKS
        self.clock.go_on(max(0.0, end - self.clock.monotonic()))

    def _is_quiet(self) -> bool:
        """Nothing waits anywhere, and everybody has heard."""
        open_ = "SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending', 'unknown')"
        unheard = (
            "SELECT count(*) FROM document WHERE state IN ('queued', 'sending', 'delivered') AND kind != 'barcode'"
        )
        return query(self.folder / COMPANY / FILE_NAME, open_) == [(0,)] and all(
            query(device.folder / FILE, unheard) == [(0,)] for device in self.devices
        )

    def _in(self, seconds: float, do: Callable[[], object]) -> None:
        heapq.heappush(self._events, _Event(self.clock.monotonic() + seconds, next(self._places), do))

    def _compare(self, *, quiet: bool = False) -> Harm:
        harm = Harm()
        for device in self.devices:
            folders = [device.folder]
            harm += compare(device.promises, folders, self.folder / COMPANY, self.erp.booked, quiet=quiet, heard=quiet)
        return harm

    def _new_id(self) -> str:
        """UUIDs in the order they are made, from the virtual clock."""
        stamp, number = milliseconds(self.clock.now()), next(self._ids)
        return str(UUID(int=stamp << 80 | 7 << 76 | 2 << 62 | number))

    def _note(self, words: str) -> None:
        self.trace.append(f"{self.clock.monotonic():.3f} {words}")


def _contents(file: Path) -> list[str]:
    """Every document, in any order of the rows."""
    return [f"{name} {held.state} {held.body}" for name, held in sorted(documents(file).items())]
