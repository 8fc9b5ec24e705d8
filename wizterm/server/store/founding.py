"""A new store's identity: made once, kept for ever."""

from __future__ import annotations

import base64
import secrets

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from wizterm.domain.ids import uuid7
from wizterm.server.store import ledger
from wizterm.server.store.engine import Alone
from wizterm.server.store.ledger import Counter, Fact
from wizterm.server.store.store import Store

FIRST_CODE = 32
"""Counted in base 32, so that the first installation code has two characters."""


def found(store: Store) -> None:
    """Say the store's facts, where it has none yet."""
    with store.reading():
        if Fact.select().count():
            return
    private = X25519PrivateKey.generate()
    facts = {
        "server": uuid7(),
        "epoch": uuid7(),
        "approvals_secret": secrets.token_hex(32),
        "refresh_secret": secrets.token_hex(32),
        "office_private": base64.b64encode(private.private_bytes_raw()).decode(),
        "office_public": base64.b64encode(private.public_key().public_bytes_raw()).decode(),
    }
    with store.writing():
        store.engine.alone(Alone.LAYOUT)
        if Fact.select().count():
            return
        Fact.insert_many([{"name": name, "value": value} for name, value in facts.items()]).execute()
        for name, value in ((ledger.SEQUENCE, 0), (ledger.CATALOGUE, 0), (ledger.INSTALLATIONS, FIRST_CODE)):
            Counter.create(name=name, value=value)
