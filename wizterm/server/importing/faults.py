"""What is wrong with the files: each fault says where it is, what was expected and what came."""

from __future__ import annotations

from dataclasses import dataclass, field

SHOWN = 20
MOST = 10_000
LONGEST = 60


class ImportRefusedError(Exception):
    """Nothing was loaded."""

    def __init__(self, faults: tuple[str, ...], count: int) -> None:
        more = (f"… and {count - len(faults)} more",) if count > len(faults) else ()
        super().__init__("\n".join((*faults, *more)))
        self.faults = faults
        self.count = count


class CellError(ValueError):
    """A cell does not hold what its column holds; the message is what was expected."""


@dataclass(slots=True)
class Faults:
    """Collects them, so that one look mends many."""

    first: list[str] = field(default_factory=list)
    count: int = 0

    def at(self, file: str, line: int, column: str, expected: str, got: str) -> None:
        self._add(f"{file}, line {line}, column {column}: expected {expected}, got {_shown(got)}")

    def of(self, file: str, line: int, words: str) -> None:
        """A fault of a whole line, or where there is no line (0) of the file."""
        self._add(f"{file}, line {line}: {words}" if line else f"{file}: {words}")

    def refuse(self) -> None:
        """Raise, where there are any."""
        if self.count:
            raise ImportRefusedError(tuple(self.first), self.count)

    def _add(self, fault: str) -> None:
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(fault)
        if self.count >= MOST:
            self.refuse()


def _shown(text: str) -> str:
    """What came, short and harmless on a screen."""
    return ascii(text if len(text) <= LONGEST else f"{text[:LONGEST]}…") if text else "nothing"
