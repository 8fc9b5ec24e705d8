"""What can be the matter between this machine and the company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from peewee import SqliteDatabase

from wizterm.db.documents import Documents
from wizterm.domain.clock import age
from wizterm.domain.document import UNSENT
from wizterm.services.checkup.finding import Finding, bad, good, note
from wizterm.services.errands import last_sync
from wizterm.services.preferences import Preferences
from wizterm.sync.connectivity import MOST_SKEW, Connectivity, Sight
from wizterm.sync.session import SessionKeeper

LONG_WAIT = timedelta(days=1)
OLD_DATA = timedelta(days=7)
_REMEDIES = {
    Connectivity.NO_NETWORK: "Find a network; until then orders wait here, safely.",
    Connectivity.PORTAL: "Open a web browser and log in to this network, or use another one.",
    Connectivity.SERVER_TROUBLE: "Ask the office whether the server runs; orders wait here, safely.",
    Connectivity.CLOCK: "Set this machine's date and time.",
    Connectivity.SIGN_IN_NEEDED: "Open the terminal and sign in.",
}


def connection(sight: Sight) -> Iterator[Finding]:
    """What one look at the server showed."""
    if sight.state is not Connectivity.ONLINE:
        yield bad("connection", f"{sight.state}. {sight.words}".strip(), _REMEDIES[sight.state])
        return
    yield good("connection", "The company's server answers.")
    skew = sight.skew or timedelta()
    seconds = round(abs(skew.total_seconds()))
    way = "ahead of" if skew > timedelta() else "behind"
    if sight.clock_is_off:
        yield bad("clock", f"{seconds:,} s {way} the server's.", "Set this machine's date and time.")
    else:
        yield good("clock", f"Within {round(MOST_SKEW.total_seconds())} s of the server's.")


def offline(preferences: Preferences) -> Finding | None:
    """Where the rep chose to make no calls, none is made."""
    return note("connection", "Offline Mode is on: no call is made.") if preferences.offline else None


def sign_in(keeper: SessionKeeper) -> Finding:
    facts = keeper.facts
    if facts is None or not keeper.signed_in:
        return bad("sign-in", "Nobody is signed in, so nothing is sent.", "Open the terminal and sign in.")
    return good(
        "sign-in", f"{facts.rep} is signed in to {facts.company}; numbers begin {facts.rep}-{facts.installation}."
    )


def queue(database: SqliteDatabase, now: datetime) -> Iterator[Finding]:
    documents = Documents(database)
    counts = documents.counts()
    waiting = sum(counts.get(state, 0) for state in UNSENT)
    oldest = documents.oldest(UNSENT)
    if waiting and oldest is not None:
        words = f"{waiting} waiting, safe on this machine; the oldest since {age(now - oldest)}."
        long = now - oldest > LONG_WAIT
        todo = "Sync while there is a network: wizterm sync. `wizterm queue list` says what keeps each."
        yield bad("queue", words, todo) if long else note("queue", words)
    else:
        yield good("queue", "Nothing waits.")
    if attention := documents.attention():
        yield bad(
            "attention", f"{attention} need a person.", "See the words: wizterm queue list, or the queue's last list."
        )


def freshness(database: SqliteDatabase, now: datetime) -> Finding:
    at = last_sync(database)
    if at is None:
        return bad("last sync", "Never.", "Sync once while there is a network: wizterm sync")
    since = age(now - at)
    words = f"{since[:1].upper()}{since[1:]}" + ("." if since == "just now" else " ago.")
    if now - at > OLD_DATA:
        return bad("last sync", words, "Prices and stock are old: wizterm sync")
    return good("last sync", words)
