"""Days of several reps in less than a second: real devices, the real server, and everything around them by a seed."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random
from unittest.mock import patch
from uuid import UUID

from tests.support.still_clock import StillClock
from tests.torture.books import compare, documents, query
from tests.torture.carts import CartPromises, compare_carts
from tests.torture.layer import Harm
from tests.torture.simulation.company import one_thread
from tests.torture.simulation.deaths import Deaths, DiedError
from tests.torture.simulation.device import PULL_EVERY, SimulatedDevice
from tests.torture.simulation.network import Network
from tests.torture.simulation.premises import COMPANY, Premises
from tests.torture.simulation.rep import Rep
from tests.torture.simulation.stand_ins import AtOnce, CheapHasher
from tests.torture.simulation.timetable import LocalClock, Timetable
from tests.torture.simulation.weather import MoodyErp, Weather
from wizterm.db.device import FILE
from wizterm.domain.clock import milliseconds
from wizterm.server.store.sqlite import FILE_NAME

HOUR = 3600.0
HEALING = 6 * HOUR
"""Within this time after the last fault everything has come to rest, or the layer says it never does."""
COPY = "copy"
_UNSETTLED = "SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending', 'unknown')"
_UNHEARD = """
    SELECT (SELECT count(*) FROM document
            WHERE state IN ('queued', 'sending', 'delivered') AND kind NOT IN ('barcode', 'wishlist'))
        + (SELECT count(*) FROM handover WHERE stage IN ('going', 'taking', 'arrived')) + (SELECT count(*) FROM replay)
