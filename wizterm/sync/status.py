"""How things stand between this device and the company, for the status line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from wizterm.sync.connectivity import Connectivity, Sight
from wizterm.sync.progress import Progress


@dataclass(frozen=True, slots=True)
class SyncStatus:
    sight: Sight = field(default_factory=lambda: Sight(Connectivity.NO_NETWORK))
    last_sync: datetime | None = None
    """When a round last came to its end."""
    waiting: int = 0
    """Documents without a receipt, the one on its way included."""
    sending: bool = False
    progress: Progress | None = None
    """Of the catalogue, while it is brought down."""
    trouble: str = ""
    """Why the last round did not come to its end, where the server was reached."""

    @property
    def connectivity(self) -> Connectivity:
        return self.sight.state
