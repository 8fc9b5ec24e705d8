"""The protocol as Python sees it. The HTTP client, the server and the tests' fake implement it and pass one contract.

Every method raises `ProblemError` for our server's own no. Only the HTTP client can also fail to reach the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from wizterm.protocol.catalogue import CatalogueChanges, Manifest
from wizterm.protocol.changes import NOT_SAID, DocumentChanges
from wizterm.protocol.documents import Answers, Batch
from wizterm.protocol.handover import HandedCarts, HandedOver, HandOver, TakenCart
from wizterm.protocol.ping import Pong
from wizterm.protocol.session import Refresh, Session, SignIn
from wizterm.protocol.stock import LiveStock


class SyncProtocol(Protocol):
    def ping(self, nonce: str) -> Pong: ...

    def sign_in(self, request: SignIn) -> Session: ...

    def refresh(self, request: Refresh) -> Session: ...

    def sign_out(self, token: str) -> None:
        """Ends the session of this access token; its refresh token too."""
        ...

    def post_documents(self, token: str, batch: Batch) -> Answers: ...

    def document_changes(self, token: str, cursor: str, contact: str = "", unsent: int = NOT_SAID) -> DocumentChanges:
        """Tell changes since the cursor; an empty one starts from the beginning.

        `contact` is the one the answer before this brought, `unsent` how many documents wait on the device.
        """
        ...

    def manifest(self, token: str, schema: int) -> Manifest: ...

    def file(self, token: str, sha256: str, start: int = 0) -> Iterator[bytes]:
        """The compressed file from byte `start` on, in pieces."""
        ...

    def catalogue_changes(self, token: str, cursor: str, limit: int) -> CatalogueChanges: ...

    def media(self, token: str, sha256: str) -> bytes: ...

    def stock(self, token: str, sku: str) -> LiveStock: ...

    def carts(self, token: str) -> HandedCarts: ...

    def hand_over(self, token: str, request: HandOver) -> HandedOver:
        """Keep a cart for another device; said again, it tells where the cart is by now."""
        ...

    def take_cart(self, token: str, handover: str) -> TakenCart:
        """Take a cart for this device: one gets it, and gets it again whenever it asks."""
        ...
