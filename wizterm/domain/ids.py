"""New identities. Whoever needs one is given a maker, so that tests name theirs."""

from __future__ import annotations

from collections.abc import Callable

NewId = Callable[[], str]
"""Gives a fresh UUIDv7 as text."""


def uuid7() -> str:
    """A UUIDv7: unique everywhere, rising with time."""
    from uuid_utils.compat import uuid7 as make  # noqa: PLC0415 - a compiled module, loaded on first use only

    return str(make())
