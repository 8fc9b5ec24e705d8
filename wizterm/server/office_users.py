"""Who of the office may sign in to its screen, and as what."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.domain.nearest import did_you_mean
from wizterm.server.deciding import Deciding, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.passwords import Passwords
from wizterm.server.store.base import rows
from wizterm.server.store.people import OfficeUser
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


class OfficeUsers:
    def __init__(self, store: Store, by: Deciding, passwords: Passwords) -> None:
        self._store = store
        self._by = by
        self._passwords = passwords

    def add(self, name: str, password: str, role: Role | None = None) -> OfficeUserLine:
        """Somebody new; or a new password for somebody, whose open screens end.

        Without a role they keep the one they have; who is new becomes a clerk.
        """
        name = name.strip()
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise OfficeUserError(f"Expected a name of 1 to {LONGEST_NAME} characters, such as ada.")
        if len(password) < SHORTEST_PASSWORD:
            raise OfficeUserError(f"The password is too short: expected at least {SHORTEST_PASSWORD} characters.")
        values = {"name": name, "password": self._passwords.hash(password)}
        with self._by.decide(Role.ADMIN, "set up the user", name) as decision:
            standing: OfficeUser | None = OfficeUser.get_or_none(OfficeUser.login == name.lower())
            known = role or (Role.CLERK if standing is None else Role(standing.role))
            decision.words = values["role"] = known
            OfficeUser.insert(login=name.lower(), **values).on_conflict(
                conflict_target=[OfficeUser.login], update=values
            ).execute()
        return OfficeUserLine(name, known)

    def give_role(self, name: str, role: Role) -> OfficeUserLine:
        """From their next key on, also where they are signed in."""
        with self._by.decide(Role.ADMIN, "gave another role to", words=role) as decision:
            user = _one(name)
            decision.about = user.name
            OfficeUser.update(role=role).where(OfficeUser.login == user.login).execute()
            return OfficeUserLine(user.name, role)

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
            return tuple(OfficeUserLine(name, Role(role)) for name, role in found)


def _one(name: str) -> OfficeUser:
    user: OfficeUser | None = OfficeUser.get_or_none(OfficeUser.login == name.strip().lower())
    if user is not None:
        return user
    known = [row[0] for row in rows(OfficeUser.select(OfficeUser.name))]
    raise OfficeUserError(
        f"There is nobody {name[:LONGEST_NAME]!r} in the office: `admin users list` shows the names."
        f"{did_you_mean(name, known)}"
    )
