"""The items of Business Central that a document names, by their numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wizterm.connectors.base import UNKNOWN_ITEM
from wizterm.connectors.business_central.answers import Row
from wizterm.connectors.business_central.calls import Calls
from wizterm.connectors.faults import Unknown
from wizterm.domain.text import plain

LONGEST_CODE = 20
"""Characters of a number of an item or a customer."""


class Goods:
    """Those of one document."""

    def __init__(self, calls: Calls, codes: Collection[str], items: Mapping[str, str]) -> None:
        self._items = items
        wanted = {items.get(code, code).upper() for code in codes}
        found = calls.among(
            "items",
            "number",
            [code for code in wanted if 0 < len(code) <= LONGEST_CODE],
            select="number,baseUnitOfMeasureCode",
        )
        self._found = {str(row["number"]).upper(): row for row in found}

    def item(self, code: str, field: str, said: str) -> Row:
        """Numbers are in capitals there. Raises `Unknown`."""
        theirs = self._items.get(code, code)
        found = self._found.get(theirs.upper())
        if found is None:
            words = f"Business Central has no item {plain(theirs)} ({plain(said)}): map it, or mend it there."
            raise Unknown(words, field, UNKNOWN_ITEM)
        return found
