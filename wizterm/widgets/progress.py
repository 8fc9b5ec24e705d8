"""A progress bar in one line: what, how much, how long still."""

from __future__ import annotations

from textual.content import Content

from wizterm.services.outlook import Progress

WIDTH = 24


def progress_line(progress: Progress) -> Content:
    parts = Content(f"{progress.what}  ")
    if progress.total > 0:
        share = min(progress.done / progress.total, 1.0)
        full = round(share * WIDTH)
        bar = Content.assemble(Content.styled("━" * full, "$accent"), Content.styled("━" * (WIDTH - full), "$border"))
        parts = Content.assemble(parts, bar, f"  {share:4.0%}  ")
    return Content.assemble(parts, _amounts(progress), _left(progress.seconds_left))


def _amounts(progress: Progress) -> str:
    if progress.bytes:
        done, total = (f"{amount / 1e6:.1f}" for amount in (progress.done, progress.total))
        return f"{done} of {total} MB" if progress.total else f"{done} MB"
    return f"{progress.done:,} of {progress.total:,}" if progress.total else f"{progress.done:,}"


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 60:
        return f" · {max(1, round(seconds))} s left"
    return f" · {round(seconds / 60)} min left"
