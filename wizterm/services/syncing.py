"""What a person can ask of the connection to the company. Every call returns at once; the outlook tells the rest."""

from __future__ import annotations

from typing import Protocol

from wizterm.domain.product import Stock
from wizterm.services.online_only import OnlineOnlyError


class Syncing(Protocol):
    def now(self) -> None:
        """Send what waits, hear what became of documents, fetch what changed."""
        ...

    def everything(self) -> None:
        """Sync Data: fetch the whole catalogue anew, while work goes on with the old one."""
        ...

    def media(self) -> None:
        """Media Sync: fetch the pictures that are missing."""
        ...

    def submitted(self) -> None:
        """Something new waits to be sent."""
        ...

    def switched(self) -> None:
        """A preference was changed: Offline Mode or Incremental Sync."""
        ...

    def live_stock(self, sku: str) -> Stock | None:
        """What the company says now; None where it does not count it. Waits, and raises what went wrong."""
        ...

    def hand_over(self) -> tuple[str, ...]:
        """Carts to the server and from it; gives sentences for the rep. Waits, and raises what went wrong."""
        ...

    def stop(self) -> None:
        """End the threads that talk; what is on its way is asked about again at the next start."""
        ...


class NotYet:
    """Stands in until the threads that talk run. They do all of this by themselves when they begin."""

    def now(self) -> None:
        """Nothing is lost by waiting."""

    everything = media = submitted = switched = stop = now

    def live_stock(self, sku: str) -> Stock | None:
        raise OnlineOnlyError(f"The stock of {sku} cannot be asked for yet: WizTerm is still starting.")

    def hand_over(self) -> tuple[str, ...]:
        raise OnlineOnlyError("Carts cannot go to the server yet: WizTerm is still starting.")
