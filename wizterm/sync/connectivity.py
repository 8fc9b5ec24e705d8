"""Whether the company can be reached just now, in the rep's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.ping import Pong
from wizterm.protocol.problem import ProblemError


class Connectivity(StrEnum):
    """The value is what the status line says."""

    OFFLINE_CHOSEN = "Offline (chosen)"
    NO_NETWORK = "No network"
    PORTAL = "This network wants a log-in"
    SERVER_TROUBLE = "The server is in trouble"
    SIGN_IN_NEEDED = "Sign in to send"
    CLOCK = "Check this machine's date"
    ONLINE = "Online"


MOST_SKEW: Final = timedelta(seconds=120)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look at the server showed."""

    state: Connectivity
    words: str = ""
    """More than the state says, where there is more."""
    skew: timedelta | None = None
    """How far this machine's clock is ahead of the server's."""
    epoch: str = ""

    @property
    def clock_is_off(self) -> bool:
        """Worth a warning: documents carry this clock's time, though nothing is decided by it."""
        return self.skew is not None and abs(self.skew) > MOST_SKEW


def judge(answer: Pong | Exception, nonce: str, server: str, now: datetime) -> Sight:
    """The state that a probe's answer stands for; an empty `server` is one not met before."""
    return _judge_pong(answer, nonce, server, now) if isinstance(answer, Pong) else sight_of(answer)


def sight_of(error: Exception) -> Sight:
    """The state that a failed call stands for."""
    return Sight(_state(error), str(error))


def _judge_pong(pong: Pong, nonce: str, server: str, now: datetime) -> Sight:
    if pong.nonce != nonce:
        return Sight(Connectivity.PORTAL, "Something repeats an old answer of the server.")
    if server and pong.server != server:
        return Sight(Connectivity.PORTAL, "Another WizTerm server answers at this address than the one signed in to.")
    return Sight(Connectivity.ONLINE, skew=now - pong.time, epoch=pong.epoch)


def _state(error: Exception) -> Connectivity:
    match error:
        case NotOurServerError(kind=Stranger.CLOCK):
            return Connectivity.CLOCK
        case NotOurServerError():
            return Connectivity.PORTAL
        case UnreachableError(kind=Unreachable.NO_ROUTE | Unreachable.TIMED_OUT):
            return Connectivity.NO_NETWORK
        case ProblemError(code="sign_in_needed" | "bad_credentials"):
            return Connectivity.SIGN_IN_NEEDED
        case _:
            return Connectivity.SERVER_TROUBLE
