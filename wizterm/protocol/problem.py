"""Errors on the wire: RFC 9457 problem details with a stable code."""

from __future__ import annotations

from enum import StrEnum

import msgspec

CONTENT_TYPE = "application/problem+json"


class Code(StrEnum):
    """Stable names a program may act on; words are for people."""

    BAD_REQUEST = "bad_request"
    BAD_CREDENTIALS = "bad_credentials"
    """Name or password is wrong."""
    SIGN_IN_NEEDED = "sign_in_needed"
    """The access token is missing, forged, expired or revoked."""
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    TAKEN_ELSEWHERE = "taken_elsewhere"
    """Another device of the rep went on with this cart."""
    CURSOR_GONE = "cursor_gone"
    """The feed cannot go on from this cursor: start from the manifest."""
    UNKNOWN_SCHEMA = "unknown_schema"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    SERVER_TROUBLE = "server_trouble"


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    status: int
    code: str
    title: str
    detail: str = ""
    type: str = "about:blank"
    field: str = ""
    """Path of the value at fault, where there is one."""
    retry_after: float | None = None
    """Seconds."""


class ProblemError(Exception):
    """Our server's considered no; any implementer of the protocol raises it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail or problem.title)
        self.problem = problem

    @property
    def code(self) -> str:
        return self.problem.code


def problem(status: int, code: Code, title: str, detail: str = "", **more: object) -> ProblemError:
    """The error to raise for this problem."""
    return ProblemError(Problem(status=status, code=code, title=title, detail=detail, **more))  # type: ignore[arg-type]  # named by who raises it
