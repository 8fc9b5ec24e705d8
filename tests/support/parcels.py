"""A mail ready to go, without a store."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import msgspec

from tests.support.documents_making import order
from wizterm.server.deliveries import TO_CUSTOMER
from wizterm.server.mail.addresses import address, mailbox
from wizterm.server.mail.composing import Parcel, Stationery, parcel
from wizterm.server.mail.letter import Letter

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def letter(
    target: str = TO_CUSTOMER,
    state: str = "confirmed",
    to: str = "grace@corner.example",
    name: str = "Grace Hopper",
    **more: object,
) -> Letter:
    body = msgspec.structs.replace(order(SimpleNamespace(rep="KIM", installation="7F"), "C1"), **more)
    contact = address("kim@testers.example", "Kim Berg")
    return Letter(target, (address(to, name),), body, state, "SO-7", "blocked", "Kim Berg", contact, NOW)


def packed(about: Letter, **more: object) -> Parcel:
    usual = {"company": "Testers & Co", "sender": mailbox("Testers <orders@testers.example>")}
    return parcel(about, Stationery(**usual | more), NOW)
