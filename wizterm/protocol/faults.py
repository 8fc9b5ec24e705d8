"""What only a network can do to a call: nobody answers, or somebody else does.

`ProblemError` is our server's own no. These two are everything else, so that a caller never mistakes a portal or a
broken line for the company's decision.
"""

from __future__ import annotations

from enum import StrEnum


class Unreachable(StrEnum):
    NO_ROUTE = "no route"
    """No network, no name, no way there."""
    TIMED_OUT = "timed out"
    REFUSED = "refused"
    """The machine answers, the server program does not."""
    CUT_OFF = "cut off"
    """The line broke; whether the server acted is unknown."""
    GATEWAY = "gateway"
    """Something in front of the server says that the server fails."""
    BUSY = "busy"
    """Something in front of the server asks for patience."""


class Stranger(StrEnum):
    PAGE = "page"
    """An answer that our server would not give."""
    REDIRECT = "redirect"
    LOGIN = "login"
    """A network that says it wants a log-in first."""
    CERTIFICATE = "certificate"
    CLOCK = "clock"
    """The certificate is not valid at the time this device believes it is."""
    TOO_LARGE = "too large"
    """Something in front of the server will not pass so many bytes."""


NEVER_ARRIVED = frozenset(
    {Unreachable.NO_ROUTE, Unreachable.REFUSED, Stranger.CERTIFICATE, Stranger.CLOCK, Stranger.TOO_LARGE}
)
"""After these the server has not heard the call; after the others it may have."""


class UnreachableError(Exception):
    """No answer came that can be told from no answer: the call may or may not have happened."""

    def __init__(self, words: str, kind: Unreachable, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.kind = kind
        self.retry_after = retry_after
        """Seconds, where whoever answered said so."""


class NotOurServerError(Exception):
    """Something answered that is not our server."""

    def __init__(self, words: str, kind: Stranger = Stranger.PAGE) -> None:
        super().__init__(words)
        self.kind = kind
