"""Looking whether our server answers."""

from __future__ import annotations

from collections.abc import Callable

from wizterm.domain.clock import Clock
from wizterm.protocol.faults import NotOurServerError, UnreachableError
from wizterm.protocol.ping import Pong
from wizterm.protocol.problem import ProblemError
from wizterm.sync.connectivity import Sight, judge


class Probe:
    def __init__(
        self,
        *,
        ping: Callable[[str], Pong],
        server: Callable[[], str],
        clock: Clock,
        new_nonce: Callable[[], str],
    ) -> None:
        """`server` gives the id stored at the first sign-in; empty before."""
        self._ping = ping
        self._server = server
        self._clock = clock
        self._new_nonce = new_nonce

    def look(self) -> Sight:
        nonce = self._new_nonce()
        return judge(self._answer(nonce), nonce, self._server(), self._clock.now())

    def _answer(self, nonce: str) -> Pong | Exception:
        try:
            return self._ping(nonce)
        except (UnreachableError, NotOurServerError, ProblemError) as error:
            return error
