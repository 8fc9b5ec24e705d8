"""Reps, as the office sets them up."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from wizterm.domain.limits import RepLimits
from wizterm.domain.nearest import did_you_mean
from wizterm.server import approvals
from wizterm.server.deciding import Deciding, Role
from wizterm.server.mail.addresses import AddressError, address
from wizterm.server.office_error import OfficeError
from wizterm.server.passwords import Passwords
from wizterm.server.price_list_book import check_lists
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import Assignment
from wizterm.server.store.people import Device, Rep
from wizterm.server.store.store import Store
from wizterm.server.store.together import together
from wizterm.server.store.writing import Writing

_CODE = re.compile(r"[A-Za-z0-9]{1,10}")
SHORTEST_PASSWORD = 8
NO_LIMITS = RepLimits()
NOTHING: Mapping[str, Any] = MappingProxyType({})


class RepError(OfficeError):
    """The rep cannot be set up so; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class RepLine:
    """A rep as a list shows them."""

    code: str
    name: str
    active: bool
    customers: int
    devices: int
    lists: tuple[str, ...]
    email: str = ""
    limits: RepLimits = NO_LIMITS


class Reps:
    def __init__(self, store: Store, by: Deciding, passwords: Passwords) -> None:
        self._store = store
        self._by = by
        self._passwords = passwords

    def add(
        self,
        code: str,
        name: str,
        password: str,
        lists: Sequence[str] = (),
        limits: RepLimits = NO_LIMITS,
        *,
        email: str | None = None,
    ) -> None:
        """A new rep, or an old one with new name, password, lists and limits; without an address the old one stays."""
        _check(code, name, password)
        mail = {} if email is None else {"email": _address(email)}
        hashed = self._passwords.hash(password)
        with self._by.decide(Role.ADMIN, "set up the rep", code, name) as decision:
            writing = decision.writing
            check_lists(list(lists))
            standing = Rep.get_or_none(Rep.login == code.lower())
            values = {"name": name, "password": hashed, "lists": json.dumps(sorted(lists)), "active": True} | mail
            if standing is None:
                Rep.create(code=code, login=code.lower(), **values)
            else:
                Rep.update(values).where(Rep.code == standing.code).execute()
            known = code if standing is None else standing.code
            approvals.allow(writing, known, limits)
            approvals.introduce(writing, known)
            writing.catalogue_changed()

    def change(
        self, code: str, *, name: str = "", lists: Sequence[str] | None = None, limits: Mapping[str, Any] = NOTHING
    ) -> RepLine:
        """What is given, and nothing else: an empty name and limits that are not named stay as they are."""
        with self._by.decide(Role.ADMIN, "changed the rep") as decision:
            rep = _one(code)
            decision.about = rep.code
            given = ["name"] * bool(name.strip()) + ["lists"] * (lists is not None)
            decision.words = ", ".join([*given, *(each.replace("_", " ") for each in limits)])
            if lists is not None:
                check_lists(list(lists))
                rep.lists = json.dumps(sorted(lists))
            rep.name = name.strip() or rep.name
            rep.save()
            approvals.allow(decision.writing, rep.code, replace(_limits(rep.code), **limits))
            decision.writing.catalogue_changed()
            return _line(rep)

    def one(self, code: str) -> RepLine:
        with self._store.reading():
            return _line(_one(code))

    def give_password(self, code: str, password: str) -> str:
        """Another password; what the rep is signed in to stays open. Gives the code as the company writes it."""
        _check_password(password)
        hashed = self._passwords.hash(password)
        with self._by.decide(Role.ADMIN, "gave a new password to the rep") as decision:
            decision.about = _change(code, password=hashed)
            return decision.about

    def write_to(self, code: str, email: str) -> None:
        """Mails about the rep's orders go there; an empty address ends that."""
        checked = _address(email)
        with self._by.decide(Role.ADMIN, "gave an address to the rep", words=checked) as decision:
            decision.about = _change(code, email=checked)

    def shut_out(self, code: str) -> None:
        """The rep's devices are out at once; documents already taken stay."""
        self._turn(code, active=False)

    def let_in(self, code: str) -> None:
        self._turn(code, active=True)

    def all(self) -> tuple[RepLine, ...]:
        with self._store.reading():
            return tuple(_line(rep) for rep in Rep.select().order_by(Rep.code))

    def _turn(self, code: str, *, active: bool) -> None:
        with self._by.decide(Role.ADMIN, "let in the rep" if active else "shut out the rep") as decision:
            decision.about = _change(code, active=active)
            decision.writing.catalogue_changed()


def _change(code: str, **values: object) -> str:
    """The code as the company writes it."""
    rep = _one(code)
    Rep.update(values).where(Rep.code == rep.code).execute()
    return rep.code


def _one(code: str) -> Rep:
    rep: Rep | None = Rep.get_or_none(Rep.login == code.lower())
    if rep is None:
        hint = did_you_mean(code, [row[0] for row in rows(Rep.select(Rep.code))])
        raise RepError(f"There is no rep {code[:24]!r}: `admin reps list` shows the codes.{hint}")
    return rep


def names(rep: str) -> tuple[str, ...]:
    """Price lists the rep may give beyond those of the rep's customers."""
    found = Rep.get_or_none(Rep.code == rep)
    return tuple(json.loads(found.lists)) if found is not None else ()


def code_of(written: str) -> str:
    """The code as the company writes it; empty where nobody has it."""
    found = Rep.get_or_none((Rep.login == written.strip().lower()) & Rep.active)
    return found.code if found is not None else ""


def assign(writing: Writing, rep: str, customer: str) -> None:
    """Make the customer the rep's too, if they are not yet."""
    standing = Assignment.get_or_none((Assignment.rep == rep) & (Assignment.customer == customer))
    if standing is not None and standing.active:
        return
    Assignment.insert(rep=rep, customer=customer, seq=writing.number, active=True).on_conflict(
        conflict_target=[Assignment.rep, Assignment.customer], update={"seq": writing.number, "active": True}
    ).execute()
    writing.catalogue_changed()


def _line(rep: Rep) -> RepLine:
    customers = Assignment.select().where((Assignment.rep == rep.code) & Assignment.active).count()
    devices = Device.select().where(Device.rep == rep.code).count()
    return RepLine(
        code=rep.code,
        name=rep.name,
        active=rep.active,
        customers=customers,
        devices=devices,
        lists=tuple(json.loads(rep.lists)),
        email=rep.email,
        limits=_limits(rep.code),
    )


def _limits(code: str) -> RepLimits:
    limits: RepLimits = together(approvals.limits_book([code]))[0][code]
    return limits


def _address(email: str) -> str:
    try:
        return address(email).addr_spec if email.strip() else ""
    except AddressError as error:
        raise RepError(str(error)) from error


def _check(code: str, name: str, password: str) -> None:
    if not _CODE.fullmatch(code):
        raise RepError(f"{code[:24]!r} is not a code for a rep: expected 1 to 10 letters and digits, such as KIM.")
    if not name.strip():
        raise RepError("The rep needs a name.")
    _check_password(password)


def _check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise RepError(f"The password is too short: expected at least {SHORTEST_PASSWORD} characters.")
