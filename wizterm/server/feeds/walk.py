"""`GET /v1/catalog/changes`: page by page from where a device stands to where the store stood when it asked."""

from __future__ import annotations

from msgspec.structs import replace

from wizterm.protocol import replica
from wizterm.protocol.catalogue import MOST_ROWS, CatalogueChanges, TableKeys, TableRows
from wizterm.protocol.replica import Table
from wizterm.server.auth import Caller
from wizterm.server.feeds import cursor as cursors
from wizterm.server.feeds.cursor import CatalogueCursor
from wizterm.server.feeds.digests import Digests
from wizterm.server.feeds.steps import STEPS, Found, Span, newest_numbers
from wizterm.server.scope import Scope, scope_of
from wizterm.server.store import ledger
from wizterm.server.store.store import Store

Page = list[tuple[Table, Found]]


class CatalogueFeed:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._digests = Digests()

    def changes(self, caller: Caller, cursor_text: str, limit: int) -> CatalogueChanges:
        cursor = cursors.decode(cursor_text, CatalogueCursor)
        with self._store.reading():
            mark = ledger.reading_of(ledger.CATALOGUE)
            self._refuse_foreign(cursor, caller, mark)
            if cursor.target < 0 and cursor.since == cursor.rep_since == mark:
                return CatalogueChanges(cursor=cursor_text)
            scope = scope_of(caller.rep)
            if scope.fingerprint != cursor.scope:
                raise cursors.gone()
            return self._page(cursor, scope, mark, max(1, min(limit, MOST_ROWS)))

    def _refuse_foreign(self, cursor: CatalogueCursor, caller: Caller, mark: int) -> None:
        ours = cursor.epoch == ledger.fact("epoch") and cursor.rep == caller.rep and cursor.schema in replica.SERVED
        known = max(cursor.since, cursor.rep_since, cursor.target) <= mark
        if not (ours and known and 0 <= cursor.step < len(STEPS) and len(cursor.after) in {0, 2}):
            raise cursors.gone()

    def _page(self, cursor: CatalogueCursor, scope: Scope, mark: int, limit: int) -> CatalogueChanges:
        begun = cursor.target >= 0
        target, newest = cursor.target if begun else mark, newest_numbers(scope.rep)
        span = Span(scope, cursor.since, cursor.rep_since, target, newest)
        remaining = cursor.remaining if begun else sum(step.count(span) for step in STEPS)
        page, step, after = _gather(span, cursor.step, cursor.after, limit)
        rows = cursor.rows + len(page)
        if step < len(STEPS):
            onward = replace(
                cursor, target=span.target, step=step, after=after, remaining=remaining - len(page), rows=rows
            )
            left = max(0, onward.remaining)
            return _packed(page, cursors.encode(onward), cursor.schema, more=True, remaining=left)
        done = CatalogueCursor(
            cursor.epoch, cursor.rep, cursor.scope, since=span.target, rep_since=span.target, schema=cursor.schema
        )
        tells = span.target == mark and (rows or not cursor.rep_since)
        told = _packed(page, cursors.encode(done), cursor.schema)
        return replace(told, digests=self._digests.of(scope, mark, cursor.schema) if tells else ())


def _gather(span: Span, step: int, after: tuple[str | int, ...], limit: int) -> tuple[Page, int, tuple[str | int, ...]]:
    """A page's rows, and the step and place to go on from; the step after the last when all is said."""
    page: Page = []
    while step < len(STEPS):
        wanted = limit - len(page)
        found = STEPS[step].page(span, after, wanted) if wanted else []
        page += [(STEPS[step].table, row) for row in found]
        if len(found) == wanted:
            return page, step, found[-1].place if found else after
        step, after = step + 1, ()
    return page, step, ()


def _packed(page: Page, cursor: str, schema: int, *, more: bool = False, remaining: int = 0) -> CatalogueChanges:
    upserts: dict[str, list[tuple[str | int | None, ...]]] = {}
    deletions: dict[str, list[str]] = {}
    for table, found in page:
        if table.since > schema:
            continue
        if found.gone:
            deletions.setdefault(table.name, []).append(found.row[0])
        else:
            upserts.setdefault(table.name, []).append(found.row[: table.width(schema)])
    return CatalogueChanges(
        upserts=tuple(TableRows(table=name, rows=tuple(rows)) for name, rows in upserts.items()),
        deletions=tuple(TableKeys(table=name, keys=tuple(keys)) for name, keys in deletions.items()),
        cursor=cursor,
        more=more,
        remaining=remaining,
    )
