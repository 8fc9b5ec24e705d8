"""One rep's folder on this machine, open: its files, its services for each thread, its line to the company."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from wizterm.db.device import DeviceFileError, check_device, open_device
from wizterm.db.locks import FolderLock
from wizterm.db.picture_files import MOST_BYTES, picture_path
from wizterm.db.replica_errors import ReplicaDamagedError, ReplicaDiskError
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_upgrade import bring_up
from wizterm.domain.clock import Clock
from wizterm.domain.ids import NewId
from wizterm.domain.paper_rules import USUAL_PAPERS, PaperRules
from wizterm.domain.policy import USUAL, OrderPolicy
from wizterm.domain.scan_rules import USUAL_SCANS, ScanRules
from wizterm.locations import papers_folder
from wizterm.services.errands import Connect
from wizterm.services.identity import Identity
from wizterm.services.line import Line
from wizterm.services.onlooker import Onlooker
from wizterm.services.outlook import Outlook
from wizterm.services.workbench import Workbench


class NobodyHereError(Exception):
    """A folder that nobody has signed in to; the message says what to do."""


TERMINAL_LOCK = "terminal.lock"


class Machine:
    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        new_id: NewId,
        policy: OrderPolicy = USUAL,
        scans: ScanRules = USUAL_SCANS,
        papers: PaperRules = USUAL_PAPERS,
    ) -> None:
        """Opens the folder; another terminal that has it open makes this one read-only."""
        self.folder = folder
        self.clock = clock
        self.new_id = new_id
        self._policy = policy
        self._scans = scans
        self._papers = papers
        self.papers_folder = Path(papers.folder).expanduser() if papers.folder else papers_folder()
        """Where PDFs and lists are offered to be written."""
        self.database = open_device(folder)
        self._lock = FolderLock(folder / TERMINAL_LOCK)
        self._files = ReplicaFiles(folder)
        try:
            self.read_only = not self._locked()
            self._examine()
        except BaseException:
            self._lock.release()
            self.database.close()
            raise
        self.fetch_catalogue: Callable[[], object] = lambda: None
        """Called once when the catalogue turns out to be damaged, from the thread that read it."""
        self._threads = threading.local()

    @property
    def bench(self) -> Workbench:
        """The services, for the thread that asks."""
        bench: Workbench | None = getattr(self._threads, "bench", None)
        if bench is None:
            bench = self._threads.bench = self._new_bench()
        return bench

    @property
    def identity(self) -> Identity:
        """Who signed in here."""
        identity = self.bench.identities.known()
        if identity is None:
            raise NobodyHereError(f"Nobody has signed in to {self.folder}: open the terminal there first.")
        return identity

    def picture(self, digest: str) -> Path | None:
        """The file of a picture; None where Media Sync has not brought it yet."""
        path = picture_path(self.folder, digest)
        return path if path.is_file() else None

    def look_on(self, tell: Callable[[Outlook], object]) -> Onlooker:
        """What stands in for the line where this machine is for reading only."""
        return Onlooker(self.database, tell)

    def start_line(
        self,
        *,
        connect: Connect,
        route: Callable[[], str],
        pull_every: float,
        tell: Callable[[Outlook], object],
        picture_bytes: int = MOST_BYTES,
    ) -> Line:
        """Begin to talk to the company; `picture_bytes` is the room that pictures may take."""
        return Line(
            self.folder,
            self.database,
            connect=connect,
            route=route,
            clock=self.clock,
            new_id=self.new_id,
            pull_every=pull_every,
            tell=tell,
            picture_bytes=picture_bytes,
        )

    def close_bench(self) -> None:
        """Close what the calling thread has open."""
        bench: Workbench | None = getattr(self._threads, "bench", None)
        if bench is not None:
            bench.close()
            self._threads.bench = None

    def close(self) -> None:
        self.close_bench()
        self.database.close()
        self._lock.release()

    def _new_bench(self) -> Workbench:
        bench = Workbench(
            self.database,
            self._files.current,
            self._catalogue_damaged,
            clock=self.clock,
            new_id=self.new_id,
            policy=self._policy,
            scans=self._scans,
            papers=self._papers,
        )
        if self.read_only:
            self.database.execute_sql("PRAGMA query_only = 1")
        return bench

    def _examine(self) -> None:
        """The rep's file must be sound; a catalogue that is not is found to be damaged when it is read."""
        if self.read_only:
            return
        check_device(self.database)
        generation = self._files.current()
        if generation is not None:
            with suppress(ReplicaDamagedError, ReplicaDiskError):
                bring_up(generation)

    def _locked(self) -> bool:
        try:
            return self._lock.acquire()
        except OSError as error:
            raise DeviceFileError(
                f"{self.folder} cannot be written: {error.strerror}. Get permission to write there, or choose another "
                "folder with --device."
            ) from error

    def _catalogue_damaged(self, generation: Path) -> None:
        if not self.read_only:
            self._files.condemn(generation)
            self.fetch_catalogue()
