"""What the kills came to, window by window."""

from __future__ import annotations

from dataclasses import dataclass

TALLY = "tally"
"""Under this name a test's report carries what its kills came to, also from another process."""


@dataclass
class Tally:
    window: str
    kills: int = 0
    lost: int = 0
    duplicated: int = 0
    half: int = 0

    @property
    def harm(self) -> int:
        return self.lost + self.duplicated + self.half


def table(tallies: list[Tally]) -> list[str]:
    head = f"{'window':<52}{'kills':>7}{'lost':>7}{'duplicated':>12}{'half':>7}"
    rows = [f"{t.window:<52}{t.kills:>7}{t.lost:>7}{t.duplicated:>12}{t.half:>7}" for t in tallies]
    return [head, *rows]
