"""Bringing an order or quote from whatever of it was made to what was agreed: missing lines, prices, the last line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wizterm.connectors.business_central.answers import Objection, Row
from wizterm.connectors.business_central.calls import Calls
from wizterm.connectors.business_central.sale_lines import COMMENT
from wizterm.connectors.business_central.sales import Plan, Sort

TRIES = 3
"""How often a figure is said again that Business Central has another one for."""
TERMS = ("quantity", "unitPrice", "discountAmount")


class ChangedThere(Exception):  # noqa: N818 - something met, no error
    """Somebody worked on it before it was whole."""


def complete(calls: Calls, sort: Sort, plan: Plan, number: str) -> Row:
    """The document with this id as it is in the end. Raises a `Fault`, or `ChangedThere`."""
    path = f"{sort.entity}({number})"
    row = calls.one(sort.entity, number, expand=sort.lines)
    missing = plan.lines[len(_matched(plan, row[sort.lines])) :]
    for line in missing:
        calls.create(f"{path}/{sort.lines}", line)
    if missing:
        row = calls.one(sort.entity, number, expand=sort.lines)
    row = _as_agreed(calls, sort, plan, row)
    calls.create(f"{path}/{sort.lines}", plan.last)
    return row


def is_all_there(sort: Sort, plan: Plan, row: Row) -> bool:
    """But for prices and the last line; also where people have changed it since."""
    try:
        return len(_matched(plan, row[sort.lines])) == len(plan.lines)
    except ChangedThere:
        return True


def _as_agreed(calls: Calls, sort: Sort, plan: Plan, row: Row) -> Row:
    """What Business Central filled in otherwise (a price of its own, a discount) is said once more.

    A change to one line may make what was read of the others stale. Where Business Central insists, whoever reads the
    outcome is told of the difference.
    """
    said = 0
    for _ in range(TRIES + len(plan.lines)):
        changes = list(_changes(sort, plan, row))
        if not changes or said == TRIES:
            break
        try:
            for path, etag, values in changes:
                calls.change(path, etag, values)
            said += 1
        except Objection as objection:
            if not objection.is_stale:
                raise
        row = calls.one(sort.entity, row["id"], expand=sort.lines)
    return row


def _changes(sort: Sort, plan: Plan, row: Row) -> Iterator[tuple[str, str, Row]]:
    """Path, tag and values of what differs."""
    for ours, theirs in _matched(plan, row[sort.lines]):
        if values := _otherwise(ours, theirs):
            yield f"{sort.lines}({theirs['id']})", str(theirs["@odata.etag"]), values
    if Decimal(str(row.get("discountAmount", 0))):
        yield f"{sort.entity}({row['id']})", str(row["@odata.etag"]), {"discountAmount": 0}


def _otherwise(ours: Row, theirs: Row) -> Row:
    differ = [name for name in TERMS if name in ours and Decimal(str(theirs.get(name, 0))) != ours[name]]
    if not differ:
        return {}
    return {name: ours[name] for name in TERMS if name in differ or name != "quantity"}


def _matched(plan: Plan, there: list[Row]) -> list[tuple[Row, Row]]:
    """Our lines beside theirs, in order; what Business Central adds by itself stands between.

    Raises `ChangedThere` where one of ours is missing though a later one is there.
    """
    pairs: list[tuple[Row, Row]] = []
    strange: list[Row] = []
    for theirs in sorted(there, key=lambda line: int(line.get("sequence", 0))):
        if len(pairs) < len(plan.lines) and _is_same(plan.lines[len(pairs)], theirs):
            pairs.append((plan.lines[len(pairs)], theirs))
        else:
            strange.append(theirs)
    if any(_is_same(ours, theirs) for ours in plan.lines[len(pairs) :] for theirs in strange):
        raise ChangedThere
    return pairs


def _is_same(ours: Row, theirs: Row) -> bool:
    if ours["lineType"] != theirs.get("lineType"):
        return False
    name = "description" if ours["lineType"] == COMMENT else "lineObjectNumber"
    return str(ours[name]).strip().upper() == str(theirs.get(name, "")).strip().upper()
