"""Transactions that change the store: each takes a number, in the order in which they commit."""

from __future__ import annotations

from collections.abc import Callable

from wizterm.server.store import ledger
from wizterm.server.store.copies import Copies
from wizterm.server.store.mirror import renumber
from wizterm.server.store.prepared import Question, Rows
from wizterm.server.store.together import answers


class Writing:
    """A transaction that changes the store.

    Its number is drawn when first asked for: ask as late as can be, since every other writer waits from then on.
    """

    def __init__(self) -> None:
        self._number = 0
        self._told = False
        self.undone = False
        """Set to leave everything as it was."""

    @property
    def number(self) -> int:
        if not self._number:
            self._number = ledger.draw(ledger.SEQUENCE)
        return self._number

    def ask_numbered(self, *questions: Question) -> tuple[Rows, ...]:
        """What they come to once the number is drawn: nobody can change it any more before this transaction ends."""
        if self._number:
            return answers(*questions)
        ((number,),), *found = answers(ledger.drawing(ledger.SEQUENCE), *questions)
        self._number = int(number)
        return tuple(found)

    def lastly(self, work: Callable[[int], None]) -> None:
        """Do this when nobody else can commit before this transaction ends.

        Whatever committed since it began has a greater number than the one that the work is told.
        """
        work(self.number)

    def beside(self, work: Callable[[], None]) -> None:
        """Do this in the transaction that brings the rows into the store."""
        work()

    def catalogue_changed(self) -> None:
        """Devices have something to fetch."""
        if not self._told:
            ledger.put(ledger.CATALOGUE, self.number)
            self._told = True


class Importing(Writing):
    """One that brings many rows, and must not keep the others waiting for so long.

    Its number is ahead of all that they draw meanwhile, and the counter is set to it last of all: so numbers follow
    the order of commits here too.
    """

    def __init__(self, ahead: int) -> None:
        super().__init__()
        self._ahead = ahead
        self._changed = False
        self._last: list[Callable[[int], None]] = []

    @property
    def number(self) -> int:
        if not self._number:
            self._number = ledger.reading_of(ledger.SEQUENCE) + 1 + self._ahead
        return self._number

    def ask_numbered(self, *questions: Question) -> tuple[Rows, ...]:
        """As others answer at the time: its number stands, and nobody waits for it."""
        return answers(*questions)

    def lastly(self, work: Callable[[int], None]) -> None:
        self._last.append(work)

    def catalogue_changed(self) -> None:
        self._changed = True

    def settle(self) -> None:
        """Take the number for good; where the others have come up to it after all, a later one, for every row."""
        if not (self._number or self._changed):
            return
        since = self.number - 1 - self._ahead
        self._take_number()
        for work in self._last:
            work(since)
        if self._changed:
            super().catalogue_changed()

    def _take_number(self) -> None:
        if not ledger.move_on(ledger.SEQUENCE, self.number):
            late = ledger.draw(ledger.SEQUENCE)
            renumber(self._number, late)
            self._number = late


class Apart(Importing):
    """One that works on copies, and brings what it changed into the store when all of it is there."""

    def __init__(self, copies: Copies) -> None:
        super().__init__(0)
        self._copies = copies
        self._beside: list[Callable[[], None]] = []

    def beside(self, work: Callable[[], None]) -> None:
        self._beside.append(work)

    def settle(self) -> None:
        for work in self._beside:
            work()
        self._copies.bring_order()
        super().settle()

    def _take_number(self) -> None:
        mark, self._number = self.number, ledger.draw(ledger.SEQUENCE)
        self._copies.bring(mark, self._number)
