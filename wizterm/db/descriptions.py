"""Reading what describes a product beside its own row: attributes, pictures, and the products related to it."""

from __future__ import annotations

from wizterm.db.replica_reader import ReplicaReader
from wizterm.protocol import facets
from wizterm.protocol.replica import list_token


class Descriptions:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader

    def attributes(self, sku: str) -> tuple[tuple[str, str], ...]:
        """Names and values, in the company's order."""
        rows = self._reader.rows("SELECT name, value FROM attributes WHERE sku = ? ORDER BY position", (sku,))
        return tuple((name, value) for name, value in rows)

    def pictures(self, sku: str) -> tuple[str, ...]:
        """Digests of the product's pictures, the first to show first."""
        rows = self._reader.rows("SELECT sha256 FROM media WHERE sku = ? ORDER BY position", (sku,))
        return tuple(digest for (digest,) in rows)

    def all_pictures(self) -> tuple[tuple[str, str], ...]:
        """SKU and digest of every picture of every product, the best sellers first."""
        rows = self._reader.rows(
            "SELECT media.sku, sha256 FROM media JOIN products ON products.sku = media.sku ORDER BY products.row"
        )
        return tuple((sku, digest) for sku, digest in rows)

    def family(self, family: str, price_list: str) -> list[int]:
        """Rows of the variants that the list shows."""
        rows = self._reader.rows(
            "SELECT row FROM products WHERE family = ? AND family <> '' AND instr(lists, ?) ORDER BY row",
            (family, list_token(price_list)),
        )
        return [row for (row,) in rows]

    def neighbours(self, category: str, price_list: str, limit: int) -> list[int]:
        """Rows of the best sellers on the same shelf."""
        match = f'lists : "{list_token(price_list)}" AND facets : "{facets.word(facets.CATEGORY, category)}"'
        rows = self._reader.rows(
            "SELECT rowid FROM products_text WHERE products_text MATCH ? ORDER BY rowid LIMIT ?", (match, limit)
        )
        return [row for (row,) in rows]
