"""What a connector finds out about its ERP when somebody asks: reached or not, what is there and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Examination:
    reachable: bool
    version: str = ""
    modules: Mapping[str, bool] = field(default_factory=dict)
    """Those of the ERP's parts that matter here, and whether each is there."""
    can: tuple[str, ...] = ()
    """Sentences."""
    missing: tuple[str, ...] = ()
    """Sentences that say what to do; with none of them everything is in order."""


@runtime_checkable
class Examinable(Protocol):
    def examine(self) -> Examination:
        """Look without changing anything. Raises nothing for what can be expected of a network or an ERP."""
        ...
