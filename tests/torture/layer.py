"""What a layer of the torture came to: how much was tried, what went wrong, how long it took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

ROW = "torture"
"""Under this name a test's report carries its rows, also from another process."""
MOST_SAID = 20
"""Sentences kept of what went wrong: enough to see the kind, few enough to read."""
_HEAD = ("layer", "tried", "lost", "duplicated", "half", "time", "bound 3/N")
_WIDTHS = (52, 9, 7, 12, 7, 9, 12)


@dataclass(frozen=True, slots=True)
class Harm:
    """Sentences, one for each document or file that came to harm."""

    lost: tuple[str, ...] = ()
    """Called saved, and not where it belongs."""
    duplicated: tuple[str, ...] = ()
    """There more than once."""
    half: tuple[str, ...] = ()
    """There, but its parts or its bytes do not agree; or in a state that it cannot be in."""

    def __bool__(self) -> bool:
        return bool(self.lost or self.duplicated or self.half)

    def __add__(self, other: Harm) -> Harm:
        return Harm(self.lost + other.lost, self.duplicated + other.duplicated, self.half + other.half)

    @property
    def counted(self) -> str:
        """Such as '3 lost, 1 half'."""
        kinds = (("lost", self.lost), ("duplicated", self.duplicated), ("half", self.half))
        return ", ".join(f"{len(said)} {kind}" for kind, said in kinds if said)

    def __str__(self) -> str:
        kinds = (("lost", self.lost), ("duplicated", self.duplicated), ("half", self.half))
        return "\n".join(f"{kind}: {words}" for kind, said in kinds for words in said[:MOST_SAID])


@dataclass
class Layer:
    """One row of the table. Rows of the same name, from several tests or processes, are added up."""

    name: str
    tried: int = 0
    lost: int = 0
    duplicated: int = 0
    half: int = 0
    seconds: float = 0.0
    said: list[str] = field(default_factory=list)

    def count(self, harm: Harm, of: str = "") -> None:
        """One more was tried, and this came of it; `of` says how to do it again."""
        self.tried += 1
        self.blame(harm, of)

    def blame(self, harm: Harm, of: str = "") -> None:
        self.lost += len(harm.lost)
        self.duplicated += len(harm.duplicated)
        self.half += len(harm.half)
        if harm and len(self.said) < MOST_SAID:
            self.said.append(f"{of}\n{harm}".strip())

    @property
    def harm(self) -> int:
        return self.lost + self.duplicated + self.half

    def __add__(self, other: Layer) -> Layer:
        return Layer(
            self.name,
            self.tried + other.tried,
            self.lost + other.lost,
            self.duplicated + other.duplicated,
            self.half + other.half,
            self.seconds + other.seconds,
            self.said + other.said,
        )

    @property
    def bound(self) -> str:
        """Nothing seen in N independent tries: with 95 % certainty it happens less often than this."""
        return "-" if self.harm or self.tried < 3 else f"{3 / self.tried:.1e}"


def table(layers: Iterable[Layer]) -> list[str]:
    rows: dict[str, Layer] = {}
    for layer in layers:
        rows[layer.name] = rows[layer.name] + layer if layer.name in rows else layer
    ordered = [rows[name] for name in sorted(rows)]
    if len(ordered) > 1:
        ordered.append(sum(ordered, Layer("all")))
    return [_line(_HEAD), *(_line(_cells(row)) for row in ordered)]


def _cells(row: Layer) -> tuple[object, ...]:
    return row.name, row.tried, row.lost, row.duplicated, row.half, f"{row.seconds:.1f} s", row.bound


def _line(cells: tuple[object, ...]) -> str:
    first, *others = (str(cell) for cell in cells)
    return f"{first:<{_WIDTHS[0]}}" + "".join(
        f"{cell:>{width}}" for cell, width in zip(others, _WIDTHS[1:], strict=True)
    )
