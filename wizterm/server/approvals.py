"""Discounts beyond a rep's limit: who may allow them, the codes read over the telephone, and the check of both."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from wizterm.domain.approval import Approval, How, bare, half, pin_mac, request_code, spoken_code
from wizterm.domain.limits import RepLimits
from wizterm.domain.nearest import did_you_mean
from wizterm.protocol.catalogue import Value
from wizterm.protocol.pins import Pin
from wizterm.protocol.replica import BY_NAME
from wizterm.server.deciding import Deciding, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.store import ledger
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.people import Manager, Rep
from wizterm.server.store.prepared import prepared
from wizterm.server.store.store import Store
from wizterm.server.store.together import Asking
from wizterm.server.store.upserting import take_away, upsert
from wizterm.server.store.writing import Writing

SECRET = "approvals_secret"  # noqa: S105 - the name of a fact


class ApprovalError(OfficeError):
    """What was asked cannot be approved so; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class ManagerLine:
    code: str
    name: str
    most: str
    """Percent; empty for any."""


class Managers:
    def __init__(self, store: Store, by: Deciding) -> None:
        self._store = store
        self._by = by

    def add(self, code: str, name: str, pin: Pin, most: Decimal | None = None) -> None:
        """A new manager, or an old one with another name, PIN and limit; every rep's devices hear of it."""
        if not code.isalnum() or not name.strip():
            raise ApprovalError(f"{code[:24]!r} is not a code for a manager: expected letters and digits, and a name.")
        with self._by.decide(Role.ADMIN, "set up the manager", code, name) as decision:
            values = {"name": name, "key": pin.key, "pin_hash": pin.hash, "salt": pin.salt, "most": _text(most)}
            Manager.insert(code=code, **values).on_conflict(conflict_target=[Manager.code], update=values).execute()
            for (rep,) in rows(Rep.select(Rep.code)):
                introduce(decision.writing, rep)

    def remove(self, code: str) -> None:
        with self._by.decide(Role.ADMIN, "removed the manager", code) as decision:
            if not Manager.delete().where(Manager.code == code).execute():
                raise _no_manager(code)
            theirs = MIRROR["approvers"].select(column("approvers", "id")).where(column("approvers", "code") == code)
            take_away(decision.writing, BY_NAME["approvers"], [row[0] for row in rows(theirs)])

    def all(self) -> tuple[ManagerLine, ...]:
        with self._store.reading():
            return tuple(
                ManagerLine(each.code, each.name, each.most) for each in Manager.select().order_by(Manager.code)
            )

    def code(self, request: str, rep: str, percent: Decimal, manager: str) -> str:
        """The digits to read out for what a rep has read out; codes of people may come in small letters."""
        with self._by.decide(Role.CLERK, "gave a code for", request) as decision:
            known, rep = _manager(manager), _rep(rep)
            decision.words = f"{percent.normalize():f} % to {rep}, by {known.code}"
            if len(bare(request)) != len(bare(request_code(""))):
                raise ApprovalError(f"{request[:24]!r} is no request: expected eight signs such as 7K2M-9XQ4.")
            if known.most and percent > Decimal(known.most):
                raise ApprovalError(f"{known.code} may allow at most {known.most} %.")
            return spoken_code(device_key(rep), office_key(), request, percent, known.code)


def _manager(wanted: str) -> Manager:
    """Whoever has exactly this code, or else the one whose code differs in capitals alone."""
    alike = [each for each in Manager.select() if each.code.casefold() == wanted.strip().casefold()]
    found = [each for each in alike if each.code == wanted] or alike
    if len(found) != 1:
        raise _no_manager(wanted)
    return found[0]


def _rep(wanted: str) -> str:
    """The code as the company writes it."""
    found = Rep.get_or_none(Rep.login == wanted.strip().lower())
    if found is None:
        hint = did_you_mean(wanted, [row[0] for row in rows(Rep.select(Rep.code))])
        raise ApprovalError(f"There is no rep {wanted[:24]!r}: `admin reps list` shows the codes.{hint}")
    return str(found.code)


def _no_manager(code: str) -> ApprovalError:
    hint = did_you_mean(code, [row[0] for row in rows(Manager.select(Manager.code))])
    return ApprovalError(f"There is no manager {code[:24]!r}: `admin managers list` shows the codes.{hint}")


def introduce(writing: Writing, rep: str) -> None:
    """Tell the rep's devices which managers can approve."""
    known = rows(Manager.select(Manager.code, Manager.name, Manager.pin_hash, Manager.salt, Manager.most))
    told: list[tuple[Value, ...]] = [(f"{rep}|{row[0]}", rep, *row) for row in known]
    upsert(writing, BY_NAME["approvers"], told)


def allow(writing: Writing, rep: str, limits: RepLimits) -> None:
    """Tell the rep's devices what the rep may do alone."""
    row: tuple[Value, ...] = (
        rep,
        _text(limits.most_line_discount),
        _text(limits.most_cart_discount),
        int(limits.may_type_prices),
        int(limits.may_switch_lists),
        device_key(rep).hex(),
        int(limits.may_credit),
    )
    upsert(writing, BY_NAME["rep_limits"], [row])


def limits_book(reps: Collection[str]) -> Asking[dict[str, RepLimits]]:
    """What each of them may do alone."""
    (found,) = yield (_limits.of([*reps]),)
    limited = {
        rep: RepLimits(_amount(line), _amount(cart), bool(types), bool(switches), bool(credits_))
        for rep, line, cart, types, switches, credits_ in found
    }
    return {rep: limited.get(rep, RepLimits()) for rep in reps}


@prepared
def _limits(reps: Any) -> Any:
    names = ("rep", "most_line_discount", "most_cart_discount", "may_type_prices", "may_switch_lists", "may_credit")
    wanted = MIRROR["rep_limits"].select(*(column("rep_limits", name) for name in names))
    return wanted.where(column("rep_limits", "rep").in_(reps))


def is_genuine(approval: Approval, document: str, revision: int) -> bool:
    """Whether the manager it names gave it for this document; as the store is in the caller's transaction."""
    known = Manager.get_or_none(Manager.code == approval.approver)
    if known is None or (known.most and approval.percent > Decimal(known.most)):
        return False
    if approval.how == How.PIN:
        expected = pin_mac(bytes.fromhex(known.key), document, revision, approval.percent, approval.approver)
        return hmac.compare_digest(expected, approval.mac)
    expected = half(office_key(), request_code(document, revision), approval.percent, approval.approver)
    return hmac.compare_digest(expected, bare(approval.mac)[-len(expected) :])


def device_key(rep: str) -> bytes:
    """What a rep's devices check the first half of a code with."""
    return _derived(f"device/{rep}")


def office_key() -> bytes:
    """What makes the second half; it never leaves the server."""
    return _derived("office")


def _derived(purpose: str) -> bytes:
    return hmac.new(bytes.fromhex(ledger.fact(SECRET)), purpose.encode(), sha256).digest()


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
