"""How long somebody who typed a secret wrongly has to wait: nothing at first, then ever longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE = 3
"""Wrong tries that anybody may make."""
FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong ones since the last right one."""

    count: int = 0
    last: datetime | None = None

    def wait(self, now: datetime) -> timedelta:
        """Until the next try is allowed; a last try that lies ahead is a clock that was set back, and counts as now."""
        if self.last is None or self.count < FREE:
            return timedelta(0)
        rest = min(FIRST * (1 << min(self.count - FREE, 16)), LONGEST)
        return max(timedelta(0), rest - max(timedelta(0), now - self.last))

    def one_more(self, now: datetime) -> Tries:
        return Tries(self.count + 1, now)
