"""The company's server as long as it lives, dies, is started again, and is set back to a backup."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import requests

from tests.support.store_office import QUICK
from tests.torture.simulation.company import Reply, RunningCompany
from tests.torture.simulation.deaths import Deaths, DiedError
from tests.torture.simulation.timetable import LocalClock, Timetable
from tests.torture.simulation.weather import MoodyErp
from wizterm.domain.ids import NewId
from wizterm.server.deciding import Actor, Deciding
from wizterm.server.device_list import DeviceList
from wizterm.server.office_error import OfficeError
from wizterm.server.reps import Reps
from wizterm.server.store.backing_up import back_up, restore
from wizterm.server.store.people import SignedIn

COMPANY = "server"


class Premises:
    def __init__(
        self,
        folder: Path,
        erp: MoodyErp,
        *,
        clock: LocalClock,
        timetable: Timetable,
        deaths: Deaths,
        new_id: NewId,
        chance: Random,
        pause: Callable[[], float],
        note: Callable[[str], object],
    ) -> None:
        """`pause` draws the seconds until what has died is started again."""
        self.folder = folder
        self.clock = clock
        self.set_back = False
        """Whether it was, by now: so devices may know more than it does."""
        self._erp = erp
        self._timetable = timetable
        self._deaths = deaths
        self._new_id = new_id
        self._chance = chance
        self._pause = pause
        self._note = note
        self._running: RunningCompany | None = None
        self._shut_out: set[str] = set()
        """Devices and reps that the office keeps out."""
        self._backup = folder.with_name("backup")

    def start(self) -> None:
        if self._running is not None:
            return
        self._note("server starts")
        try:
            self._running = RunningCompany(
                self.folder, self._erp, clock=self.clock, new_id=self._new_id, chance=self._chance
            )
            self._dispatch(self._running)
        except DiedError as error:
            self._died(error)

    def stop(self) -> None:
        self._timetable.silence(COMPANY)
        if self._running is not None:
            self._running.close()
            self._running = None

    def serve(self, request: requests.PreparedRequest) -> Reply:
        if self._running is None:
            raise ConnectionRefusedError("refused")
        body = request.body or b""
        try:
            if request.method == "POST":
                self._wake_dispatch(self._running, 0.0)
            return self._running.ask(str(request.method), str(request.url), request.headers, body)
        except DiedError as error:
            self._died(error)
            raise ConnectionResetError("reset") from None

    def back_up(self) -> None:
        """While it runs or not; the newest is kept."""
        self._note("server is backed up")
        self._deaths.spare(COMPANY)
        self._backup.unlink(missing_ok=True)
        back_up(self.folder, self._backup)

    def restore(self) -> None:
        if not self._backup.exists():
            return
        self._note("server is set back")
        self.stop()
        self._deaths.spare(COMPANY)
        restore(self._backup, self.folder, self._new_id, clock=self.clock)
        self.set_back = True
        self.start()

    def forget_sign_ins(self) -> None:
        def forget(running: RunningCompany) -> None:
            with running.company.store.writing():
                SignedIn.delete().execute()

        self._at_the_office("forgets who signed in", forget)

    def shut_out(self, who: str) -> None:
        """A device by its installation code, or a rep."""
        self._shut_out.add(who)
        self._at_the_office(f"shuts out {who}", lambda running: self._turn(running, who, let_in=False))

    def let_in(self, who: str) -> None:
        self._at_the_office(f"lets in {who}", lambda running: self._turn(running, who, let_in=True))

    def heal(self) -> None:
        """It runs, its clock is right, and nobody is kept out."""
        self._erp.share = 0.0
        self.start()
        for who in sorted(self._shut_out):
            self.let_in(who)

    def _turn(self, running: RunningCompany, who: str, *, let_in: bool) -> None:
        by = Deciding(running.company.store, Actor("Tess"), clock=self.clock, new_id=self._new_id)
        devices, reps = DeviceList(running.company.store, by), Reps(running.company.store, by, QUICK)
        with suppress(OfficeError):  # a store that was set back may know neither
            (devices.let_in if let_in else devices.revoke)(who)
        with suppress(OfficeError):
            (reps.let_in if let_in else reps.shut_out)(who)

    def _at_the_office(self, words: str, do: Callable[[RunningCompany], object]) -> None:
        if self._running is None:
            return
        self._note(f"office {words}")
        try:
            do(self._running)
        except DiedError as error:
            self._died(error)

    def _died(self, error: DiedError) -> None:
        self._note(f"{error.who} died")
        self._deaths.buried(COMPANY)
        self.stop()
        self._timetable.soon(self._pause(), self.start)

    def _dispatch(self, running: RunningCompany) -> None:
        """What the server's worker does, as long as this process of it lives."""
        if running is not self._running:
            return
        try:
            while running.dispatcher.step():
                self._note(f"erp has {len(self._erp.booked)}")
            rest = running.dispatcher.rest()
        except DiedError as error:
            self._died(error)
            return
        self._wake_dispatch(running, rest)

    def _wake_dispatch(self, running: RunningCompany, seconds: float) -> None:
        if seconds < float("inf"):
            self._timetable.alarm(COMPANY, seconds, lambda: self._dispatch(running))
