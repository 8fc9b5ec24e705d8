"""How much one outside is asked at a time, whatever the number of workers: it stands in the store, for all of them.

Like an electric breaker the gate shuts when the outside has failed several times in a row, lets one delivery try after
a rest, and stays open when that one gets through.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import fn

from wizterm.server.deliveries import MAILS, DeliveryState
from wizterm.server.store.engine import held
from wizterm.server.store.paperwork import Delivery, Outside
from wizterm.server.store.prepared import prepared
from wizterm.server.store.together import answers

MAIL = "mail"
TROUBLES = 5
"""In a row, from whichever documents, until nothing more is tried for a while."""
FIRST_SHUT_MS = 10_000
LONGEST_SHUT_MS = 300_000
SOON_MS = 250
"""Another worker's delivery is about to end."""
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Limits:
    at_once: int = 4
    """Documents that are with the outside at a time."""
    a_minute: int = 0
    """Documents begun in any minute; 0 for as many as come."""


class _State(NamedTuple):
    """Of a target that nobody has spoken to yet, where nothing else is said."""

    troubles: int = 0
    shut_until: int = 0
    minute: int = 0
    begun: int = 0


class Gate:
    def __init__(self, target: str, limits: Limits, chance: Callable[[], float]) -> None:
        """All mails go through one gate: behind it is one mail server."""
        self._target = MAIL if target in MAILS else target
        self._targets = list(MAILS) if target in MAILS else [target]
        self._limits = limits
        self._chance = chance

    def opens_at(self, now: int) -> int:
        """From when on something may be begun, in epoch milliseconds; not after `now` where it may be at once."""
        return self._opens_at(*self._standing(now), now)

    def enter(self, now: int) -> bool:
        """Whether something may be begun; it is counted then. Other workers wait until the transaction has ended."""
        outside, with_it = self._standing(now, still=True)
        if self._opens_at(outside, with_it, now) > now:
            return False
        if self._limits.a_minute:
            fresh = not 0 <= now - outside.minute < MINUTE_MS
            begun = {"minute": now, "begun": 1} if fresh else {"begun": outside.begun + 1}
            Outside.update(begun).where(Outside.target == self._target).execute()
        return True

    def heard(self, now: int, *, trouble: bool) -> None:
        """What a delivery came to: an outside that answers at all, if only no, is in no trouble."""
        if not trouble:
            if self._standing(now)[0].troubles:
                self._put(troubles=0, shut_until=0)
            return
        troubles = self._standing(now, still=True)[0].troubles + 1
        if troubles < TROUBLES:
            self._put(troubles=troubles)
            return
        longest = min(LONGEST_SHUT_MS, FIRST_SHUT_MS * 2 ** min(troubles - TROUBLES, 16))
        self._put(troubles=troubles, shut_until=now + round(longest * (1 + self._chance()) / 2))

    def _opens_at(self, outside: _State, with_it: int, now: int) -> int:
        """A time that no clock of ours can have meant is none: a clock may have been years ahead once."""
        if now < outside.shut_until <= now + LONGEST_SHUT_MS:
            return outside.shut_until
        at_once = 1 if outside.troubles >= TROUBLES else self._limits.at_once
        if with_it >= at_once:
            return now + SOON_MS
        if self._limits.a_minute and 0 <= now - outside.minute < MINUTE_MS and outside.begun >= self._limits.a_minute:
            return outside.minute + MINUTE_MS
        return now

    def _standing(self, now: int, *, still: bool = False) -> tuple[_State, int]:
        """With how many deliveries are with it; where it is to be `still`, counted when nobody else can begin one."""
        found, ((with_it,),) = answers((_held if still else _seen).of(self._target), _with_it.of(self._targets, now))
        if found or not still:
            return (_State(*found[0]) if found else _State()), int(with_it)
        Outside.insert(target=self._target, **_State()._asdict()).on_conflict_ignore().execute()
        return self._standing(now, still=True)

    def _put(self, **values: Any) -> None:
        Outside.update(values).where(Outside.target == self._target).execute()


@prepared
def _seen(target: Any) -> Any:
    return Outside.select(*(getattr(Outside, name) for name in _State._fields)).where(Outside.target == target)


@prepared
def _held(target: Any) -> Any:
    return held(Outside.select(*(getattr(Outside, name) for name in _State._fields)).where(Outside.target == target))


@prepared
def _with_it(targets: Any, now: Any) -> Any:
    sending = Delivery.target.in_(targets) & (Delivery.state == DeliveryState.SENDING)
    return Delivery.select(fn.COUNT(Delivery.document)).where(sending & (Delivery.lease_until > now))
