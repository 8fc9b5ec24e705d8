"""The known name that is most like one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """A question to put behind a refusal, with a blank before it; empty where nothing known is like it.

    A number is no misspelling of another one: alike digits mean nothing.
    """
    written = {name.lower(): name for name in known if not (wanted.isdigit() and name.isdigit())}
    like = difflib.get_close_matches(wanted.lower(), written, n=1)
    return f" Did you mean {written[like[0]]}?" if like else ""
