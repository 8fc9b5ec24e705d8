"""Who of the office may sign in to its screen, and how fast somebody may guess."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.ids import NewId
from wizterm.domain.nearest import did_you_mean
from wizterm.server.office_error import OfficeError
from wizterm.server.passwords import Passwords
from wizterm.server.store.base import rows
from wizterm.server.store.people import OfficeUser, WrongPassword
from wizterm.server.store.store import Store

SHORTEST_PASSWORD = 10
"""More than a rep's: it opens everything."""
LONGEST_NAME = 40
MOST_WRONG = 5
"""For one name."""
MOST_WRONG_OF_ALL = 50
WINDOW_MS = 5 * 60 * 1000


class OfficeUserError(OfficeError):
    """Somebody cannot be set up or let in so; the message says why."""


@dataclass(frozen=True, slots=True)
class OfficeUserLine:
    name: str


class OfficeUsers:
    def __init__(self, store: Store, passwords: Passwords, *, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._passwords = passwords
        self._clock = clock
        self._new_id = new_id

    def add(self, name: str, password: str) -> None:
        """Somebody new, or a new password for somebody."""
        name = name.strip()
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise OfficeUserError(f"Expected a name of 1 to {LONGEST_NAME} characters, such as ada.")
        if len(password) < SHORTEST_PASSWORD:
            raise OfficeUserError(f"The password is too short: expected at least {SHORTEST_PASSWORD} characters.")
        values = {"name": name, "password": self._passwords.hash(password)}
        with self._store.writing():
            OfficeUser.insert(login=name.lower(), **values).on_conflict(
                conflict_target=[OfficeUser.login], update=values
            ).execute()

    def remove(self, name: str) -> None:
        with self._store.writing():
            if OfficeUser.delete().where(OfficeUser.login == name.strip().lower()).execute():
                return
            known = [row[0] for row in rows(OfficeUser.select(OfficeUser.name))]
            raise OfficeUserError(
                f"There is nobody {name[:LONGEST_NAME]!r} in the office: `admin office list` shows the names."
                f"{did_you_mean(name, known)}"
            )

    def all(self) -> tuple[OfficeUserLine, ...]:
        with self._store.reading():
            return tuple(
                OfficeUserLine(row[0]) for row in rows(OfficeUser.select(OfficeUser.name).order_by(OfficeUser.login))
            )

    def sign_in(self, name: str, password: str) -> str:
        """The name as it is written, or a refusal that does not say which of both was wrong."""
        login = name.strip().lower()[:LONGEST_NAME]
        attempt = self._count(login)
        with self._store.reading():
            user: OfficeUser | None = OfficeUser.get_or_none(OfficeUser.login == login)
        if not self._passwords.fits(password, user.password if user is not None else None) or user is None:
            raise OfficeUserError("Name or password is wrong.")
        with self._store.writing():
            WrongPassword.delete().where(WrongPassword.id == attempt).execute()
        return str(user.name)

    def _count(self, login: str) -> str:
        """Wrong until it is known to be right: whoever tries many at once is counted for all of them."""
        attempt = self._new_id()
        with self._store.writing():
            WrongPassword.delete().where(WrongPassword.at <= self._now() - WINDOW_MS).execute()
            of_all = WrongPassword.select().count()
            of_this = WrongPassword.select().where(WrongPassword.login == login).count()
            if of_this >= MOST_WRONG or of_all >= MOST_WRONG_OF_ALL:
                raise OfficeUserError("Too many wrong passwords: try again in five minutes.")
            WrongPassword.create(id=attempt, login=login, at=self._now())
        return attempt

    def _now(self) -> int:
        return milliseconds(self._clock.now())
