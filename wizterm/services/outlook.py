"""How things stand between this machine and the company, as the status line and the sync pane say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wizterm.domain.clock import Clock, age


class Mood(StrEnum):
    ONLINE = "online"
    OFFLINE = "offline"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work under way."""

    what: str
    done: int
    total: int
    """Zero where it is not known."""
    seconds_left: float | None
    bytes: bool = False
    """Whether done and total are bytes rather than rows."""


@dataclass(frozen=True, slots=True)
class Outlook:
    mood: Mood = Mood.OFFLINE
    words: str = "Starting"
    """Connectivity in plain words."""
    detail: str = ""
    """More than the words say, where there is more."""
    synced_at: datetime | None = None
    """The end of the last complete sync."""
    waiting: int = 0
    """Documents the company has no receipt for."""
    sent: int = 0
    """Delivered and not yet answered by the ERP."""
    confirmed: int = 0
    attention: int = 0
    """Documents that were refused."""
    trouble: str = ""
    """The newest refusal: number and words."""
    progress: Progress | None = None

    @property
    def counts(self) -> tuple[int, int, int, int, str]:
        """Differs where a document has moved on."""
        return self.waiting, self.sent, self.confirmed, self.attention, self.trouble

    def safe(self) -> str:
        """What waits, with the promise."""
        if not self.waiting:
            return "nothing waits"
        return f"{self.waiting} waiting" + ("" if self.mood is Mood.ONLINE else ", safe on this machine")

    def freshness(self, clock: Clock) -> str:
        """How old the data is."""
        if self.synced_at is None:
            return "never synced"
        said = age(clock.now() - self.synced_at)
        if said == "just now":
            return "synced just now"
        return f"synced {said} ago" if self.mood is Mood.ONLINE else f"data {said} old"
