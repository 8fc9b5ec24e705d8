"""Sessions in the store. Tokens are random and stored as hashes: whoever reads the store can sign in nowhere."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from wizterm.server.store import ledger
from wizterm.server.store.engine import held
from wizterm.server.store.people import AccessToken, Device, Rep, SignedIn
from wizterm.server.store.prepared import prepared

SECRET = "refresh_secret"  # noqa: S105 - the name of a fact
ACCESS_SECONDS = 15 * 60
REFRESH_SECONDS = 180 * 24 * 3600
"""A device that was in a drawer for a season still gets in."""

NewToken = Callable[[], str]


def new_token() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Pair:
    access: str
    refresh: str


def begin(session: str, rep: str, device: str, now: int, new: NewToken) -> Pair:
    """A new session of this rep on this device; the device's earlier one ends."""
    end_all(SignedIn.device == device)
    pair = Pair(new(), new())
    SignedIn.create(
        id=session,
        rep=rep,
        device=device,
        refresh_hash=_hash(pair.refresh),
        previous_hash="",
        expires_at=now + REFRESH_SECONDS * 1000,
    )
    _let_in(session, pair.access, now)
    return pair


def find(refresh: str, now: int) -> SignedIn | None:
    """The session of a refresh token: the newest one, or the one before it while the newest was never used.

    Nobody else renews it until the transaction has ended.
    """
    digest = _hash(refresh)
    wanted = ((SignedIn.refresh_hash == digest) | (SignedIn.previous_hash == digest)) & (SignedIn.expires_at > now)
    found: SignedIn | None = held(SignedIn.select().where(wanted)).first()
    return found


def renew(session: SignedIn, refresh: str, now: int, new: NewToken) -> Pair:
    """A new pair. The token that was shown stays good until the new one is shown.

    Each leads to one other, so that a request which arrives twice does not end what its first answer gave.
    """
    pair = Pair(new(), _after(refresh, ledger.fact(SECRET)))
    SignedIn.update(
        refresh_hash=_hash(pair.refresh),
        previous_hash=_hash(refresh),
        expires_at=now + REFRESH_SECONDS * 1000,
    ).where(SignedIn.id == session.id).execute()
    AccessToken.delete().where((AccessToken.session == session.id) & (AccessToken.expires_at <= now)).execute()
    _let_in(session.id, pair.access, now)
    return pair


def session_of(access: str, now: int) -> SignedIn | None:
    token = AccessToken.get_or_none((AccessToken.hash == _hash(access)) & (AccessToken.expires_at > now))
    return SignedIn.get_or_none(SignedIn.id == token.session) if token is not None else None


def caller_of(access: str, now: int) -> tuple[str, str, str] | None:
    """Rep, device and installation code; None for who was shut out since the sign-in, and for a token nobody has."""
    found = _callers(_hash(access), now)
    return found[0] if found else None


@prepared
def _callers(digest: Any, now: Any) -> Any:
    let_in = (AccessToken.hash == digest) & (AccessToken.expires_at > now) & Rep.active & ~Device.revoked
    return (
        AccessToken.select(Rep.code, Device.id, Device.code)
        .join(SignedIn, on=(SignedIn.id == AccessToken.session))
        .join(Rep, on=(Rep.code == SignedIn.rep))
        .join(Device, on=(Device.id == SignedIn.device))
        .where(let_in)
    )


def end_all(which: object) -> None:
    """End the sessions that this condition names."""
    ids = [row.id for row in SignedIn.select(SignedIn.id).where(which)]
    AccessToken.delete().where(AccessToken.session.in_(ids)).execute()
    SignedIn.delete().where(SignedIn.id.in_(ids)).execute()


def _let_in(session: str, access: str, now: int) -> None:
    AccessToken.create(hash=_hash(access), session=session, expires_at=now + ACCESS_SECONDS * 1000)


def _after(refresh: str, secret: str) -> str:
    return urlsafe_b64encode(hmac.digest(secret.encode(), refresh.encode(), sha256)).decode().rstrip("=")


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