"""


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
        self.timetable = Timetable(self.clock)
        self.deaths = Deaths()
        self.erp = MoodyErp(trouble=self.chance.random, share=self.weather.erp_trouble)
        self.trace: list[str] = []
        self.carts = CartPromises()
        self._ids = count(seed << 32)
        self._copied = False
        self.company = Premises(
            folder / COMPANY,
            self.erp,
            clock=LocalClock(self.clock),
            timetable=self.timetable,
            deaths=self.deaths,
            new_id=self._new_id,
            chance=self.chance,
            pause=self._pause,
            note=self._note,
        )
        names = sorted(path.name for path in folder.iterdir() if path.name != COMPANY)
        self.reps = [self._rep(name) for name in names[: self.weather.devices]]

    def run(self) -> Harm:
        """The bad days, the healing, and what the books say then."""
        with ExitStack() as stack:
            stack.enter_context(one_thread())
            stack.enter_context(self.deaths.possible())
            stack.enter_context(patch("wizterm.services.door.Thread", AtOnce))
            stack.enter_context(patch("argon2.PasswordHasher", CheapHasher))
            random.seed(self.chance.random())
            self._begin()
            self.timetable.until(self._end)
            harm = self._compare()
            self._heal()
            self.timetable.until(self._end + self._healing, or_once=self._is_quiet)
            self.timetable.until(self.timetable.passed + PULL_EVERY)  # what is over is heard by looking alone
            for device in self.devices:
                device.stop()
                self.deaths.buried(device.name)
            self.company.stop()
        return harm + self._compare(quiet=True)

    @property
    def devices(self) -> list[SimulatedDevice]:
        return [rep.device for rep in self.reps]

    @property
    def fingerprint(self) -> str:
        """Of everything that happened, and of what is in the files: the same seed gives the same."""
        files = [*(device.folder / FILE for device in self.devices), self.folder / COMPANY / FILE_NAME]
        contents = (line for file in files for line in _contents(file))
        return sha256("\n".join([*self.trace, *contents]).encode()).hexdigest()

    @property
    def _end(self) -> float:
        return self.weather.hours * HOUR

    def _rep(self, name: str) -> Rep:
        network = Network(
            serve=self.company.serve,
            clock=self.clock,
            chance=self.chance,
            tell=lambda words: self._note(f"{name} {words}"),
            bad=self.weather.bad_requests,
        )
        device = SimulatedDevice(
            self.folder / name,
            network,
            customers=["C1" if name.startswith("kim") else "C2"],
            clock=LocalClock(self.clock),
            new_id=self._new_id,
            chance=self.chance,
            wake=lambda seconds: self.timetable.alarm(name, seconds, lambda: self._alive(device, device.look_after)),
        )
        return Rep(device, self.carts, self.chance, busy_with_carts=self.weather.carts)

    def _begin(self) -> None:
        """The whole plan of the bad days."""
        self.company.start()
        for rep in self.reps:
            self._start(rep.device)
            self._plan(rep, self.weather.actions)
        for _ in range(self.weather.deaths):
            who = self.chance.choice([COMPANY, self.chance.choice(self.devices).name])
            self._sometime(lambda who=who: self.deaths.doom(who, self.chance))
        for _ in range(self.weather.jumps):
            self._sometime(lambda: self._jump(self.chance.choice([self.company, *self.devices]).clock))
        for _ in range(self.weather.endings):
            self._sometime(lambda: self._end_a_sign_in(self.chance.choice(self.devices)))
        for _ in range(self.weather.restores):
            self._sometime(self.company.back_up)
            self._sometime(self.company.restore)
        for _ in range(self.weather.copies):
            self._sometime(self._copy_a_disk)

    def _plan(self, rep: Rep, actions: int) -> None:
        for _ in range(actions):
            self._sometime(lambda: self._alive(rep.device, lambda: self._note(f"{rep.device.name} {rep.act()}")))
        for _ in range(self.weather.absences):
            self._sometime(lambda: self._away(rep.device))
        self._sometime(lambda: self._arrive_late(rep.device))

    def _sometime(self, do: Callable[[], object]) -> None:
        """In what is left of the bad days."""
        self.timetable.soon(self.chance.uniform(0, self._left), do)

    @property
    def _left(self) -> float:
        return max(0.0, self._end - (self.clock.monotonic() - StillClock().monotonic()))

    def _away(self, device: SimulatedDevice) -> None:
        device.network.away_until = self.clock.monotonic() + self.chance.expovariate(4 / self._end)

    def _arrive_late(self, device: SimulatedDevice) -> None:
        """What some box on the way has kept arrives a second time, and nobody hears the answer."""
        for request in device.network.late:
            self._note(f"{device.name} again {request.path_url}")
            try:
                self.company.serve(request)
            except ConnectionError:
                self._note("nobody there")
        device.network.late.clear()

    def _jump(self, clock: LocalClock) -> None:
        clock.off = self.weather.jump(self.chance)
        self._note(f"a clock is off by {clock.off}")

    def _end_a_sign_in(self, device: SimulatedDevice) -> None:
        if not device.running:
            return
        how = self.chance.choice(("forgotten", "signs out", "device", "rep"))
        self._note(f"{device.name}'s sign-in ends: {how}")
        if how == "forgotten":
            self.company.forget_sign_ins()
        elif how == "signs out":
            self._alive(device, device.sign_out)
        elif how == "device":
            self._alive(device, lambda: self._shut_out(device.installation))
        else:
            self._shut_out(device.rep)

    def _shut_out(self, who: str) -> None:
        self.company.shut_out(who)
        self._sometime(lambda: self.company.let_in(who))

    def _copy_a_disk(self) -> None:
        rep = self.chance.choice(self.reps)
        if not rep.device.running:
            return
        self._copied = True
        copy = self._rep(f"{rep.device.name}-{COPY}")
        copy.device.customers = rep.device.customers.copy()
        self._note(f"{rep.device.name} is copied")
        self.deaths.spare(rep.device.name)
        rep.device.copied(copy.device)
        self.reps.append(copy)
        self._plan(copy, self.weather.actions // 2)

    def _heal(self) -> None:
        """Nothing bad happens any more; and nobody does anything either, but let go what was held, and sign in."""
        self.deaths.spare()
        for clock in [self.company.clock, *(device.clock for device in self.devices)]:
            clock.off = timedelta(0)
        self.company.heal()
        for rep in self.reps:
            rep.device.network.bad = rep.device.network.away_until = 0.0
            if not rep.device.running:
                self._start(rep.device)
            rep.let_go()
        self._note("healed")

    def _alive(self, device: SimulatedDevice, do: Callable[[], object]) -> None:
        try:
            do()
        except DiedError as error:
            self._note(f"{error.who} died")
            self.deaths.buried(device.name)
            device.stop()
            self.timetable.soon(self._pause(), lambda: self._start(device))

    def _start(self, device: SimulatedDevice) -> None:
        if not device.running:
            self._note(f"{device.name} starts")
            self._alive(device, device.start)

    def _pause(self) -> float:
        """Until what has died is started again."""
        return self.chance.uniform(0, self._end / 40)

    def _is_quiet(self) -> bool:
        """Nothing waits anywhere, and everybody has heard."""
        return query(self.folder / COMPANY / FILE_NAME, _UNSETTLED) == [(0,)] and all(
            query(device.folder / FILE, _UNHEARD) == [(0,)] for device in self.devices
        )

    def _compare(self, *, quiet: bool = False) -> Harm:
        server, folders = self.folder / COMPANY, [device.folder for device in self.devices]
        twins = self._copied or self.company.set_back
        harm = compare_carts(self.carts, folders, server, quiet=quiet, twins=twins)
        for device in self.devices:
            harm += compare(
                device.promises,
                [device.folder],
                server,
                self.erp.booked,
                quiet=quiet,
                heard=quiet,
                set_back=self.company.set_back and not quiet,
                doubts=self.company.set_back and self._copied,
            )
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
