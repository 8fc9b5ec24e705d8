"""A copy of the whole store in one file, and bringing the store back to it, while the server runs or not.

A restored store has another epoch, by which devices notice that it has forgotten something and offer it again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from wizterm.domain.clock import Clock, SystemClock, milliseconds, moment
from wizterm.domain.ids import NewId
from wizterm.server.deliveries import MAILS, MAY_BE_MAILED, DeliveryState
from wizterm.server.store import ledger
from wizterm.server.store.ledger import Counter, Fact
from wizterm.server.store.paperwork import Delivery, TakenDocument
from wizterm.server.store.sqlite import FILE_NAME, open_file
from wizterm.server.store.store import Store, StoreError

SKIPPED_CODES = 1_000
"""Installation codes that may have been allotted since the backup: none of them is allotted again."""
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Restored:
    epoch: str
    documents: int
    newest: datetime | None
    """When the latest document in the backup was taken."""


def back_up(folder: Path, target: Path) -> int:
    """The store as it is at this moment, in one file; gives its size in bytes. The file must not be there yet."""
    if target.exists():
        raise StoreError(f"{target} is there already: name a file that is not, so that no backup is lost.")
    if not (folder / FILE_NAME).exists():
        raise StoreError(f"There is no store in {folder}: name the server's folder with --folder.")
    open_file(folder).close()
    begun = target.with_name(target.name + ".begun")
    with _told_plainly(target):
        begun.unlink(missing_ok=True)
        _copy(folder / FILE_NAME, begun)
        _sync(begun)
        begun.replace(target)
        _sync(target.parent)
    return target.stat().st_size


def restore(
    backup: Path,
    folder: Path,
    new_id: NewId,
    *,
    clock: Clock | None = None,
    beside: Callable[[Store], None] = lambda _store: None,
) -> Restored:
    """The store becomes what it was at the backup, under another epoch: all at once, or not at all.

    `beside` writes into it what is to come with that.
    """
    with TemporaryDirectory(prefix=".restoring-", dir=_made(folder)) as aside:
        with _told_plainly(backup):
            _copy(backup, Path(aside) / FILE_NAME)
        with closing(_opened(Path(aside), backup)) as store:
            _refuse_anothers(store, folder)
            restored = begin_anew(store, new_id(), clock=clock, beside=partial(beside, store))
        with _told_plainly(folder / FILE_NAME):
            _copy(Path(aside) / FILE_NAME, folder / FILE_NAME)
    return restored


def begin_anew(
    store: Store, epoch: str, *, clock: Clock | None = None, beside: Callable[[], None] = lambda: None
) -> Restored:
    """Say that the store was set back, by whatever means: it knows less than devices and the outside do.

    What was not settled at the backup may be by now: it is looked up outside before it is sent, and a mail waits for
    somebody to decide. What comes in the next 90 days is looked up too. `beside` writes what is to commit with that.
    """
    now = milliseconds((clock or SystemClock()).now())
    open_then = [DeliveryState.AWAITING, DeliveryState.WAITING, DeliveryState.SENDING]
    with store.writing():
        beside()
        Fact.update(value=epoch).where(Fact.name == "epoch").execute()
        Fact.delete().where(Fact.name == ledger.SET_BACK_AT).execute()
        Fact.insert(name=ledger.SET_BACK_AT, value=str(now)).execute()
        Counter.update(value=Counter.value + SKIPPED_CODES).where(Counter.name == ledger.INSTALLATIONS).execute()
        was_open = Delivery.state.in_(open_then)
        Delivery.update(words=MAY_BE_MAILED).where(was_open & Delivery.target.in_(MAILS)).execute()
        Delivery.update(state=DeliveryState.UNKNOWN).where(was_open).execute()
        newest = TakenDocument.select().order_by(TakenDocument.taken_at.desc()).first()
        count = TakenDocument.select().count()
    return Restored(epoch, count, moment(newest.taken_at) if newest is not None else None)


def _refuse_anothers(backup: Store, folder: Path) -> None:
    """A store that can be read says whose it is; one that cannot is what a backup is for."""
    if not (folder / FILE_NAME).exists():
        return
    try:
        standing = open_file(folder)
    except StoreError:
        _set_aside(folder)
        return
    with closing(standing):
        if _server(standing) != _server(backup):
            raise StoreError(
                f"The backup is of another server than the one in {folder}: restore it to a folder of its own."
            )


def _set_aside(folder: Path) -> None:
    """What is damaged is kept beside the store: something in it may still be read one day."""
    (folder / FILE_NAME).replace(folder / f"{FILE_NAME}.damaged")
    for companion in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            (folder / (FILE_NAME + companion)).replace(folder / f"{FILE_NAME}.damaged{companion}")


def _server(store: Store) -> str:
    with store.reading():
        return ledger.fact("server")


def _opened(folder: Path, backup: Path) -> Store:
    try:
        return open_file(folder)
    except StoreError as error:
        raise StoreError(f"{backup} is no backup of this program: nothing was changed. {error}") from error


def _copy(source: Path, target: Path) -> None:
    """One transaction on the target, also where a server has it open."""
    reading = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
    with closing(reading), closing(sqlite3.connect(target, timeout=_PATIENCE)) as writing:
        writing.execute("PRAGMA synchronous = full")
        writing.execute("PRAGMA fullfsync = 1")
        reading.backup(writing)


@contextmanager
def _told_plainly(file: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{file} cannot be used: {error}. Check the name, the rights and the disk.") from error


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # folders cannot be opened there; NTFS journals the rename
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
