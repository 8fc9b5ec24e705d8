"""Signing in: online where the server answers, with what this machine remembers where it does not."""

from __future__ import annotations

import base64
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Final

from peewee import SqliteDatabase

from wizterm.db.device import FILE, open_device, set_setting, setting
from wizterm.db.document_feed import COPIED, DEVICE
from wizterm.domain.clock import Clock, age
from wizterm.domain.ids import NewId
from wizterm.protocol.faults import NotOurServerError, UnreachableError
from wizterm.protocol.interface import SyncProtocol
from wizterm.protocol.problem import Code, ProblemError
from wizterm.protocol.session import Refresh, Session, SignIn
from wizterm.services.identity import Identities, Identity
from wizterm.services.preferences import Preferences
from wizterm.services.stored_settings import StoredSettings
from wizterm.sync.address import AddressError
from wizterm.sync.session import KEPT, SessionKeeper, session_in

LAST = "last"
KEY = "device_key"
LOCKED = "locked"
REGISTERED = "registered_device"
"""The id under which the server knows this machine's key."""
OFFICE_KEY = "office_key"
LONGEST_FAREWELL: Final = 3.0
"""Seconds that leaving waits for the server."""


class SignInError(Exception):
    """Nobody was let in; the message says why and what to do."""


class Door:
    """Finds the folder of a server and a rep, and lets the rep in."""

    def __init__(
        self,
        root: Path,
        *,
        connect: Callable[[str], SyncProtocol],
        clock: Clock,
        new_id: NewId,
        folder: Path | None = None,
    ) -> None:
        """`folder` names the one folder to use, whoever signs in; else each server and rep has its own under `root`."""
        self._root = root
        self._folder = folder
        self._connect = connect
        self._clock = clock
        self._new_id = new_id

    @property
    def root(self) -> Path:
        """Where folders are made."""
        return self._folder or self._root

    @property
    def last_folder(self) -> Path | None:
        """The folder to work in: the one that was named, else that of whoever signed in last."""
        return self._folder or self._last()

    def standing_open(self) -> Path | None:
        """The folder of whoever signed in last and did not sign out."""
        with self._last_opened() as database:
            if database is None or setting(database, LOCKED) or Identities(database).known() is None:
                return None
            return Path(database.database).parent

    def last_known(self) -> Identity | None:
        """Who signed in here last: fills the form."""
        with self._last_opened() as database:
            return None if database is None else Identities(database).known()

    def freshness(self) -> str:
        """How old the data is that an offline sign-in opens."""
        with self._last_opened() as database:
            at = None if database is None else Preferences(database).synced_at
        if at is None:
            return "never synced"
        said = age(self._clock.now() - at)
        return f"last synced {said}" + ("" if said == "just now" else " ago")

    def sign_in(self, address: str, rep: str, password: str) -> Path:
        """The rep's folder, open for work. Raises `SignInError` with a sentence."""
        folder = self._folder or self._root / _slug(address) / _slug(rep.upper())
        database = open_device(folder)
        try:
            self._let_in(database, address, rep.strip(), password)
            set_setting(database, LOCKED, "")
            set_setting(database, COPIED, "")
        finally:
            database.close()
        self._remember_last(folder)
        return folder

    def lock(self, folder: Path) -> None:
        """Sign out: the session is forgotten, and the next start asks for the password. Nothing else is touched.

        The server is told too, where it answers soon; where it does not, its session runs out by itself.
        """
        database = open_device(folder)
        try:
            known, session = Identities(database).known(), session_in(setting(database, KEPT))
            with database.atomic():
                set_setting(database, LOCKED, "yes")
                set_setting(database, KEPT, "")
        finally:
            database.close()
        if known and session and session.refresh_token:
            farewell = Thread(target=self._take_leave, args=(known.address, session), name="farewell", daemon=True)
            farewell.start()
            farewell.join(LONGEST_FAREWELL)

    def _take_leave(self, address: str, session: Session) -> None:
        with suppress(ProblemError, AddressError, UnreachableError, NotOurServerError):
            speaker = self._connect(address)
            speaker.sign_out(speaker.refresh(Refresh(refresh_token=session.refresh_token)).access_token)

    def _let_in(self, database: SqliteDatabase, address: str, rep: str, password: str) -> None:
        identities = Identities(database)
        known = identities.known()
        if known and known.rep.casefold() != rep.casefold():
            raise SignInError(f"These files belong to {known.rep}: another rep needs a folder of their own (--device).")
        try:
            session = self._ask_server(database, address, rep, password)
        except ProblemError as error:
            raise SignInError(_refusal(error)) from error
        except AddressError as error:
            raise SignInError(str(error)) from error
        except (UnreachableError, NotOurServerError) as error:
            if known is None:
                raise SignInError(f"{error} The first sign-in on a machine needs the server.") from error
            if not identities.unlocks(password):
                raise SignInError("That is not the password that signed in here last.") from error
            return
        set_setting(database, REGISTERED, setting(database, DEVICE))
        set_setting(database, OFFICE_KEY, session.office_key)
        identities.remember(
            Identity(address, session.rep, session.rep_name, session.company, session.installation), password
        )

    def _ask_server(self, database: SqliteDatabase, address: str, rep: str, password: str) -> Session:
        keeper = SessionKeeper(
            speaker=self._connect(address), settings=StoredSettings(database), clock=self._clock, new_nonce=self._new_id
        )
        from wizterm.protocol.proof import proof, public_key  # noqa: PLC0415 - wanted at sign-in only

        key = _key(database)
        device = setting(database, DEVICE) or self._new_id()
        set_setting(database, DEVICE, device)
        return keeper.sign_in(
            SignIn(
                rep=rep,
                password=password,
                device=device,
                device_name=socket.gethostname(),
                public_key=public_key(key),
                proof=proof(key, device, rep),
                installation=setting(database, "installation"),
            )
        )

    @contextmanager
    def _last_opened(self) -> Iterator[SqliteDatabase | None]:
        """The file of whoever signed in last; None where nobody has."""
        folder = self.last_folder
        if folder is None or not (folder / FILE).exists():
            yield None
            return
        database = open_device(folder)
        try:
            yield database
        finally:
            database.close()

    def _last(self) -> Path | None:
        try:
            folder = self._root / (self._root / LAST).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return folder if folder.is_dir() else None

    def _remember_last(self, folder: Path) -> None:
        if self._folder is None:
            (self._root / LAST).write_text(folder.relative_to(self._root).as_posix(), encoding="utf-8")


