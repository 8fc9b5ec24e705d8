"""How bad a world is; drawn from its seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from tests.torture.erp import Erp
from wizterm.connectors.base import Later, Outcome, Outgoing, Refused

DAY = 86400.0
JUMPS = (-3652 * DAY, -DAY, -3600.0, -120.0, 3600.0, DAY, 3652 * DAY)
"""Seconds by which a clock is set wrong."""


@dataclass(frozen=True, slots=True)
class Weather:
    hours: float
    bad_requests: float
    actions: int
    """Of each rep."""
    absences: int
    deaths: int
    erp_trouble: float
    devices: int
    jumps: int = 0
    """Of clocks, the server's too."""
    endings: int = 0
    """Of sign-ins."""
    restores: int = 0
    """Of the server, to a backup made before."""
    copies: int = 0
    """Of a device's disk."""
    carts: int = 0
    """How busy reps are with carts that wait, and go from one machine to another."""

    @staticmethod
    def of(chance: Random) -> Weather:
        """No disk is copied where the server is set back and clocks jump: ten years on, nothing is looked up."""
        drawn = Weather(
            hours=chance.choice((0.2, 1.0, 4.0)),
            bad_requests=chance.choice((0.0, 0.2, 0.5, 0.8)),
            actions=chance.randint(3, 12),
            absences=chance.randint(0, 4),
            deaths=chance.randint(0, 5),
            erp_trouble=chance.choice((0.0, 0.1, 0.4)),
            devices=chance.randint(1, 3),
            jumps=chance.choice((0, 0, 1, 3)),
            endings=chance.choice((0, 0, 1, 3)),
            restores=chance.choice((0, 0, 0, 1, 2)),
            copies=chance.choice((0, 0, 0, 1)),
            carts=chance.choice((0, 1, 6)),
        )
        return replace(drawn, copies=0) if drawn.restores and drawn.jumps else drawn

    def jump(self, chance: Random) -> timedelta:
        return timedelta(seconds=chance.choice(JUMPS))


@dataclass
class MoodyErp(Erp):
    """Loses answers after booking, asks for patience, refuses for good."""

    trouble: Callable[[], float] = lambda: 1.0
    share: float = 0.0

    def send(self, document: Outgoing) -> Outcome:
        drawn = self.trouble()
        if drawn < self.share / 4:
            return Refused("The ERP does not take it.", "customer")
        if drawn < self.share / 2:
            return Later(30.0, "The ERP is busy.")
        self.deaf += drawn < self.share
        return super().send(document)
