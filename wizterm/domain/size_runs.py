"""A family's quantities while they are typed: colours down, sizes across. A value; every key gives another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from wizterm.domain.money import ZERO
from wizterm.domain.quantity import MOST

Cell = tuple[int, int]
"""Row and column."""


@dataclass(frozen=True, slots=True)
class SizeRuns:
    rows: int
    columns: int
    open: frozenset[Cell]
    """Cells with a variant that can be ordered; nothing is typed in the others."""
    counts: Mapping[Cell, Decimal] = field(default_factory=dict)
    at: Cell = (0, 0)
    too_many: bool = False
    """Whether the number that is typed here went beyond what a line holds; what is typed on is not taken either."""
    fresh: bool = True
    """Whether the next digit begins a number, as after every move."""

    @property
    def count(self) -> Decimal:
        return self.counts.get(self.at, ZERO)

    def typed(self, digit: str) -> SizeRuns:
        """With a digit at the end of the number, or a number begun; of one that is too many nothing is kept."""
        count = Decimal(digit) if self.fresh else self.count * 10 + Decimal(digit)
        if self.at not in self.open or self.too_many:
            return self
        if count > MOST:
            return replace(self._with(self.at, ZERO), fresh=False, too_many=True)
        return replace(self._with(self.at, count), fresh=False)

    def shortened(self) -> SizeRuns:
        """Without the number's last digit."""
        return replace(self._with(self.at, self.count // 10), fresh=self.too_many, too_many=False)

    def cleared(self) -> SizeRuns:
        return replace(self._with(self.at, ZERO), fresh=True, too_many=False)

    def moved(self, down: int, across: int) -> SizeRuns:
        """At the next cell that way, as far as there is one."""
        row = min(max(self.at[0] + down, 0), self.rows - 1)
        column = min(max(self.at[1] + across, 0), self.columns - 1)
        return replace(self, at=(row, column), fresh=True, too_many=False)

    def copied_down(self) -> SizeRuns:
        """With this colour's run for the next colour too, as far as it comes in these sizes; and at that colour."""
        row, column = self.at
        if row + 1 >= self.rows:
            return self
        counts = dict(self.counts)
        for each in range(self.columns):
            if (row + 1, each) in self.open:
                counts[row + 1, each] = counts.get((row, each), ZERO)
        return replace(self, counts=counts, at=(row + 1, column), fresh=True, too_many=False)

    def of_row(self, row: int) -> Decimal:
        return sum((count for (at, _), count in self.counts.items() if at == row), ZERO)

    def of_column(self, column: int) -> Decimal:
        return sum((count for (_, at), count in self.counts.items() if at == column), ZERO)

    @property
    def total(self) -> Decimal:
        return sum(self.counts.values(), ZERO)

    def _with(self, cell: Cell, count: Decimal) -> SizeRuns:
        return replace(self, counts={**self.counts, cell: count})
