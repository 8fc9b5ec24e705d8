"""The store on PostgreSQL: for several processes. All that only PostgreSQL knows is said here."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from peewee import InterfaceError, OperationalError, PeeweeException
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase

from wizterm.server.store.driver import bring_driver
from wizterm.server.store.engine import Alone
from wizterm.server.store.founding import found
from wizterm.server.store.migrating import migrate
from wizterm.server.store.store import Store, StoreError

CONNECTIONS = 20
"""Of one process: its handlers' threads, its worker, and one to spare."""
READY = 5
"""Made when a process begins: a few calls at a time, and the worker."""
PATIENCE = 30
"""Seconds for a statement, for a lock that another writer holds, and for a connection of the pool."""
LOSTS_PATIENCE = 300
"""Seconds until the database gives up a transaction whose process says nothing any more: an import thinks that long."""
CONNECT_SECONDS = 10
LIMITS = (
    f"-c statement_timeout={PATIENCE}s -c lock_timeout={PATIENCE}s "
    f"-c idle_in_transaction_session_timeout={LOSTS_PATIENCE}s"
)
MEANWHILE = 1_000_000
"""Transactions during one import: a thousand a second would take a quarter of an hour."""
_MET = frozenset({"40001", "40P01", "23505"})
"""Serialisation failure, deadlock, and two rows with one key: in all of them the other one went first."""
_GONE = ("08", "57P")
"""Classes of errors of a connection that is no more, or of a database that starts or stops."""


class _Pool(PooledPostgresqlDatabase):  # type: ignore[misc]  # playhouse gives its pools no types
    def connect(self, reuse_if_open: bool = False) -> bool:  # noqa: FBT001, FBT002 - Peewee's signature
        try:
            return bool(super().connect(reuse_if_open))
        except MaxConnectionsExceeded as error:
            raise OperationalError("every connection of this process is in use") from error

    def _is_closed(self, connection: Any) -> bool:
        """Without asking the database: a connection that was lost is noticed, and the work done again on another."""
        return bool(connection.closed)


@dataclass(frozen=True, slots=True)
class _Postgres:
    database: _Pool
    reading = ("REPEATABLE READ READ ONLY",)
    writing = ("READ COMMITTED",)
    """Rows that must not change meanwhile are held; a stricter level would fail every two writers that meet at the
    counter of transactions."""
    pooled = True
    meanwhile = MEANWHILE
    copies = False

    def turn(self) -> AbstractContextManager[None]:
        return nullcontext()

    def import_turn(self) -> AbstractContextManager[None]:
        return nullcontext()

    def alone(self, what: Alone) -> None:
        for limit in ("statement_timeout", "lock_timeout"):
            self.database.execute_sql(f"SET LOCAL {limit} = 0")
        self.database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (int(what),))
        if what is Alone.IMPORT:
            for limit in ("statement_timeout", "lock_timeout"):
                self.database.execute_sql(f"SET LOCAL {limit} TO DEFAULT")

    def may_succeed_again(self, error: Exception) -> bool:
        state = getattr(getattr(error, "orig", None), "sqlstate", None)
        if state in _MET:
            return True
        lost = isinstance(error, OperationalError | InterfaceError) and (state is None or state.startswith(_GONE))
        if lost:
            self.database.close_idle()
        return lost

    def make_ready(self) -> None:
        """Some connections that have looked at each table: the first call on a new one takes 50 ms longer."""
        met = threading.Barrier(READY)
        with ThreadPoolExecutor(READY) as pool:
            list(pool.map(self._connect_with_others, [met] * READY))

    def _connect_with_others(self, met: threading.Barrier) -> None:
        """All at once, so that none is given back before each has its own."""
        try:
            with self.database.connection_context():
                for table in self.database.get_tables():
                    self.database.execute_sql(f'SELECT * FROM "{table}" LIMIT 0')  # noqa: S608 - names from the database
                met.wait(CONNECT_SECONDS)
        except (PeeweeException, threading.BrokenBarrierError):
            met.abort()  # calls connect by themselves, and say what is wrong

    def close(self) -> None:
        self.database.close_all()


def open_database(url: str) -> Store:
    """The store in this database, made if there is none, brought to this program's layout."""
    engine = engine_of(url)
    store = Store(engine)
    try:
        migrate(engine)
        store.again(lambda: found(store))
    except StoreError:
        store.close()
        raise
    except PeeweeException as error:
        store.close()
        said = " ".join(str(error).split()).rstrip(".?")
        raise StoreError(f"The database of server.store cannot be used: {said}. Set it right, or start it.") from error
    return store


def engine_of(url: str) -> _Postgres:
    """Not connected yet. What the address says of a session's limits counts more than ours."""
    said = _read(url)
    pool = _Pool(
        "postgresql://" + url.partition("://")[2],
        prefer_psycopg3=True,
        autoconnect=False,
        max_connections=CONNECTIONS,
        timeout=PATIENCE,
        connect_timeout=CONNECT_SECONDS,
        application_name="wizterm",
        options=f"{LIMITS} {said.get('options') or ''}".strip(),
    )
    return _Postgres(pool)


def _read(url: str) -> dict[str, Any]:
    bring_driver()
    from psycopg import ProgrammingError  # noqa: PLC0415 - an extra: it is there now
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - as above

    try:
        return dict(conninfo_to_dict(url))
    except ProgrammingError as error:
        raise StoreError(
            "server.store is no address of a database: expected postgresql://user:password@host:5432/database."
        ) from error
