"""What the screen paints, counted in cells: bytes depend on colours and time on the machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from textual._compositor import ChopsUpdate, Compositor


@dataclass
class Painting:
    layouts: int = 0
    """How often all panes were given their places anew."""
    full: int = 0
    """How often the whole screen was painted."""
    rows: list[set[int]] = field(default_factory=list)
    """For each frame the rows of the screen that it touches."""
    cells: int = 0


@contextmanager
def painting() -> Iterator[Painting]:
    """Watch what is painted from now on."""
    seen = Painting()
    reflow, whole, part = Compositor.reflow, Compositor.render_full_update, Compositor.render_partial_update

    def watched_reflow(self, *how):
        seen.layouts += 1
        return reflow(self, *how)

    def watched_whole(self, **how):
        seen.full += 1
        return whole(self, **how)

    def watched_part(self):
        update = part(self)
        if isinstance(update, ChopsUpdate):
            seen.rows.append({y for y, _, _ in update.spans})
            seen.cells += sum(end - start for _, start, end in update.spans)
        return update

    with (
        patch.object(Compositor, "reflow", watched_reflow),
        patch.object(Compositor, "render_full_update", watched_whole),
        patch.object(Compositor, "render_partial_update", watched_part),
    ):
        yield seen


async def least(act: Callable[[], Awaitable[object]]) -> Painting:
    """What doing this takes, of three times the one with the least: a late layout may meet one of them."""
    times = []
    for _ in range(3):
        with painting() as seen:
            await act()
        times.append(seen)
    return min(times, key=lambda seen: (seen.layouts, seen.full, seen.cells))
