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

    count: int = 0
    _found: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def first(self) -> tuple[str, ...]:
        """As the files have them: the files as they came, each from its first line on."""
        places = {file: place for place, file in enumerate(dict.fromkeys(file for file, _, _ in self._found))}
        found = sorted(self._found, key=lambda fault: (places[fault[0]], fault[1]))
        return tuple(fault for _, _, fault in found[:SHOWN])

    def at(self, file: str, line: int, column: str, expected: str, got: str) -> None:
        self._add(file, line, f"{file}, line {line}, column {column}: expected {expected}, got {_shown(got)}")

    def of(self, file: str, line: int, words: str) -> None:
        """A fault of a whole line, or where there is no line (0) of the file."""
        self._add(file, line, f"{file}, line {line}: {words}" if line else f"{file}: {words}")

    def refuse(self) -> None:
        """Raise, where there are any."""
        if self.count:
            raise ImportRefusedError(self.first, self.count)

    def _add(self, file: str, line: int, fault: str) -> None:
        self.count += 1
        self._found.append((file, line, fault))
        if self.count >= MOST:
            self.refuse()


def _shown(text: str) -> str:
    """What came, short and harmless on a screen."""
    return ascii(text if len(text) <= LONGEST else f"{text[:LONGEST]}…") if text else "nothing"
