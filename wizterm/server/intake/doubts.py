"""What the office should look at. A doubt is noted and never a reason to refuse: the shop was told otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from wizterm.protocol.bodies import Head, OrderBody
from wizterm.server.intake.reading import Paper
from wizterm.server.intake.standing import Standing

DAY = timedelta(days=1)


class Doubt(msgspec.Struct, frozen=True):
    code: str
    words: str


def doubts(paper: Paper, standing: Standing, today: date) -> Iterator[Doubt]:
    """Everything about this paper that a person should see, but for its figures."""
    body = paper.body
    if standing.forgotten(paper.envelope.receipt):
        yield Doubt(
            "replayed", "It may have been taken before: it came again after the store was restored from a backup."
        )
    yield from _about_days(body, today)
    if body.number in standing.numbers:
        yield Doubt("number_taken", f"Another document bears the number {body.number}.")
    if isinstance(body, OrderBody) and not standing.customers.get(body.customer.id, False):
        yield Doubt("customer_moved", "The customer is no longer this rep's.")


def _about_days(body: Head, today: date) -> Iterator[Doubt]:
    try:
        local = (body.submitted_at + timedelta(minutes=body.utc_offset_minutes)).date()
    except OverflowError:
        yield Doubt("clock", f"The device's clock and its offset of {body.utc_offset_minutes} minutes are no day.")
        return
    if abs(body.business_date - local) > DAY:
        yield Doubt(
            "business_date", f"The business date {body.business_date} is not the day it was submitted, {local}."
        )
    if local - today > DAY:
        yield Doubt("clock", f"The device's clock says {local}, the server's {today}.")
