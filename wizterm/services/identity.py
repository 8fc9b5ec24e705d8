"""Who this machine belongs to: what signing in once has left here, so that it works offline afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import SqliteDatabase

from wizterm.db.device import set_setting, setting

PASSWORD_HASH = "password_hash"  # noqa: S105 - the name of a setting


@dataclass(frozen=True, slots=True)
class Identity:
    address: str
    """Where the server answers."""
    rep: str
    rep_name: str
    company: str
    installation: str
    """Part of every document number made here."""


class Identities:
    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def known(self) -> Identity | None:
        """Who signed in on this machine; None before the first time."""
        if not setting(self._database, "installation"):
            return None
        return Identity(*(setting(self._database, name) for name in Identity.__slots__))

    def remember(self, identity: Identity, password: str) -> None:
        """Keep who signed in, and a hash that lets them in without a network."""
        from argon2 import PasswordHasher  # noqa: PLC0415 - wanted at sign-in only

        hashed = PasswordHasher().hash(password)
        with self._database.atomic():
            for name in Identity.__slots__:
                set_setting(self._database, name, getattr(identity, name))
            set_setting(self._database, PASSWORD_HASH, hashed)

    def unlocks(self, password: str) -> bool:
        """Whether this password signed in here before; takes about 0.1 s on purpose."""
        from argon2 import PasswordHasher  # noqa: PLC0415 - as above
        from argon2.exceptions import VerificationError  # noqa: PLC0415 - as above

        try:
            return PasswordHasher().verify(setting(self._database, PASSWORD_HASH, "$argon2id$"), password)
        except (VerificationError, ValueError):
            return False
