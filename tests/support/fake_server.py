"""A server in memory for the tests of devices: small, exact, and failing when told to.

It keeps one truth for each rep (a view: rows by table and key) and remembers with every cursor what the device had, so
that changes are simply the difference between two views.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import count

import zstandard
from msgspec.structs import replace

from tests.support.fake_carts import FakeCarts
from tests.support.fake_catalogue import View, difference, file_of, row_of
from wizterm.domain.clock import moment
from wizterm.domain.ids import uuid7
from wizterm.protocol import VERSION, bodies, replica
from wizterm.protocol.catalogue import MOST_ROWS, CatalogueChanges, Manifest, TableKeys, TableRows
from wizterm.protocol.changes import MOST, DocumentChange, DocumentChanges
from wizterm.protocol.documents import Answer, Answers, Batch, Envelope, Later, Refused, Taken, fingerprint
from wizterm.protocol.handover import HandedCarts, HandedOver, HandOver, TakenCart
from wizterm.protocol.ping import Pong
from wizterm.protocol.problem import Code, ProblemError, problem
from wizterm.protocol.session import Refresh, Session, SignIn
from wizterm.protocol.stock import LiveStock

KINDS = {"price_lists", "products", "prices", "stock", "customers"}
PIECE = 4096


@dataclass
class Fault:
    """What goes wrong at the next call of this name: before it has any effect, or after, so that the answer is lost."""

    call: str
    error: Exception
    after: bool = False


@dataclass
class Walk:
    """A difference on its way to a device, and where its pages stand."""

    changes: list[tuple[str, str, tuple | None]]
    view: View


@dataclass
class FakeServer:
    faults: deque[Fault] = field(default_factory=deque)
    calls: list[str] = field(default_factory=list)
    """The names of all calls, in order."""
    epoch: str = field(default_factory=uuid7)
    server: str = field(default_factory=uuid7)
    _passwords: dict[str, str] = field(default_factory=dict)
    _rows: View = field(default_factory=lambda: {table.name: {} for table in replica.TABLES})
    _codes: dict[str, str] = field(default_factory=dict)
    _access: dict[str, tuple[str, str]] = field(default_factory=dict)
    _refresh: dict[str, tuple[str, str]] = field(default_factory=dict)
    _renewals: dict[str, str] = field(default_factory=dict)
    _previous: dict[str, str] = field(default_factory=dict)
    _documents: dict[tuple[str, int], tuple[str, Taken]] = field(default_factory=dict)
    _changes: dict[tuple[str, int], tuple[int, str, DocumentChange]] = field(default_factory=dict)
    _walks: dict[str, Walk] = field(default_factory=dict)
    _views: dict[str, tuple[str, View]] = field(default_factory=dict)
    _files: dict[str, bytes] = field(default_factory=dict)
    _carts: FakeCarts = field(default_factory=FakeCarts)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    # What the office does.

    def rep(self, code: str, *_lists: str, password: str = "open sesame") -> None:
        self._passwords[code] = password

    def load(self, *, replace: bool = False, **kinds: str) -> None:
        """CSV texts of price_lists, products, prices, stock or customers, as a real office loads them."""
        for kind, text in kinds.items():
            assert kind in KINDS
            if replace:
                self._rows[kind].clear()
            for cells in csv.DictReader(io.StringIO(text)):
                row = row_of(kind, cells)
                self._rows[kind][str(row[0])] = row

    def settle(self, document: str, state: str, *, external: str = "", words: str = "", revision: int = 1) -> None:
        """Let the ERP answer."""
        _, rep, change = self._changes[document, revision]
        self._tell(rep, replace(change, state=state, external=external, words=words, at=datetime.now(UTC)))

    def deliver(self) -> None:
        """The ERP says yes to all that waits."""
        for (document, revision), (_, _, change) in list(self._changes.items()):
            if change.state == "delivered":
                self.settle(document, "confirmed", external=f"F-{change.number}", revision=revision)

    # What a device calls.

    def ping(self, nonce: str) -> Pong:
        with self._call("ping"):
            return Pong(nonce=nonce, server=self.server, epoch=self.epoch, time=datetime.now(UTC), protocol=VERSION)

    def sign_in(self, request: SignIn) -> Session:
        with self._call("sign_in"):
            code = next((code for code in self._passwords if code.lower() == request.rep.lower()), "")
            if not code or self._passwords[code] != request.password:
                raise problem(401, Code.BAD_CREDENTIALS, "Wrong name or password")
            self._codes.setdefault(request.device, f"{len(self._codes) + 16:02X}")
            return self._session(code, request.device, "")

    def refresh(self, request: Refresh) -> Session:
        with self._call("refresh"):
            if request.refresh_token not in self._refresh:
                raise _sign_in()
            return self._session(*self._refresh[request.refresh_token], request.refresh_token)

    def sign_out(self, token: str) -> None:
        with self._call("sign_out"):
            who = self._who(token)
            for tokens in (self._access, self._refresh):
                for ended in [each for each, owner in tokens.items() if owner == who]:
                    del tokens[ended]

    def post_documents(self, token: str, batch: Batch) -> Answers:
        with self._call("post_documents"):
            rep, _ = self._who(token)
            order = sorted(range(len(batch.documents)), key=lambda place: batch.documents[place].kind != "customer")
            answers = {place: self._take(rep, batch.documents[place]) for place in order}
            return Answers(answers=tuple(answers[place] for place in range(len(answers))))

    def document_changes(self, token: str, cursor: str, contact: str = "", unsent: int = -1) -> DocumentChanges:
        with self._call("document_changes"):
            rep, device = self._who(token)
            since = int(cursor or 0)
            mine = sorted((number, change) for number, owner, change in self._changes.values() if owner == rep)
            fresh = [(number, change) for number, change in mine if number > since]
            page = fresh[:MOST]
            onward = str(page[-1][0] if page else since)
            return DocumentChanges(
                changes=tuple(change for _, change in page),
                cursor=onward,
                more=len(fresh) > MOST,
                contact=uuid7(),
                installation=self._codes[device],
            )

    def manifest(self, token: str, schema: int) -> Manifest:
        with self._call("manifest"):
            rep, _ = self._who(token)
            if schema != replica.SCHEMA:
                raise problem(400, Code.UNKNOWN_SCHEMA, "Unknown schema")
            view = self._view(rep) | {table.name: {} for table in replica.REP_PART}
            plain = file_of(view)
            packed = zstandard.compress(plain)
            name = sha256(packed).hexdigest()
            self._files[name] = packed
            return Manifest(
                sha256=name,
                bytes=len(packed),
                unpacked_bytes=len(plain),
                schema=schema,
                cursor=self._stands(rep, view, "first"),
            )

    def file(self, token: str, sha256: str, start: int = 0) -> Iterator[bytes]:
        with self._call("file"):
            self._who(token)
            if sha256 not in self._files:
                raise problem(404, Code.NOT_FOUND, "No such file")
            rest = self._files[sha256][start:]
            return iter([rest[at : at + PIECE] for at in range(0, len(rest), PIECE)])

    def catalogue_changes(self, token: str, cursor: str, limit: int) -> CatalogueChanges:
        with self._call("catalogue_changes"):
            rep, _ = self._who(token)
            if cursor not in self._walks:
                if cursor not in self._views or self._views[cursor][0] != rep:
                    raise problem(410, Code.CURSOR_GONE, "Start again")
                view = self._view(rep)
                self._walks[cursor] = Walk(difference(self._views[cursor][1], view), view)
                self._walks[cursor].changes.append(("", "", None))  # so that the last page is never a middle one
            return self._page(rep, cursor, max(1, min(limit, MOST_ROWS)))

    def stock(self, token: str, sku: str) -> LiveStock:
        with self._call("stock"):
            rep, _ = self._who(token)
            view = self._view(rep)
            if sku not in view["products"]:
                raise problem(404, Code.NOT_FOUND, "No such product")
            row = view["stock"].get(sku)
            if row is None:
                return LiveStock(sku=sku, quantity=None, counted_at=None)
            return LiveStock(sku=sku, quantity=Decimal(row[1]), counted_at=moment(row[2]))

    def media(self, token: str, sha256: str) -> bytes:
        with self._call("media"):
            self._who(token)
            raise problem(404, Code.NOT_FOUND, f"No picture {sha256}")

    def carts(self, token: str) -> HandedCarts:
        with self._call("carts"):
            return self._carts.told(self._who(token))

    def hand_over(self, token: str, request: HandOver) -> HandedOver:
        with self._call("hand_over"):
            return self._carts.keep(self._who(token), request)

    def take_cart(self, token: str, handover: str) -> TakenCart:
        with self._call("take_cart"):
            return self._carts.take(self._who(token), handover)

    # How it does it.

    def _call(self, name: str) -> _Call:
        self.calls.append(name)
        fault = self.faults[0] if self.faults and self.faults[0].call == name else None
        if fault is not None:
            self.faults.popleft()
            if not fault.after:
                raise fault.error
        return _Call(fault)

    def _session(self, rep: str, device: str, shown: str) -> Session:
        """The token that was shown stays good until the one it leads to is shown."""
        owner = (rep, device)
        refresh = self._renewals.setdefault(shown, uuid7()) if shown else uuid7()
        for token in [each for each, theirs in self._refresh.items() if theirs == owner and each != shown]:
            del self._refresh[token]
        access = uuid7()
        self._access[access], self._refresh[refresh] = owner, owner
        return Session(
            access_token=access,
            access_seconds=900,
            refresh_token=refresh,
            server=self.server,
            epoch=self.epoch,
            rep=rep,
            rep_name=f"{rep.title()} of Sales",
            company="Testers & Co",
            installation=self._codes[device],
            office_key="",
        )

    def _who(self, token: str) -> tuple[str, str]:
        if token not in self._access:
            raise _sign_in()
        return self._access[token]

    def _take(self, rep: str, envelope: Envelope) -> Answer:
        named = {"id": envelope.id, "revision": envelope.revision}
        known = self._documents.get((envelope.id, envelope.revision))
        if known is not None and known[1].sha256 == envelope.sha256:
            return known[1]
        if known is not None:
            return Refused(**named, code="other_content", words="Known with other content.", sha256=known[1].sha256)
        try:
            body = bodies.decode(envelope.kind, envelope.body)
        except bodies.UnknownKindError as error:
            return Later(**named, seconds=3600, words=str(error))
        except ValueError as error:
            return Refused(
                **named, code="unreadable", words=str(error), field=str(error).rpartition("$.")[2].strip("`")
            )
        if isinstance(body, bodies.OrderBody) and body.customer.id not in self._view(rep)["customers"]:
            return self._without_customer(named, body.customer.id)
        if isinstance(body, bodies.CustomerBody):
            row = (body.id, "", body.company, body.price_list, body.payment_terms, "", "", "", rep)
            self._rows["customers"][body.id] = row
        return self._put(rep, envelope, body)

    def _without_customer(self, named: dict, customer: str) -> Answer:
        if customer in self._rows["customers"] or "-" not in customer:
            return Refused(**named, code="not_your_customer", words="Not among your customers.", field="customer.id")
        return Later(**named, seconds=5, words="Its customer has not come yet.")

    def _put(self, rep: str, envelope: Envelope, body: bodies.Body) -> Taken:
        assert envelope.sha256 == fingerprint(envelope.body)
        receipt = Taken(
            id=envelope.id,
            revision=envelope.revision,
            sha256=envelope.sha256,
            server=self.server,
            epoch=self.epoch,
            sequence=next(self._numbers),
        )
        self._documents[envelope.id, envelope.revision] = (rep, receipt)
        self._tell(
            rep,
            DocumentChange(
                id=envelope.id,
                revision=envelope.revision,
                kind=envelope.kind,
                state="delivered",
                at=datetime.now(UTC),
                number=body.number,
            ),
        )
        return receipt

    def _tell(self, rep: str, change: DocumentChange) -> None:
        self._changes[change.id, change.revision] = (next(self._numbers), rep, change)

    def _view(self, rep: str) -> View:
        view = {name: dict(rows) for name, rows in self._rows.items()}
        view["customers"] = {key: row for key, row in view["customers"].items() if row[-1] == rep}
        lists = {row[3] for row in view["customers"].values()}
        lists |= {key for key, row in view["price_lists"].items() if row[4]}
        view["price_lists"] = {key: row for key, row in view["price_lists"].items() if key in lists}
        view["prices"] = {key: row for key, row in view["prices"].items() if row[1] in lists}
        shown = {row[2] for row in view["prices"].values()}
        view["products"] = {key: row for key, row in view["products"].items() if key in shown}
        view["stock"] = {key: row for key, row in view["stock"].items() if key in shown}
        return view

    def _stands(self, rep: str, view: View, word: str) -> str:
        cursor = f"{word}-{next(self._numbers)}"
        self._views[cursor] = (rep, view)
        return cursor

    def _page(self, rep: str, cursor: str, limit: int) -> CatalogueChanges:
        walk = self._walks[cursor]
        page, rest = walk.changes[:limit], walk.changes[limit:]
        tables = [table.name for table in replica.TABLES]
        upserts = {name: [row for table, _, row in page if table == name and row is not None] for name in tables}
        deletions = {name: [key for table, key, row in page if table == name and row is None] for name in tables}
        if rest:
            onward = self._stands(rep, walk.view, "walk")
            self._walks[onward] = Walk(rest, walk.view)
        else:
            onward = self._stands(rep, walk.view, "after")
        same = walk.view == self._view(rep) and not rest
        return CatalogueChanges(
            upserts=tuple(TableRows(table=name, rows=tuple(rows)) for name, rows in upserts.items() if rows),
            deletions=tuple(TableKeys(table=name, keys=tuple(keys)) for name, keys in deletions.items() if keys),
            cursor=onward,
            more=bool(rest),
            remaining=len(rest),
            digests=tuple(replica.digest(t, walk.view[t.name].values()) for t in replica.TABLES) if same else (),
        )


class _Call:
    """Loses the answer of a call that took effect, where a fault says so."""

    def __init__(self, fault: Fault | None) -> None:
        self._fault = fault

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        if self._fault is not None:
            raise self._fault.error


def _sign_in() -> ProblemError:
    return problem(401, Code.SIGN_IN_NEEDED, "Sign in first")
