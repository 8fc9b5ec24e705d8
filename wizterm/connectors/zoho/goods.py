"""Which item a code names: asked for once, and known until Zoho refuses something."""

from __future__ import annotations

from collections.abc import Iterable

from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.calls import Calls


class Goods:
    """Those that were seen, by their codes. Shared by all threads of this process."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def id_of(self, calls: Calls, code: str) -> str | None:
        """None where Zoho has no such item for certain; raises a `Fault`.

        Zoho describes no look-up by code. Where it passes the wish over, all items go by once, and are known then.
        """
        if code not in self._ids:
            for row in calls.rows("items", sku=code):
                self.note(row)
                if code in self._ids:
                    break
        return self._ids.get(code)

    def note(self, row: Row) -> None:
        if code := row.get("sku"):
            self._ids[str(code)] = str(row["item_id"])

    def forget(self, codes: Iterable[str]) -> None:
        """Items may have been made anew, under other ids."""
        for code in codes:
            self._ids.pop(code, None)
