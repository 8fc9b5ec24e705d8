"""Going through Zoho's records page by page: a cursor says which is next, and what the walk before has seen."""

from __future__ import annotations

import msgspec

from wizterm.connectors.pulling import PullError
from wizterm.protocol.decoding import decoded


class Walk(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cursor: what is under way, or where the next walk begins."""

    page: int = 1
    again: bool = False
    """Whether all of it was seen before."""
    since: str = ""
    """The latest change the walk before has seen, as Zoho writes it."""
    newest: str = ""
    """The latest change this one has seen."""

    @classmethod
    def read(cls, cursor: str) -> Walk:
        if not cursor:
            return cls()
        try:
            return decoded(cursor.encode(), cls)
        except msgspec.MsgspecError as error:
            raise PullError(f"The cursor {cursor[:60]!r} is not Zoho's: pull from the start.") from error

    def after(self, *, more: bool, newest: str = "") -> str:
        newest = newest or self.newest
        if more:
            following = msgspec.structs.replace(self, page=self.page + 1, newest=newest)
        else:
            following = Walk(again=True, since=newest or self.since)
        return msgspec.json.encode(following).decode()
