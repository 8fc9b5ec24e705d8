"""Who may come in: reps, their devices and their sessions."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CompositeKey, IntegerField, TextField

from wizterm.server.store.base import Stored


class Rep(Stored):
    code = TextField(primary_key=True)
    """As the company writes it; part of every document number."""
    login = TextField(unique=True)
    """The code in lower case, which is how it is looked up."""
    name = TextField()
    password = TextField()
    """Argon2 hash."""
    active = BooleanField(default=True)
    lists = TextField(default="[]")
    """Ids of price lists the rep may give to customers beyond those they have, as JSON."""
    email = TextField(default="")
    """Where confirmations of the rep's orders go, and answers of customers."""

    class Meta:
        table_name = "reps"


class Manager(Stored):
    """Somebody who may allow discounts beyond a rep's limit."""

    code = TextField(primary_key=True)
    name = TextField()
    key = TextField()
    """What their PIN signs with, hexadecimal: it never leaves the server."""
    pin_hash = TextField()
    """Argon2; devices have it too."""
    salt = TextField()
    most = TextField(default="")
    """The most percent they may allow; empty for any."""

    class Meta:
        table_name = "managers"


class OfficeUser(Stored):
    """Somebody of the office who may sign in to its screen."""

    login = TextField(primary_key=True)
    """The name in lower case, which is how it is looked up."""
    name = TextField()
    password = TextField()
    """Argon2 hash."""
    role = TextField()

    class Meta:
        table_name = "office_users"


class Decided(Stored):
    """One thing that somebody of the office has done."""

    id = TextField(primary_key=True)
    at = BigIntegerField()
    who = TextField()
    role = TextField()
    did = TextField()
    about = TextField()
    words = TextField()

    class Meta:
        table_name = "decisions"


class WrongPassword(Stored):
    """A failed sign-in to the office's screen: each browser tab is a process of its own, so they count here."""

    id = TextField(primary_key=True)
    login = TextField()
    at = BigIntegerField()

    class Meta:
        table_name = "wrong_passwords"


class Device(Stored):
    id = TextField(primary_key=True)
    rep = TextField()
    """Who signed in on it last."""
    name = TextField()
    public_key = TextField()
    code = TextField(unique=True)
    """Its installation code: allotted once, never to another."""
    revoked = BooleanField(default=False)
    seen_at = BigIntegerField()
    unsent = IntegerField(default=-1)
    """How many documents waited on it when it called last; -1 where it has not said."""

    class Meta:
        table_name = "devices"


class MoreCode(Stored):
    """A code that a device got besides its first, because its files were copied."""

    code = TextField(primary_key=True)
    device = TextField()

    class Meta:
        table_name = "more_codes"


class Chain(Stored):
    """The contacts of one set of a device's files, one after the other."""

    id = TextField(primary_key=True)
    device = TextField()
    code = TextField()
    newest = TextField()
    """Token given last."""
    before = TextField(default="")
    """Token it was given for: the answer may have been lost."""
    count = IntegerField()

    class Meta:
        table_name = "contact_chains"


class SignedIn(Stored):
    """A session: one refresh token in use, and the one before it until that is used."""

    id = TextField(primary_key=True)
    rep = TextField()
    device = TextField()
    refresh_hash = TextField(unique=True)
    previous_hash = TextField()
    expires_at = BigIntegerField()

    class Meta:
        table_name = "sessions"


class DeviceCalls(Stored):
    """What a device has called since."""

    device = TextField(primary_key=True)
    since = BigIntegerField()
    calls = BigIntegerField()

    class Meta:
        table_name = "device_calls"


class FailedSignIns(Stored):
    """Wrong passwords for one name from one address, since the first that counts."""

    name = TextField()
    address = TextField()
    count = IntegerField()
    since = BigIntegerField()

    class Meta:
        table_name = "failed_sign_ins"
        primary_key = CompositeKey("name", "address")


class AccessToken(Stored):
    hash = TextField(primary_key=True)
    session = TextField()
    expires_at = BigIntegerField()

    class Meta:
        table_name = "access_tokens"
