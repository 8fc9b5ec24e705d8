"""The protocol without tokens: each call carries a good one by itself."""

from __future__ import annotations

from collections.abc import Iterator

from wizterm.protocol.catalogue import MOST_ROWS, CatalogueChanges, Manifest
from wizterm.protocol.changes import DocumentChanges
from wizterm.protocol.documents import Answers, Batch
from wizterm.protocol.handover import HandedCarts, HandedOver, HandOver, TakenCart
from wizterm.protocol.interface import SyncProtocol
from wizterm.protocol.stock import LiveStock
from wizterm.sync.session import SessionKeeper


class SignedIn:
    def __init__(self, speaker: SyncProtocol, keeper: SessionKeeper) -> None:
        self._speaker = speaker
        self._keeper = keeper

    def post_documents(self, batch: Batch) -> Answers:
        return self._keeper.call(lambda token: self._speaker.post_documents(token, batch))

    def document_changes(self, cursor: str, contact: str, unsent: int) -> DocumentChanges:
        return self._keeper.call(lambda token: self._speaker.document_changes(token, cursor, contact, unsent))

    def manifest(self, schema: int) -> Manifest:
        return self._keeper.call(lambda token: self._speaker.manifest(token, schema))

    def file(self, sha256: str, start: int) -> Iterator[bytes]:
        """A token that ends while the file is on its way does not matter: it was asked for at the start."""
        return self._speaker.file(self._keeper.token(), sha256, start)

    def catalogue_changes(self, cursor: str) -> CatalogueChanges:
        return self._keeper.call(lambda token: self._speaker.catalogue_changes(token, cursor, MOST_ROWS))

    def media(self, sha256: str) -> bytes:
        return self._keeper.call(lambda token: self._speaker.media(token, sha256))

    def stock(self, sku: str) -> LiveStock:
        return self._keeper.call(lambda token: self._speaker.stock(token, sku))

    def carts(self) -> HandedCarts:
        return self._keeper.call(self._speaker.carts)

    def hand_over(self, request: HandOver) -> HandedOver:
        return self._keeper.call(lambda token: self._speaker.hand_over(token, request))

    def take_cart(self, handover: str) -> TakenCart:
        return self._keeper.call(lambda token: self._speaker.take_cart(token, handover))
