"""One delivery at a time: claim it, speak to the outside with no transaction open, settle what it answered."""

from __future__ import annotations

from collections.abc import Callable

from wizterm.connectors.base import (
    LEASE_SECONDS,
    NO_ADDRESS,
    Connector,
    Done,
    Later,
    Missing,
    Outcome,
    Refused,
    Unknown,
)
from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.ids import NewId
from wizterm.server.deliveries import ERP, DeliveryState
from wizterm.server.dispatch.booking import Booking
from wizterm.server.dispatch.claiming import Claim, claim, next_due, still_mine
from wizterm.server.dispatch.following import Following, SetAside
from wizterm.server.dispatch.gate import Gate, Limits
from wizterm.server.store.paperwork import Delivery
from wizterm.server.store.store import Store
from wizterm.server.trail import note_delivery

FIRST_REST = 2.0
LONGEST_REST = 900.0
LONGEST_ASKED = 3600.0
"""The longest an outside can put a delivery off."""
AS_COMES = Limits()


class Dispatcher:
    def __init__(
        self,
        store: Store,
        connector: Connector,
        *,
        clock: Clock,
        new_id: NewId,
        chance: Callable[[], float],
        limits: Limits = AS_COMES,
        lease: float = LEASE_SECONDS,
        target: str = ERP,
        following: Following | None = None,
    ) -> None:
        """`chance` gives numbers from 0 to 1 for the jitter of rests; what follows is a booking if nothing is named."""
        self._store = store
        self._connector = connector
        self._clock = clock
        self._under_way: Claim | None = None
        self._target = target
        self._following = following or Booking(new_id)
        self._chance = chance
        self._gate = Gate(target, limits, chance)
        self._lease = lease

    def step(self) -> bool:
        """Bring one due delivery as far as it goes; whether there was one."""
        begun = self._clock.monotonic()
        claimed = self._store.again(self._claim)
        if claimed is None:
            return False
        self._under_way = claimed
        if self._clock.monotonic() - begun < self._lease / 2:
            outcome = self._following.instead(claimed) or self._ask(claimed)
            self._store.again(lambda: self._settle(claimed, outcome))
            note_delivery(claimed, outcome)
        self._under_way = None
        return True  # a worker that was held up so long leaves the delivery to whoever takes over its lease

    def let_go(self) -> None:
        """What is with the outside when this process ends: it is looked up at once by whoever comes next.

        Without it that would wait until its lease has run out.
        """
        claimed = self._under_way
        if claimed is None:
            return
        uncertain = {"state": DeliveryState.UNKNOWN, "next_try": self._now(), "words": "The server was stopped."}
        with self._store.writing():
            Delivery.update(uncertain).where(still_mine(claimed)).execute()

    def rest(self) -> float:
        """Seconds until a delivery is due; endless while there is none."""
        now = self._now()
        with self._store.reading():
            due = next_due(self._target, now)
            if due is not None:
                due = max(due, self._gate.opens_at(now))
        return float("inf") if due is None else max(0.0, (due - now) / 1000)

    def _claim(self) -> Claim | None:
        now = self._now()
        with self._store.writing():
            if not self._gate.enter(now):
                return None
            return claim(self._target, now, round(self._lease * 1000))

    def _ask(self, claimed: Claim) -> Outcome:
        return self._look_up(claimed) if claimed.look_up else self._send(claimed)

    def _send(self, claimed: Claim) -> Outcome:
        try:
            return self._connector.send(claimed.document)
        except Exception as error:  # noqa: BLE001 - foreign code: whatever it raises, the ERP may have the document
            return Unknown(f"{type(error).__name__}: {error}")

    def _look_up(self, claimed: Claim) -> Outcome:
        """What the outside may have is never sent blindly: where it is missing, the next attempt sends it."""
        try:
            found = self._connector.find(claimed.document)
        except Exception as error:  # noqa: BLE001 - foreign code, as above
            return Unknown(f"{type(error).__name__}: {error}")
        match found:
            case Done():
                return found
            case Missing():
                return Later(0.0, "The ERP does not have it: it is sent again.")
            case Later(words=words):
                return Unknown(words)

    def _settle(self, claimed: Claim, outcome: Outcome | SetAside) -> None:
        now = self._now()
        with self._store.writing() as writing:
            if not Delivery.update(self._row(claimed, outcome)).where(still_mine(claimed)).execute():
                return
            if _has_answered(outcome):
                self._gate.heard(now, trouble=_is_trouble(outcome))
            match outcome:
                case Done(external=external, words=words):
                    self._following.done(writing, claimed, external, words, now)
                case Refused():
                    self._following.refused(writing, claimed, outcome, now)
                case Later() | Unknown() | SetAside():
                    pass

    def _row(self, claimed: Claim, outcome: Outcome | SetAside) -> dict[str, object]:
        match outcome:
            case Done(external=external, words=words):
                return {"state": DeliveryState.DONE, "external": external, "words": words, "code": ""}
            case Refused(words=words, code=code):
                state = DeliveryState.GIVEN_UP if code == NO_ADDRESS else DeliveryState.REFUSED
                return {"state": state, "words": words, "code": code}
            case Later(seconds=seconds, words=words):
                rest = {"next_try": self._next_try(claimed.attempt, seconds), "words": words}
                return rest | {"state": DeliveryState.WAITING}
            case Unknown(words=words):
                return {"state": DeliveryState.UNKNOWN, "next_try": self._next_try(claimed.attempt), "words": words}
            case SetAside(state=state, words=words):
                return {"state": state, "words": words}

    def _next_try(self, attempt: int, at_least: float = 0.0) -> int:
        """Full jitter: many deliveries that failed together do not come back together."""
        most = min(LONGEST_REST, FIRST_REST * 2.0 ** min(attempt - 1, 16))
        return self._now() + round(1000 * (min(at_least, LONGEST_ASKED) + self._chance() * most))

    def _now(self) -> int:
        return milliseconds(self._clock.now())


def _has_answered(outcome: Outcome | SetAside) -> bool:
    """Whether the outside was spoken to."""
    return not (isinstance(outcome, SetAside) or (isinstance(outcome, Refused) and outcome.code == NO_ADDRESS))


def _is_trouble(outcome: Outcome | SetAside) -> bool:
    """Whether the outside was not there, or cannot be relied on just now."""
    return isinstance(outcome, Unknown) or (isinstance(outcome, Later) and outcome.seconds > 0)
