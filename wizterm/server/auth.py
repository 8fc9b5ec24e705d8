"""Signing in, staying in, and knowing who calls."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.ids import NewId
from wizterm.protocol.problem import Code, ProblemError, problem
from wizterm.protocol.session import Refresh, Session, SignIn
from wizterm.server import devices, tokens
from wizterm.server.passwords import Passwords
from wizterm.server.store import ledger
from wizterm.server.store.people import Device, Rep, SignedIn
from wizterm.server.store.store import Store
from wizterm.server.throttle import Throttle
from wizterm.server.tokens import NewToken, Pair


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a token speaks for."""

    rep: str
    device: str
    installation: str


class Auth:
    def __init__(
        self, store: Store, *, clock: Clock, new_id: NewId, new_token: NewToken, passwords: Passwords, company: str
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._new_token = new_token
        self._passwords = passwords
        self._company = company
        self._throttle = Throttle(store, clock)

    def sign_in(self, request: SignIn, address: str) -> Session:
        """`address` is where the call comes from: guesses are counted by name and address."""
        login = request.rep.strip().lower()
        self._slow_down(login, address)
        with self._store.reading():
            rep: Rep | None = Rep.get_or_none(Rep.login == login)
        known = rep.password if rep is not None else None
        if not self._passwords.fits(request.password, known, address) or rep is None:
            self._throttle.failed(login, address)
            raise problem(401, Code.BAD_CREDENTIALS, "Wrong name or password", "Name or password is wrong.")
        self._throttle.succeeded(login, address)
        if not rep.active:
            raise problem(403, Code.FORBIDDEN, "Shut out", "The office has closed this sign-in: ask there.")
        now = milliseconds(self._clock.now())
        with self._store.writing():
            device = devices.welcome(request, rep.code, now)
            pair = tokens.begin(self._new_id(), rep.code, device.id, now, self._new_token)
            return self._session(rep, device, pair)

    def refresh(self, request: Refresh) -> Session:
        now = milliseconds(self._clock.now())
        with self._store.writing():
            session = tokens.find(request.refresh_token, now)
            if session is None:
                raise _sign_in_needed()
            rep, device = _people(session.rep, session.device)
            pair = tokens.renew(session, request.refresh_token, now, self._new_token)
            Device.update(seen_at=now).where(Device.id == device.id).execute()
            return self._session(rep, device, pair)

    def sign_out(self, token: str) -> None:
        with self._store.writing():
            session = tokens.session_of(token, milliseconds(self._clock.now()))
            if session is None:
                raise _sign_in_needed()
            tokens.end_all(SignedIn.id == session.id)

    def caller(self, token: str) -> Caller:
        with self._store.asking():
            found = tokens.caller_of(token, milliseconds(self._clock.now()))
        if found is None:
            raise _sign_in_needed()
        return Caller(*found)

    def _slow_down(self, login: str, address: str) -> None:
        wait = self._throttle.wait(login, address)
        if wait > 0:
            minutes = max(1, round(wait / 60))
            raise problem(
                429,
                Code.TOO_MANY,
                "Too many tries",
                f"Too many wrong passwords: try again in {minutes} min.",
                retry_after=wait,
            )

    def _session(self, rep: Rep, device: Device, pair: Pair) -> Session:
        return Session(
            access_token=pair.access,
            access_seconds=tokens.ACCESS_SECONDS,
            refresh_token=pair.refresh,
            server=ledger.fact("server"),
            epoch=ledger.fact("epoch"),
            rep=rep.code,
            rep_name=rep.name,
            company=self._company,
            installation=device.code,
            office_key=ledger.fact("office_public"),
        )


def _people(rep: str, device: str) -> tuple[Rep, Device]:
    """Both as they are now: who was shut out since the sign-in is out at once."""
    found_rep: Rep | None = Rep.get_or_none((Rep.code == rep) & Rep.active)
    found_device: Device | None = Device.get_or_none((Device.id == device) & ~Device.revoked)
    if found_rep is None or found_device is None:
        raise _sign_in_needed()
    return found_rep, found_device


def _sign_in_needed() -> ProblemError:
    return problem(401, Code.SIGN_IN_NEEDED, "Sign in first", "The sign-in has ended: sign in again.")
