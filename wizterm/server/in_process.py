"""The protocol straight over the services: what the routes call, and what a test can talk to without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

from wizterm.protocol import VERSION
from wizterm.protocol.catalogue import CatalogueChanges, Manifest
from wizterm.protocol.changes import NOT_SAID, DocumentChanges
from wizterm.protocol.documents import Answers, Batch
from wizterm.protocol.handover import HandedCarts, HandedOver, HandOver, TakenCart
from wizterm.protocol.ping import Pong
from wizterm.protocol.session import Refresh, Session, SignIn
from wizterm.protocol.stock import LiveStock
from wizterm.server.auth import Caller
from wizterm.server.company import Company
from wizterm.server.feeds.manifest import pieces
from wizterm.server.store import ledger
from wizterm.server.trail import note_answers

MOST_NONCE = 100

P = ParamSpec("P")
T = TypeVar("T")


def _repeatable(call: Callable[Concatenate[ServerProtocol, P], T]) -> Callable[Concatenate[ServerProtocol, P], T]:
    """Every call may be made twice, as a device does that has heard nothing: so the store may ask for it too."""

    def called(self: ServerProtocol, *args: P.args, **named: P.kwargs) -> T:
        return self.company.store.again(lambda: call(self, *args, **named))

    return cast("Callable[Concatenate[ServerProtocol, P], T]", update_wrapper(called, call))


@dataclass(frozen=True, slots=True)
class ServerProtocol:
    company: Company
    address: str = "in process"
    """Where the caller is; wrong passwords are counted by it."""
    seen: Callable[[Caller], None] = lambda _: None
    """Told who calls, for the log."""

    @_repeatable
    def ping(self, nonce: str) -> Pong:
        with self.company.store.reading():
            server, epoch = ledger.fact("server"), ledger.fact("epoch")
        return Pong(
            nonce=nonce[:MOST_NONCE], server=server, epoch=epoch, time=self.company.clock.now(), protocol=VERSION
        )

    @_repeatable
    def sign_in(self, request: SignIn) -> Session:
        return self.company.auth.sign_in(request, self.address)

    @_repeatable
    def refresh(self, request: Refresh) -> Session:
        return self.company.auth.refresh(request)

    @_repeatable
    def sign_out(self, token: str) -> None:
        self.company.auth.sign_out(token)

    @_repeatable
    def post_documents(self, token: str, batch: Batch) -> Answers:
        caller = self._caller(token, documents=len(batch.documents))
        answers = self.company.intake.take(caller, batch)
        note_answers(self.company.tallies, caller, batch, answers)
        return answers

    @_repeatable
    def document_changes(self, token: str, cursor: str, contact: str = "", unsent: int = NOT_SAID) -> DocumentChanges:
        return self.company.documents.changes(self._caller(token), cursor, contact, unsent)

    @_repeatable
    def manifest(self, token: str, schema: int) -> Manifest:
        return self.company.manifests.manifest(self._caller(token), schema)

    def file(self, token: str, sha256: str, start: int = 0) -> Iterator[bytes]:
        return pieces(self.file_path(token, sha256), start)

    @_repeatable
    def file_path(self, token: str, sha256: str) -> Path:
        """Where the file is, for whoever sends it piece by piece."""
        return self.company.manifests.path(self._caller(token), sha256)

    @_repeatable
    def catalogue_changes(self, token: str, cursor: str, limit: int) -> CatalogueChanges:
        return self.company.catalogue.changes(self._caller(token), cursor, limit)

    @_repeatable
    def media(self, token: str, sha256: str) -> bytes:
        self._caller(token)
        return self.company.pictures.picture(sha256)

    @_repeatable
    def stock(self, token: str, sku: str) -> LiveStock:
        return self.company.stock.of(self._caller(token).rep, sku)

    @_repeatable
    def carts(self, token: str) -> HandedCarts:
        return self.company.handovers.told(self._caller(token))

    @_repeatable
    def hand_over(self, token: str, request: HandOver) -> HandedOver:
        return self.company.handovers.keep(self._caller(token), request)

    @_repeatable
    def take_cart(self, token: str, handover: str) -> TakenCart:
        return self.company.handovers.take(self._caller(token), handover)

    def _caller(self, token: str, *, documents: int = 0) -> Caller:
        caller = self.company.auth.caller(token)
        self.seen(caller)
        self.company.pace.call(caller.device, documents)
        return caller
