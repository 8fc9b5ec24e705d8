"""Going through Tryton's records page by page, in the order of their ids, from where the cursor says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from wizterm.connectors.pulling import Page, PullError, Rows
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.protocol.decoding import decoded

PAGE = 250
OVERLAP = timedelta(minutes=5)
"""Tryton stamps a record when its transaction begins: what committed late is read again."""


class Walk(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cursor: what is under way, or where the next walk begins."""

    after: int = 0
    """Id of the last record seen; 0 between two walks."""
    since: datetime | None = None
    """What this walk leaves out: records unchanged since then."""
    newest: datetime | None = None
    """The latest change there was when this walk began."""
    part: int = 0
    """Which of several walks, one after the other."""

    @classmethod
    def read(cls, cursor: str) -> Walk:
        if not cursor:
            return cls()
        try:
            return decoded(cursor.encode(), cls)
        except msgspec.MsgspecError as error:
            raise PullError(f"The cursor {cursor[:60]!r} is not Tryton's: pull from the start.") from error

    def text(self) -> str:
        return msgspec.json.encode(self).decode()


Reader = Callable[[Walk, list[Any]], tuple[list[Row], tuple[Rows, ...]]]
"""Reads the page that a walk and its domain name: the records, and what they are as rows."""
STAMPS = ("create_date", "write_date")


def walk_changes(calls: Calls, cursor: str, stamped: Mapping[str, str], read: Reader) -> Page:
    """A page of those that changed since the last walk, or whose parts did: `stamped` has models by path."""
    walk = Walk.read(cursor)
    if not walk.after:
        walk = msgspec.structs.replace(walk, newest=_newest(calls, stamped.values()))
    found, tables = read(walk, [["id", ">", walk.after], *_changed(stamped, walk.since)])
    if len(found) == PAGE:
        return Page(tables, msgspec.structs.replace(walk, after=found[-1]["id"]).text(), more=True)
    since = walk.newest - OVERLAP if walk.newest else walk.since
    return Page(tables, Walk(since=since).text(), more=False)


def _changed(paths: Iterable[str], since: datetime | None) -> list[Any]:
    if since is None:
        return []
    return [["OR", *([f"{path}{stamp}", ">=", since] for path in paths for stamp in STAMPS)]]


def _newest(calls: Calls, models: Iterable[str]) -> datetime | None:
    """By Tryton's own clock: no two clocks are compared."""
    stamps = []
    for model in models:
        for stamp in STAMPS:
            wanted = [[stamp, "!=", None]]
            rows = calls.search(model, wanted, [stamp], most=1, order=[(stamp, "DESC")], active_test=False)
            stamps += [row[stamp] for row in rows]
    return max(stamps, default=None)
