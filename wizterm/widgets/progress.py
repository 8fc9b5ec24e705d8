"""A progress bar in one line: what, how much, how long still."""

from __future__ import annotations

from textual.content import Content

from wizterm.services.outlook import Progress

LONGEST, SHORTEST = 24, 6
"""Cells of the bar."""


def progress_line(progress: Progress, room: int = 120) -> Content:
    """The bar takes what the words leave of the room."""
    what = f"{progress.what}  "
    rest = f"{_amounts(progress)}{_left(progress.seconds_left)}"
    if progress.total <= 0:
        return Content(what + rest)
    share = min(progress.done / progress.total, 1.0)
    said = f"  {share:4.0%}  {rest}"
    return Content.assemble(what, _bar(share, max(SHORTEST, min(LONGEST, room - len(what) - len(said)))), said)


def _bar(share: float, width: int) -> Content:
    full = round(share * width)
    return Content.assemble(Content.styled("━" * full, "$accent"), Content.styled("━" * (width - full), "$border"))


def _amounts(progress: Progress) -> str:
    if progress.bytes:
        scale, unit, places = (1e6, "MB", 1) if max(progress.done, progress.total) >= 1e6 else (1e3, "KB", 0)
        done, total = (f"{amount / scale:.{places}f}" for amount in (progress.done, progress.total))
        return f"{done} of {total} {unit}" if progress.total else f"{done} {unit}"
    return f"{progress.done:,} of {progress.total:,}" if progress.total else f"{progress.done:,}"


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 60:
        return f" · {max(1, round(seconds))} s left"
    return f" · {round(seconds / 60)} min left"
