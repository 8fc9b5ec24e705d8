"""What the office's screen can ask for: every service over one store."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.domain.clock import Clock
from wizterm.domain.ids import NewId
from wizterm.server.archive import Archive
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.device_list import DeviceList
from wizterm.server.office_users import OfficeUsers
from wizterm.server.overview import Overview, overview
from wizterm.server.passwords import Passwords
from wizterm.server.reps import Reps
from wizterm.server.store.store import Store


@dataclass(frozen=True, slots=True)
class Office:
    store: Store
    archive: Archive
    deliveries: DeliveryDesk
    devices: DeviceList
    reps: Reps
    users: OfficeUsers

    def overview(self) -> Overview:
        return overview(self.store)


def open_office(store: Store, passwords: Passwords, *, clock: Clock, new_id: NewId) -> Office:
    return Office(
        store=store,
        archive=Archive(store),
        deliveries=DeliveryDesk(store, clock=clock, new_id=new_id),
        devices=DeviceList(store),
        reps=Reps(store, passwords),
        users=OfficeUsers(store, passwords, clock=clock, new_id=new_id),
    )
