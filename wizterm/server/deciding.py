"""Who of the office may decide what, and the record that they did: whatever the office changes, it changes here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.ids import NewId
from wizterm.server.office_error import OfficeError
from wizterm.server.store.people import Decided, OfficeUser
from wizterm.server.store.store import Store
from wizterm.server.store.writing import Writing


class Role(StrEnum):
    """What somebody may do; each may do what the one before may."""

    VIEWER = "viewer"
    """Sees everything and changes nothing."""
    CLERK = "clerk"
    """Decides about deliveries, what the ERP calls things, and whose a customer is."""
    ADMIN = "admin"
    """Lets in and shuts out reps, devices and sign-ins, and sets up managers and the office's people."""

    def covers(self, least: Role) -> bool:
        return RANKS.index(self) >= RANKS.index(least)


RANKS = tuple(Role)
SIGNED_IN = "signed in"
"""What the record says of who came in."""
HOST = "host"
"""The role on record of whoever works on the server's own host."""


class NotAllowedError(OfficeError):
    """Their role does not cover it; the message names the one that does."""


class SignedOutError(OfficeError):
    """Nobody signs in with that any more: the person was removed, or has another password."""


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    login: str = ""
    """Empty on the server's own host: whoever holds the store can change it anyway."""
    credential: str = field(default="", repr=False)
    """Hash of the password they came in with."""


class Decision:
    """A transaction that changes something for a person, and what is written down about it."""

    def __init__(self, writing: Writing, role: Role, about: str, words: str) -> None:
        self.writing = writing
        self.role = role
        self.about = about
        """Whose it is as people call it: known sometimes only once it has been looked up."""
        self.words = words


class Deciding:
    def __init__(self, store: Store, actor: Actor, *, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._actor = actor
        self._clock = clock
        self._new_id = new_id

    @contextmanager
    def decide(self, least: Role, did: str, about: str = "", words: str = "") -> Iterator[Decision]:
        """Change something, where the person's role is at least this; what is done and its record commit together.

        `did` is what the record says after the person's name, such as "held".
        """
        with self._store.writing() as writing:
            decision = Decision(writing, self._checked(least), about, words)
            yield decision
            self._write(decision.role, did, decision.about, decision.words)

    def note(self, least: Role, did: str, about: str = "", words: str = "") -> None:
        """The same for what another transaction does that is under way: with it it commits, or with it it is undone."""
        self._write(self._checked(least), did, about, words)

    def role(self) -> Role:
        """As it is now, whatever it was at the sign-in; needs a transaction. Raises `SignedOutError`."""
        if not self._actor.login:
            return Role.ADMIN
        mine = (OfficeUser.login == self._actor.login) & (OfficeUser.password == self._actor.credential)
        user: OfficeUser | None = OfficeUser.get_or_none(mine)
        if user is None:
            raise SignedOutError("Your sign-in has ended: sign in again.")
        return Role(user.role)

    def _checked(self, least: Role) -> Role:
        role = self.role()
        if not role.covers(least):
            raise NotAllowedError(
                f"That takes the role {least}, and yours is {role}: an admin can change it "
                f"(`admin users role {self._actor.login} {least}`). Nothing was changed."
            )
        return role

    def _write(self, role: Role, did: str, about: str, words: str) -> None:
        Decided.create(
            id=self._new_id(),
            at=milliseconds(self._clock.now()),
            who=self._actor.name,
            role=role if self._actor.login else HOST,
            did=did,
            about=about,
            words=words,
        )
