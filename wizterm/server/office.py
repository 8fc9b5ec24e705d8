"""What the office's screen can ask for: every service over one store, for one person."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.domain.clock import Clock
from wizterm.domain.ids import NewId
from wizterm.server.approvals import Managers
from wizterm.server.archive import Archive
from wizterm.server.code_desk import CodeDesk
from wizterm.server.customer_book import CustomerBook
from wizterm.server.deciding import SIGNED_IN, Actor, Deciding, Role
from wizterm.server.decisions import Decisions
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.device_list import DeviceList
from wizterm.server.doubt_desk import DoubtDesk
from wizterm.server.mappings import Mappings
from wizterm.server.office_sign_in import OfficeSignIn
from wizterm.server.office_users import OfficeUsers
from wizterm.server.overview import Overview, overview
from wizterm.server.passwords import Passwords
from wizterm.server.price_list_book import PriceLists
from wizterm.server.reps import Reps
from wizterm.server.session_list import Sessions
from wizterm.server.store.store import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """How everything is just now, and what the person may do about it."""

    role: Role
    overview: Overview


@dataclass(frozen=True, slots=True)
class Office:
    store: Store
    actor: Actor
    by: Deciding
    archive: Archive
    decisions: Decisions
    deliveries: DeliveryDesk
    doubts: DoubtDesk
    codes: CodeDesk
    devices: DeviceList
    reps: Reps
    managers: Managers
    customers: CustomerBook
    mappings: Mappings
    price_lists: PriceLists
    sessions: Sessions
    users: OfficeUsers

    def standing(self) -> Standing:
        """Raises `SignedOutError` where the person may see nothing more."""
        with self.store.reading():
            role = self.by.role()
        return Standing(role, overview(self.store))


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody has come in."""

    office: Office
    role: Role


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody comes into the office."""

    store: Store
    passwords: Passwords
    clock: Clock
    new_id: NewId

    def sign_in(self, name: str, password: str) -> Visit:
        """Whoever can say both; the record says when they came."""
        actor = OfficeSignIn(self.store, self.passwords, clock=self.clock, new_id=self.new_id).sign_in(name, password)
        office = self.let_in(actor)
        with office.by.decide(Role.VIEWER, SIGNED_IN) as decision:
            return Visit(office, decision.role)

    def let_in(self, actor: Actor) -> Office:
        """The office, for whoever has signed in or works on the server's own host."""
        store, clock, new_id = self.store, self.clock, self.new_id
        by = Deciding(store, actor, clock=clock, new_id=new_id)
        return Office(
            store=store,
            actor=actor,
            by=by,
            archive=Archive(store),
            decisions=Decisions(store),
            deliveries=DeliveryDesk(store, by, clock=clock, new_id=new_id),
            doubts=DoubtDesk(store, by),
            codes=CodeDesk(by, clock=clock, new_id=new_id),
            devices=DeviceList(store, by),
            reps=Reps(store, by, self.passwords),
            managers=Managers(store, by),
            customers=CustomerBook(store, by),
            mappings=Mappings(store, by),
            price_lists=PriceLists(store),
            sessions=Sessions(store, by, clock),
            users=OfficeUsers(store, by, self.passwords),
        )
