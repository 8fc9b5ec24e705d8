"""Signing in to the office's screen, and how fast somebody may guess."""

from __future__ import annotations

from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.ids import NewId
from wizterm.server.deciding import Actor
from wizterm.server.office_error import OfficeError
from wizterm.server.office_users import LONGEST_NAME
from wizterm.server.passwords import Passwords
from wizterm.server.store.people import OfficeUser, WrongPassword
from wizterm.server.store.store import Store

MOST_WRONG = 5
"""For one name. Wrong names count for nobody else: a stranger could keep the whole office out with them."""
WINDOW_MS = 5 * 60 * 1000


class OfficeSignInError(OfficeError):
    """Somebody is not let in; the message says no more than anybody may know."""


class OfficeSignIn:
    def __init__(self, store: Store, passwords: Passwords, *, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._passwords = passwords
        self._clock = clock
        self._new_id = new_id

    def sign_in(self, name: str, password: str) -> Actor:
        """Who that is, or a refusal that does not say which of both was wrong."""
        login = name.strip().lower()[:LONGEST_NAME]
        attempt = self._count(login)
        with self._store.reading():
            user: OfficeUser | None = OfficeUser.get_or_none(OfficeUser.login == login)
        if not self._passwords.fits(password, user.password if user is not None else None) or user is None:
            raise OfficeSignInError("Name or password is wrong.")
        with self._store.writing():
            WrongPassword.delete().where(WrongPassword.id == attempt).execute()
        return Actor(user.name, user.login, user.password)

    def _count(self, login: str) -> str:
        """Wrong until it is known to be right: whoever tries many at once is counted for all of them."""
        attempt = self._new_id()
        with self._store.writing():
            WrongPassword.delete().where(WrongPassword.at <= self._now() - WINDOW_MS).execute()
            of_this = WrongPassword.select().where(WrongPassword.login == login).count()
            if of_this >= MOST_WRONG:
                raise OfficeSignInError("Too many wrong passwords: try again in five minutes.")
            WrongPassword.create(id=attempt, login=login, at=self._now())
        return attempt

    def _now(self) -> int:
        return milliseconds(self._clock.now())
