"""Going through QuickBooks's records page by page, in the order of their ids, from where the cursor says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from wizterm.connectors.pulling import Page, PullError, Rows
from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.calls import Calls, Found, text
from wizterm.protocol.decoding import decoded

PAGE = 500
OVERLAP = timedelta(minutes=5)
"""What was stamped before this walk began and became visible later is read again."""


class Walk(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cursor: what is under way, or where the next walk begins."""

    seen: int = 0
    """Rows that this walk has read."""
    since: datetime | None = None
    """What this walk leaves out: records unchanged since then."""
    begun: datetime | None = None
    """When this walk began, by QuickBooks's clock."""

    @classmethod
    def read(cls, cursor: str) -> Walk:
        if not cursor:
            return cls()
        try:
            return decoded(cursor.encode(), cls)
        except msgspec.MsgspecError as error:
            raise PullError(f"The cursor {cursor[:60]!r} is not QuickBooks's: pull from the start.") from error

    def text(self) -> str:
        return msgspec.json.encode(self).decode()


Reader = Callable[[list[Row]], tuple[Rows, ...]]


def walk_changes(calls: Calls, cursor: str, entity: str, also: str, read: Reader) -> Page:
    """A page of those that changed since the last walk; `also` widens a later one to what is no longer active.

    A record that changes meanwhile moves others further back at most, so that none is passed over.
    """
    walk = Walk.read(cursor)
    conditions = [f"MetaData.LastUpdatedTime >= {text(_stamp(walk.since))}", also] if walk.since else []
    found = calls.page(entity, [each for each in conditions if each], start=walk.seen + 1, most=PAGE)
    begun = walk.begun or _moment(found)
    tables = read(found.rows)
    if len(found.rows) == PAGE:
        return Page(tables, Walk(walk.seen + PAGE, walk.since, begun).text(), more=True)
    return Page(tables, Walk(since=begun - OVERLAP if begun else walk.since).text(), more=False)


def walk_all(calls: Calls, cursor: str, entity: str, which: str, read: Reader) -> Page:
    """A page of all of them, each time anew."""
    walk = Walk.read(cursor)
    found = calls.page(entity, [which], start=walk.seen + 1, most=PAGE)
    more = len(found.rows) == PAGE
    return Page(read(found.rows), Walk(walk.seen + PAGE if more else 0).text(), more=more)


def _moment(found: Found) -> datetime | None:
    """By QuickBooks's own clock: no two clocks are compared."""
    try:
        said = datetime.fromisoformat(found.time)
    except ValueError:
        return None
    return said.astimezone(UTC) if said.tzinfo else None


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
