"""What the ERP calls an item, a fee or a customer, where it does not know them by our name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wizterm.domain.nearest import did_you_mean
from wizterm.protocol.bodies import Body, OrderBody
from wizterm.server.deciding import Deciding, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.prepared import Question, prepared
from wizterm.server.store.store import Store
from wizterm.server.store.translating import Mapping


class MappingError(OfficeError):
    """It cannot be mapped so; the message says why, or where to look."""


class MapKind(StrEnum):
    ITEM = "item"
    """Also a fee, by its code."""
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Mapped:
    kind: MapKind
    ours: str
    theirs: str
    name: str = ""
    """Of a customer, whose own is an id: number and name, where the list gives them."""


class Mappings:
    """For the office: a delivery that was refused as unknown goes on when it is tried again."""

    def __init__(self, store: Store, by: Deciding) -> None:
        self._store = store
        self._by = by

    def put(self, kind: MapKind, ours: str, theirs: str) -> Mapped:
        """Call it so from now on. A customer is named by number or public id."""
        if not (theirs := theirs.strip()):
            raise MappingError("Say what the ERP calls it.")
        with self._by.decide(Role.CLERK, f"mapped the {kind}", ours, theirs):
            ours = _ours(kind, ours)
            _forget(kind, ours)
            Mapping.create(kind=kind, ours=ours, theirs=theirs)
        return Mapped(kind, ours, theirs)

    def remove(self, kind: MapKind, ours: str) -> Mapped:
        """Both call it alike from now on."""
        with self._by.decide(Role.CLERK, f"unmapped the {kind}", ours):
            if not _forget(kind, _ours(kind, ours)):
                known = [row[0] for row in rows(Mapping.select(Mapping.ours).where(Mapping.kind == kind))]
                hint = did_you_mean(ours, known)
                raise MappingError(f"No {kind} {ours[:40]!r} is mapped: `admin mappings list` shows what is.{hint}")
        return Mapped(kind, ours, "")

    def all(self) -> tuple[Mapped, ...]:
        with self._store.reading():
            found = rows(
                Mapping.select(Mapping.kind, Mapping.ours, Mapping.theirs).order_by(Mapping.kind, Mapping.ours)
            )
            names = _customers([ours for kind, ours, _ in found if kind == MapKind.CUSTOMER])
        return tuple(
            Mapped(MapKind(kind), ours, theirs, names.get(ours, "") if kind == MapKind.CUSTOMER else "")
            for kind, ours, theirs in found
        )


def of(kind: MapKind, ours: Collection[str]) -> dict[str, str]:
    """Their names by ours, of those that are mapped; needs a transaction."""
    return dict(_mapped(str(kind), sorted(set(ours))))


def asked(kind: MapKind, ours: Collection[str]) -> Question:
    """For ours and theirs, to be asked together with other questions."""
    return _mapped.of(str(kind), sorted(set(ours)))


@prepared
def _mapped(kind: Any, ours: Any) -> Any:
    return Mapping.select(Mapping.ours, Mapping.theirs).where((Mapping.kind == kind) & Mapping.ours.in_(ours))


def asked_for_items(body: Body) -> Question:
    """For those of a document's items and fees that are mapped."""
    if not isinstance(body, OrderBody):
        return asked(MapKind.ITEM, ())
    return asked(MapKind.ITEM, {*(line.sku for line in body.lines), *(fee.code for fee in body.fees)})


def _customers(wanted: Collection[str]) -> dict[str, str]:
    """Number and name by public id."""
    parts = [column("customers", name) for name in ("id", "number", "name")]
    found = rows(MIRROR["customers"].select(*parts).where(parts[0].in_(wanted))) if wanted else []
    return {id_: f"{number} {name}".strip() for id_, number, name in found}


def _forget(kind: MapKind, ours: str) -> int:
    return int(Mapping.delete().where((Mapping.kind == kind) & (Mapping.ours == ours)).execute())


def _ours(kind: MapKind, named: str) -> str:
    """A customer's public id by the company's number, where one bears it."""
    if kind is not MapKind.CUSTOMER:
        return named
    wanted = (column("customers", "number") == named) & ~MIRROR["customers"].deleted
    found = rows(MIRROR["customers"].select(column("customers", "id")).where(wanted))
    return found[0][0] if found else named
