"""Staying signed in: a short access token in memory, a long refresh token on the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

import msgspec

from wizterm.domain.clock import Clock
from wizterm.protocol.decoding import decoded
from wizterm.protocol.faults import NotOurServerError, UnreachableError
from wizterm.protocol.ping import Pong
from wizterm.protocol.problem import Code, ProblemError, problem
from wizterm.protocol.session import Refresh, Session, SignIn

T = TypeVar("T")

KEPT: Final = "session"
SERVER: Final = "server"
MARGIN: Final = 60.0
"""Seconds before its end that a token is renewed."""
_IDENTITY: Final = frozenset({Code.SIGN_IN_NEEDED, Code.BAD_CREDENTIALS})


class Settings(Protocol):
    """Texts that outlive the program; an unknown name gives an empty text."""

    def get(self, name: str) -> str: ...

    def set(self, name: str, value: str) -> None: ...

    def replace(self, name: str, expected: str, value: str) -> bool:
        """In one step; False, and nothing changed, where it is not what was expected any more."""
        ...


class Speaker(Protocol):
    """The part of the protocol that a session needs."""

    def ping(self, nonce: str) -> Pong: ...

    def sign_in(self, request: SignIn) -> Session: ...

    def refresh(self, request: Refresh) -> Session: ...

    def sign_out(self, token: str) -> None: ...


class SessionKeeper:
    """Shared by the threads that talk; credentials are dropped only on our own server's word."""

    def __init__(self, *, speaker: Speaker, settings: Settings, clock: Clock, new_nonce: Callable[[], str]) -> None:
        self._speaker = speaker
        self._settings = settings
        self._clock = clock
        self._new_nonce = new_nonce
        self._lock = threading.Lock()
        self._access = ""
        self._until = 0.0

    @property
    def facts(self) -> Session | None:
        """Who is signed in here, also without a network; None before the first sign-in and after a sign-out."""
        return session_in(self._settings.get(KEPT))

    @property
    def signed_in(self) -> bool:
        """Whether a token can be had without a person."""
        facts = self.facts
        return facts is not None and bool(facts.refresh_token)

    @property
    def server(self) -> str:
        """The id of the server this folder belongs to, for ever: it outlives the session."""
        return self._settings.get(SERVER)

    def sign_in(self, request: SignIn) -> Session:
        """Raises `ProblemError` with what the server says, or where another server answers than this folder's."""
        with self._lock:
            session = self._speaker.sign_in(request)
            if self.server not in {"", session.server}:
                raise problem(409, Code.FORBIDDEN, "These orders belong to another server: sign in to that one.")
            self._settings.set(SERVER, session.server)
            self._settings.set(KEPT, _kept(session))
            self._bear(session)
            return session

    def sign_out(self) -> None:
        """Forget the session here; the server is told by the caller's last call, where it can be reached."""
        with self._lock:
            self._forget()

    def call(self, speak: Callable[[str], T]) -> T:
        """Speak with a good access token; where our server wants a new one, renew it once and speak again."""
        token = self.token()
        try:
            return speak(token)
        except ProblemError as error:
            if error.code != Code.SIGN_IN_NEEDED:
                raise
        return speak(self._renewed(token))

    def token(self) -> str:
        """An access token with some time left. Raises `ProblemError` where a person must sign in."""
        with self._lock:
            if self._access and self._clock.monotonic() < self._until - MARGIN:
                return self._access
            return self._renew()

    def _renewed(self, stale: str) -> str:
        with self._lock:
            return self._access if self._access not in {"", stale} else self._renew()

    def _renew(self) -> str:
        """Another process may sign in to the folder, or out of it, meanwhile: what that left is not written over."""
        shown = self._settings.get(KEPT)
        facts = session_in(shown)
        if facts is None or not facts.refresh_token:
            raise problem(401, Code.SIGN_IN_NEEDED, "Sign in to send.")
        try:
            session = self._speaker.refresh(Refresh(refresh_token=facts.refresh_token))
        except ProblemError as error:
            if error.code not in _IDENTITY or not self._is_ours():
                raise
            ended = msgspec.structs.replace(facts, refresh_token="", access_token="")
            if self._settings.replace(KEPT, shown, _kept(ended)):
                self._access = ""
                raise
            return self._renew()
        if session.server != facts.server:
            raise problem(401, Code.SIGN_IN_NEEDED, "Another server answers than the one signed in to.")
        if not self._settings.replace(KEPT, shown, _kept(session)):
            return self._renew()
        return self._bear(session)

    def _is_ours(self) -> bool:
        """Whether the no came from the server this device belongs to, not from another behind the same name."""
        nonce = self._new_nonce()
        try:
            pong = self._speaker.ping(nonce)
        except (UnreachableError, NotOurServerError, ProblemError):
            return False
        return pong.nonce == nonce and pong.server == self.server

    def _bear(self, session: Session) -> str:
        self._access = session.access_token
        self._until = self._clock.monotonic() + session.access_seconds
        return self._access

    def _forget(self) -> None:
        self._access = ""
        self._settings.set(KEPT, "")


def session_in(kept: str) -> Session | None:
    """What stands under `KEPT`; None where nobody is signed in."""
    return decoded(kept, Session) if kept else None


def _kept(session: Session) -> str:
    """The disk gets everything but the access token."""
    return msgspec.json.encode(msgspec.structs.replace(session, access_token="")).decode()
