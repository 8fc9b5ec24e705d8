"""A mail for readers without HTML: 72 columns of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from wizterm.server.mail.wording import LineSaid, Said

WIDTH = 72
NAMES = 15


def as_text(said: Said) -> str:
    return "\n".join(line.rstrip() for line in _rows(said)) + "\n"


def _rows(said: Said) -> Iterator[str]:
    yield from (*wrap(said.title, WIDTH), "", *wrap(said.opening, WIDTH), "")
    for title, fact in said.facts:
        yield from _hung(f"{title}:", fact)
    yield ""
    for line in said.lines:
        yield from _line(line)
    if said.more_lines:
        yield said.more_lines
    yield "-" * WIDTH
    for words, amount in (*said.sums, said.total):
        yield from _apart(words, amount)
    if said.note:
        yield ""
        for place, row in enumerate(said.note.splitlines()):
            yield from _hung("" if place else "Note:", row)
    yield ""
    if said.attached:
        yield from (*wrap(said.attached, WIDTH), "")
    if said.contact:
        address = f" <{said.contact_address}>" if said.contact_address else ""
        yield f"Your contact: {said.contact}{address}"
    yield said.company


def _line(line: LineSaid) -> Iterator[str]:
    yield from _apart(f"{line.quantity} × {line.price}  {line.sku}", line.amount)
    for row in wrap(line.name, WIDTH - 4) + wrap(line.beneath, WIDTH - 4):
        yield f"    {row}"


def _hung(lead: str, text: str) -> Iterator[str]:
    for place, row in enumerate(wrap(text, WIDTH - NAMES) or [""]):
        yield f"{'' if place else lead:<{NAMES}}{row}"


def _apart(words: str, amount: str) -> Iterator[str]:
    """The amount on the right; what has no room beside it goes on above."""
    *above, last = wrap(words, WIDTH - len(amount) - 2) or [""]
    yield from above
    yield f"{last}{amount:>{WIDTH - len(last)}}"
