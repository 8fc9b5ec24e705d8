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
from tests.support.server_process import free_port
from tests.support.tryton_office import TrytonOffice
from wizterm.connectors.tryton.faults import Fault

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
    """A started trytond with a seeded database of its own."""

    def __init__(self, cache: Path, folder: Path) -> None:
        shutil.copy(cache / "seeded.sqlite", folder / f"{DATABASE}.sqlite")
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
    cache = prepared()
    with TemporaryDirectory(prefix="wizterm-tryton-", ignore_cleanup_errors=True) as folder:
        box = TrytonBox(cache, Path(folder))
        box.start()
        try:
            yield box
        finally:
            box.stop()


def prepared() -> Path:
    """The cache's folder, filled by whoever comes first while others wait."""
    said = SERIES + ",".join(MODULES) + sys.version + inspect.getsource(tryton_seed)
    name = f"tryton-{SERIES}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    folder = platformdirs.user_cache_path("wizterm-tests") / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "seeded.sqlite").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            _build(folder)
    return folder


def write_conf(folder: Path, port: int) -> Path:
    path = folder / "trytond.conf"
    path.write_text(
        f"[database]\nuri = sqlite://\npath = {folder}\nlist = False\n"
        f"[web]\nlisten = 127.0.0.1:{port}\nroot = {folder}/no-web-client\n"
        "[session]\ntimeout = 3600\n[queue]\nworker = False\n[email]\nuri = dummy://\n"
    )
    return path


def _build(cache: Path) -> None:
    _install(cache)
    run = cache / "making"
    run.mkdir()
    (run / f"{DATABASE}.sqlite").touch()
    (run / "password").write_text(tryton_seed.ADMIN_PASSWORD + "\n")
    command = [cache / "venv/bin/trytond-admin", "-c", write_conf(run, free_port()), "-d", DATABASE]
    command += ["-u", *MODULES, "--activate-dependencies", "--email", "admin@example.com"]
    env = os.environ | {"TRYTONPASSFILE": str(run / "password")}
    subprocess.run(command, check=True, env=env, timeout=BUILD_GUARD, capture_output=True)
    shutil.copy(run / f"{DATABASE}.sqlite", cache / "seeded.sqlite")
    box_folder = cache / "seeding"
    box_folder.mkdir()
    box = TrytonBox(cache, box_folder)
    (cache / "seeded.sqlite").unlink()
    box.start()
    try:
        tryton_seed.seed(box.office)
    finally:
        box.stop()
    with closing(sqlite3.connect(box_folder / f"{DATABASE}.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.move(box_folder / f"{DATABASE}.sqlite", cache / "seeded.sqlite")
    shutil.rmtree(run)


def _install(cache: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", cache / "venv"], check=True, timeout=BUILD_GUARD)
    wanted = [f"{name}=={SERIES}.*" for name in ("trytond", *(f"trytond-{m.replace('_', '-')}" for m in MODULES))]
    pip = [cache / "venv/bin/python", "-m", "pip", "install", "--quiet", "--prefer-binary", *wanted]
    done = subprocess.run(pip, capture_output=True, text=True, timeout=BUILD_GUARD, check=False)
    if done.returncode and any(sign in done.stderr for sign in UNREACHABLE):
        raise NoIndexError(done.stderr.strip().splitlines()[-1][:200])
    assert not done.returncode, done.stderr[-2000:]
