"""Going through Zoho's records page by page: a cursor says which is next, and what the walk before has seen."""

from __future__ import annotations

from typing import Any

import msgspec

from wizterm.connectors.pulling import PullError
from wizterm.protocol.decoding import decoded


class Walk(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cursor: what is under way, or where the next walk begins."""

    page: int = 1
    again: bool = False
    """Whether all of it was seen before."""
    after: str = ""
    """Id of the last on this page that was asked for, where not all were."""
    since: str = ""
    """The latest change there was when the walk before began, as Zoho writes it."""
    newest: str = ""
    """The same of this walk."""

    @classmethod
    def read(cls, cursor: str) -> Walk:
        if not cursor:
            return cls()
        try:
            return decoded(cursor.encode(), cls)
        except msgspec.MsgspecError as error:
            raise PullError(f"The cursor {cursor[:60]!r} is not Zoho's: pull from the start.") from error

    def then(self, *, more: bool) -> str:
        """Where to go on when this page is through."""
        if more:
            return self.text(page=self.page + 1, after="")
        return msgspec.json.encode(Walk(again=True, since=self.newest)).decode()

    def text(self, **changes: Any) -> str:
        return msgspec.json.encode(msgspec.structs.replace(self, **changes)).decode()
