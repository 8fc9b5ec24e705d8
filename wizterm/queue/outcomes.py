"""What each kind of failure means for a document, for the round it was sent in, and for the rest that follows.

One table. Nothing in it throws a document away: only the company's own refusal of that very document ends its wait,
and then a person has it. A new kind of failure is one more row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from wizterm.protocol.faults import NEVER_ARRIVED, NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.problem import Code, ProblemError


class Trouble(Enum):
    NOT_OURS = auto()
    UNREACHABLE = auto()
    UNKNOWN_OUTCOME = auto()
    """Sent, and no answer heard: the same bytes go again, and the server knows them if it has them."""
    SLOW_DOWN = auto()
    IDENTITY = auto()
    FORBIDDEN = auto()
    TOO_BIG = auto()
    TOO_BIG_FOR_THE_WAY = auto()
    """Another network may let it through."""
    REFUSED = auto()
    SERVER_BUG = auto()
    OUR_DISK = auto()


class Then(Enum):
    """What happens next. The first two end the round and put its documents back into the queue."""

    BACK_OFF = auto()
    """The next round waits as told, else longer each time."""
    ASK = auto()
    """A person has to act; nothing is sent until then."""
    SET_APART = auto()
    """The batch is halved until the document at fault is alone; it rests long, and the others go on.

    After a day of the same trouble it is listed for people too.
    """
    REFUSE = auto()
    """The same halving, and the document at fault goes to a person."""


@dataclass(frozen=True, slots=True)
class Rule:
    then: Then
    words: str
    keep_back: bool = False
    """Whether a document that is still set apart after a day is sent no more until a person lets it go."""

    @property
    def stops(self) -> bool:
        return self.then in {Then.BACK_OFF, Then.ASK}


RULES: Final = {
    Trouble.NOT_OURS: Rule(Then.BACK_OFF, "Something answers that is not the company's server."),
    Trouble.UNREACHABLE: Rule(Then.BACK_OFF, "The server cannot be reached."),
    Trouble.UNKNOWN_OUTCOME: Rule(Then.BACK_OFF, "No answer came; it is asked again."),
    Trouble.SLOW_DOWN: Rule(Then.BACK_OFF, "The server asks for a little patience."),
    Trouble.OUR_DISK: Rule(Then.BACK_OFF, "This machine could not write down the answer; it is asked again."),
    Trouble.IDENTITY: Rule(Then.ASK, "Sign in to send; taking orders goes on."),
    Trouble.FORBIDDEN: Rule(Then.SET_APART, "The server does not let this rep send it.", keep_back=True),
    Trouble.TOO_BIG_FOR_THE_WAY: Rule(Then.SET_APART, "It is larger than the way to the server lets through."),
    Trouble.SERVER_BUG: Rule(Then.SET_APART, "The server is in trouble with it."),
    Trouble.TOO_BIG: Rule(Then.REFUSE, "It is larger than the server takes."),
    Trouble.REFUSED: Rule(Then.REFUSE, "The server cannot read it."),
}

LONG_RESTS: Final = (60.0, 300.0, 1800.0, 3600.0)
"""Seconds that a document rests alone, by how often it was tried; it is never given up."""

_BY_KIND: Final = {
    Unreachable.BUSY: Trouble.SLOW_DOWN,
    Unreachable.CUT_OFF: Trouble.UNKNOWN_OUTCOME,
    Unreachable.TIMED_OUT: Trouble.UNKNOWN_OUTCOME,
}
_BY_CODE: Final[dict[str, Trouble]] = {
    Code.SIGN_IN_NEEDED: Trouble.IDENTITY,
    Code.BAD_CREDENTIALS: Trouble.IDENTITY,
    Code.FORBIDDEN: Trouble.FORBIDDEN,
    Code.TOO_LARGE: Trouble.TOO_BIG,
    Code.TOO_MANY: Trouble.SLOW_DOWN,
    Code.BAD_REQUEST: Trouble.REFUSED,
    Code.SERVER_TROUBLE: Trouble.SERVER_BUG,
}


Fault = UnreachableError | NotOurServerError | ProblemError


def trouble(error: Fault) -> Trouble:
    match error:
        case UnreachableError(kind=kind):
            return _BY_KIND.get(kind, Trouble.UNREACHABLE)
        case NotOurServerError(kind=stranger):
            return Trouble.TOO_BIG_FOR_THE_WAY if stranger is Stranger.TOO_LARGE else Trouble.NOT_OURS
        case ProblemError(problem=problem) if problem.status == 503:
            return Trouble.SLOW_DOWN
        case ProblemError(code=code):
            return _BY_CODE.get(code, Trouble.SERVER_BUG)


def may_have_arrived(error: Fault) -> bool:
    """Whether the company may have taken what was sent, though it was not heard to say so."""
    return not isinstance(error, ProblemError) and error.kind not in NEVER_ARRIVED


def patience(error: Fault) -> float | None:
    """Seconds that the other end asked for."""
    if isinstance(error, UnreachableError):
        return error.retry_after
    return error.problem.retry_after if isinstance(error, ProblemError) else None


def long_rest(attempts: int) -> float:
    return LONG_RESTS[min(max(attempts, 1), len(LONG_RESTS)) - 1]
