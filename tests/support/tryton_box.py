"""A real trytond for tests, from the package index, in an environment and a cache of its own.

The first use installs it and makes a database (about a minute and a half); later ones copy that database and start a
server on it, in two seconds. WIZTERM_TEST_TRYTON names another series than 8.0.
"""

from __future__ import annotations

import fcntl
import hashlib
import inspect
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs

from tests.support import tryton_seed
from tests.support.ports import free_port
from tests.support.tryton_office import TrytonOffice
from wizterm.connectors.faults import Fault

SERIES = os.environ.get("WIZTERM_TEST_TRYTON", "8.0")
MODULES = ("sale", "sale_discount", "sale_price_list", "sale_credit_limit", "web_shop")
DATABASE = "wiz"
START_GUARD = 180.0
"""Seconds; it takes two on an idle machine."""
BUILD_GUARD = 1_500.0
"""Seconds for one step of the first set-up, on a machine that does much else."""
UNREACHABLE = (
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "ProxyError",
    "timed out",
)
"""How pip says that it did not get as far as a package index."""


class NoIndexError(Exception):
    """The package index cannot be reached, and nothing is cached."""


class TrytonBox:
    """A started trytond with a database of its own."""

    def __init__(self, cache: Path, database: Path, folder: Path) -> None:
        """Works in the folder, on a copy of the database."""
        shutil.copy(database, folder / f"{DATABASE}.sqlite")
        self.port = free_port()
        self.folder = folder
        self._cache = cache
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def office(self) -> TrytonOffice:
        """Signed in as the administrator."""
        return TrytonOffice(self.address, DATABASE, "admin", tryton_seed.ADMIN_PASSWORD)

    def start(self) -> None:
        conf = write_conf(self.folder, self.port)
        with (self.folder / "trytond.log").open("ab") as log:
            command = [self._cache / "venv/bin/trytond", "-c", conf, "-d", DATABASE]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + START_GUARD
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"trytond did not start:\n{(self.folder / 'trytond.log').read_text()[-4000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(30)

    def _answers(self) -> bool:
        try:
            return bool(self.office.version())
        except Fault:
            return False


@contextmanager
def running() -> Iterator[TrytonBox]:
    """In a folder of its own: those of pytest are cleared by other sessions. Raises `NoIndexError`."""
    cache, database = prepared()
    with TemporaryDirectory(prefix="wizterm-tryton-", ignore_cleanup_errors=True) as folder:
        box = TrytonBox(cache, database, Path(folder))
        box.start()
        try:
            yield box
        finally:
            box.stop()


def prepared() -> tuple[Path, Path]:
    """The cache's folder and the seeded database in it, made by whoever comes first while others wait."""
    said = SERIES + ",".join(MODULES) + sys.version
    cache = platformdirs.user_cache_path("wizterm-tests") / f"tryton-{SERIES}-{_short(said)}"
    empty, seeded = cache / "empty.sqlite", cache / f"seeded-{_short(inspect.getsource(tryton_seed))}.sqlite"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not empty.exists():
            _install(cache)
            _make_database(cache, empty)
        if not seeded.exists():
            _seed(cache, empty, seeded)
    return cache, seeded


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def write_conf(folder: Path, port: int) -> Path:
    path = folder / "trytond.conf"
    path.write_text(
        f"[database]\nuri = sqlite://\npath = {folder}\nlist = False\n"
        f"[web]\nlisten = 127.0.0.1:{port}\nroot = {folder}/no-web-client\n"
        "[session]\ntimeout = 3600\n[queue]\nworker = False\n[email]\nuri = dummy://\n"
    )
    return path


def _make_database(cache: Path, target: Path) -> None:
    with TemporaryDirectory(dir=cache) as name:
        folder = Path(name)
        (folder / f"{DATABASE}.sqlite").touch()
        (folder / "password").write_text(tryton_seed.ADMIN_PASSWORD + "\n")
        command = [cache / "venv/bin/trytond-admin", "-c", write_conf(folder, free_port()), "-d", DATABASE]
        command += ["-u", *MODULES, "--activate-dependencies", "--email", "admin@example.com"]
        env = os.environ | {"TRYTONPASSFILE": str(folder / "password")}
        subprocess.run(command, check=True, env=env, timeout=BUILD_GUARD, capture_output=True)
        _keep(folder, target)


def _seed(cache: Path, empty: Path, target: Path) -> None:
    with TemporaryDirectory(dir=cache) as folder:
        box = TrytonBox(cache, empty, Path(folder))
        box.start()
        try:
            tryton_seed.seed(box.office)
        finally:
            box.stop()
        _keep(box.folder, target)


def _keep(folder: Path, target: Path) -> None:
    """The database as one file, there whole or not at all."""
    database = folder / f"{DATABASE}.sqlite"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.rename(target)


def _install(cache: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--clear", cache / "venv"], check=True, timeout=BUILD_GUARD)
    wanted = [f"{name}=={SERIES}.*" for name in ("trytond", *(f"trytond-{m.replace('_', '-')}" for m in MODULES))]
    pip = [cache / "venv/bin/python", "-m", "pip", "install", "--quiet", "--prefer-binary", *wanted]
    done = subprocess.run(pip, capture_output=True, text=True, timeout=BUILD_GUARD, check=False)
    if done.returncode and any(sign in done.stderr for sign in UNREACHABLE):
        raise NoIndexError(done.stderr.strip().splitlines()[-1][:200])
    assert not done.returncode, done.stderr[-2000:]