def unfilled(address: str, rep: str, password: str) -> dict[str, str]:
    """What is still missing for a sign-in: a sentence by field name."""
    wanted = {
        "address": (
            address,
            "The server's address is missing: the office has it, such as https://orders.company.example.",
        ),
        "rep": (rep, "Your name is missing: the short one the office gave you."),
        "password": (password, "The password is missing."),
    }
    return {name: words for name, (typed, words) in wanted.items() if not typed.strip()}


def _refusal(error: ProblemError) -> str:
    if error.code == Code.BAD_CREDENTIALS:
        return "The server does not know this name with this password: check both, then try again."
    return f"The server refused: {error}"


def _key(database: SqliteDatabase) -> bytes:
    """The private half of this device's Ed25519 key: made once, and it stays in device.db."""
    from wizterm.protocol.proof import new_key  # noqa: PLC0415 - wanted at sign-in only

    key = base64.b64decode(setting(database, KEY)) or new_key()
    set_setting(database, KEY, base64.b64encode(key).decode())
    return key


def _slug(text: str) -> str:
    """A folder's name from an address or a rep's code: letters, digits, dot and dash."""
    bare = re.sub(r"^https?://", "", text.strip())
    return re.sub(r"[^A-Za-z0-9.-]+", "-", bare).strip("-.") or "unnamed"
