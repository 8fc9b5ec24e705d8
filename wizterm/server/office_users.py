"""Who of the office may sign in to its screen, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from wizterm.domain.clock import moment
from wizterm.domain.nearest import did_you_mean
from wizterm.server.deciding import HOST, SIGNED_IN, Deciding, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.passwords import Passwords
from wizterm.server.store.base import rows
from wizterm.server.store.people import Decided, OfficeUser
from wizterm.server.store.store import Store

SHORTEST_PASSWORD = 10
"""More than a rep's: it opens the whole company."""
LONGEST_NAME = 40


class OfficeUserError(OfficeError):
    """Somebody cannot be set up so; the message says why."""


@dataclass(frozen=True, slots=True)
class OfficeUserLine:
    name: str
    role: Role
    signed_in_at: datetime | None = None
    """When they last came in; None where they never did."""


class OfficeUsers:
    def __init__(self, store: Store, by: Deciding, passwords: Passwords) -> None:
        self._store = store
        self._by = by
        self._passwords = passwords

    def add(self, name: str, password: str, role: Role = Role.CLERK) -> OfficeUserLine:
        """Somebody new."""
        name = name.strip()
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise OfficeUserError(f"Expected a name of 1 to {LONGEST_NAME} characters, such as ada.")
        hashed = self._hashed(password)
        with self._by.decide(Role.ADMIN, "set up the user", name, role):
            standing: OfficeUser | None = OfficeUser.get_or_none(OfficeUser.login == name.lower())
            if standing is not None:
                raise OfficeUserError(
                    f"There is {standing.name} already: give them a new password (`admin users password`) "
                    "or another role (`admin users role`), or choose another name."
                )
            OfficeUser.create(login=name.lower(), name=name, password=hashed, role=role)
        return OfficeUserLine(name, role)

    def give_password(self, name: str, password: str) -> OfficeUserLine:
        """Another password; the screens they have open end."""
        return self._change(name, "gave a new password to", password=self._hashed(password))

    def give_role(self, name: str, role: Role) -> OfficeUserLine:
        """From their next key on, also where they are signed in."""
        return self._change(name, "gave another role to", role, role=role)

    def remove(self, name: str) -> OfficeUserLine:
        """Out at once, with every screen they have open."""
        with self._by.decide(Role.ADMIN, "removed the user") as decision:
            user = _one(name)
            decision.about = user.name
            OfficeUser.delete().where(OfficeUser.login == user.login).execute()
            return OfficeUserLine(user.name, Role(user.role))

    def all(self) -> tuple[OfficeUserLine, ...]:
        with self._store.reading():
            found = rows(OfficeUser.select(OfficeUser.name, OfficeUser.role).order_by(OfficeUser.login))
            seen = _signed_in()
        return tuple(OfficeUserLine(name, Role(role), seen.get(name.lower())) for name, role in found)

    def _change(self, name: str, did: str, words: str = "", **values: Any) -> OfficeUserLine:
        with self._by.decide(Role.ADMIN, did, words=words) as decision:
            user = _one(name)
            decision.about = user.name
            OfficeUser.update(values).where(OfficeUser.login == user.login).execute()
            return OfficeUserLine(user.name, Role(values.get("role", user.role)))

    def _hashed(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise OfficeUserError(f"The password is too short: expected at least {SHORTEST_PASSWORD} characters.")
        return self._passwords.hash(password)


def _one(name: str) -> OfficeUser:
    user: OfficeUser | None = OfficeUser.get_or_none(OfficeUser.login == name.strip().lower())
    if user is not None:
        return user
    known = [row[0] for row in rows(OfficeUser.select(OfficeUser.name))]
    raise OfficeUserError(
        f"There is nobody {name[:LONGEST_NAME]!r} in the office: `admin users list` shows the names."
        f"{did_you_mean(name, known)}"
    )


def _signed_in() -> Mapping[str, datetime]:
    """When somebody last came in, by the name in lower case: the record of decisions says it."""
    came = (Decided.did == SIGNED_IN) & (Decided.role != HOST)
    latest = rows(Decided.select(Decided.who, fn.MAX(Decided.at)).where(came).group_by(Decided.who))
    return {who.lower(): moment(at) for who, at in latest}
