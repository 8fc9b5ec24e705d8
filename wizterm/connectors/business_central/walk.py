"""Going through Business Central's records page by page, from where the cursor says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from wizterm.connectors.business_central.answers import Row
from wizterm.connectors.business_central.calls import Calls
from wizterm.connectors.business_central.rest import query
from wizterm.connectors.pulling import Page, PullError, Rows
from wizterm.protocol.decoding import decoded

PAGE = 500
OVERLAP = timedelta(minutes=5)
"""A record is stamped before it is committed: what became visible late is read again."""
STAMP = "lastModifiedDateTime"


class Walk(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cursor: what is under way, or where the next walk begins."""

    next: str = ""
    """Query of the next page, as Business Central gave it; empty between two walks."""
    since: datetime | None = None
    """What this walk leaves out: records unchanged since then."""
    newest: datetime | None = None
    """The latest change there was when this walk began: by their clock, no two clocks are compared."""

    @classmethod
    def read(cls, cursor: str) -> Walk:
        if not cursor:
            return cls()
        try:
            return decoded(cursor.encode(), cls)
        except msgspec.MsgspecError as error:
            raise PullError(f"The cursor {cursor[:60]!r} is not Business Central's: pull from the start.") from error

    def text(self) -> str:
        return msgspec.json.encode(self).decode()


Reader = Callable[[list[Row]], tuple[Rows, ...]]


def walk_changes(calls: Calls, cursor: str, entity: str, select: str, read: Reader) -> Page:
    """A page of those that changed since the last walk."""
    walk = Walk.read(cursor)
    if not walk.next:
        walk = msgspec.structs.replace(walk, newest=_newest(calls, entity))
    asked = {"select": f"{select},{STAMP}"}
    if walk.since:
        asked["filter"] = f"{STAMP} ge {_said(walk.since)}"
    found = calls.page(entity, walk.next or query(**asked), PAGE)
    if found.more:
        return Page(read(found.rows), Walk(found.more, walk.since, walk.newest).text(), more=True)
    return Page(read(found.rows), Walk(since=_later(walk.since, walk.newest)).text(), more=False)


def walk_all(calls: Calls, cursor: str, entity: str, select: str, read: Reader) -> Page:
    """A page of all of them, each time anew."""
    found = calls.page(entity, Walk.read(cursor).next or query(select=select), PAGE)
    return Page(read(found.rows), Walk(found.more).text(), more=bool(found.more))


def _newest(calls: Calls, entity: str) -> datetime | None:
    latest = calls.page(entity, query(select=STAMP, orderby=f"{STAMP} desc", top="1"), 1).rows
    return _stamp(latest[0]) if latest else None


def _later(since: datetime | None, newest: datetime | None) -> datetime | None:
    """Never back: the overlap is taken off once."""
    return max((each for each in (since, newest - OVERLAP if newest else None) if each), default=None)


def _stamp(row: Row) -> datetime | None:
    try:
        stamp = datetime.fromisoformat(str(row.get(STAMP)))
    except ValueError:
        return None
    return stamp.astimezone(UTC) if stamp.tzinfo else None


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
