"""Roles hold in the services themselves, and every decision bears the name of who made it."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.documents_making import code, order
from tests.support.store_office import PASSWORD, QUICK, decided_here
from wizterm.connectors.base import UNKNOWN_ITEM, Refused
from wizterm.protocol.pins import new_pin
from wizterm.server import deciding
from wizterm.server.approvals import Managers
from wizterm.server.code_desk import CodeDesk
from wizterm.server.customer_book import CustomerBook
from wizterm.server.deciding import Deciding, NotAllowedError, Role
from wizterm.server.decisions import Decisions
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.device_list import DeviceList
from wizterm.server.doubt_desk import DoubtDesk
from wizterm.server.mappings import MapKind, Mappings
from wizterm.server.office import Door
from wizterm.server.office_users import OfficeUsers
from wizterm.server.reps import Reps
from wizterm.server.session_list import Sessions

LONG = "quite a long one"
SERVER = Path(deciding.__file__).parent
CHANGES = {
    "retry": (Role.CLERK, lambda each: each.desk.retry(each.number)),
    "hold": (Role.CLERK, lambda each: each.desk.hold(each.number)),
    "release": (Role.CLERK, lambda each: each.desk.release(each.number)),
    "give up": (Role.CLERK, lambda each: each.desk.give_up(each.number, "No longer made.")),
    "map an item": (Role.CLERK, lambda each: each.desk.map_item(each.number, "MUG", "M-1")),
    "map a customer": (Role.CLERK, lambda each: each.desk.map_customer(each.number, "10412")),
    "put a mapping": (Role.CLERK, lambda each: Mappings(*each.over).put(MapKind.ITEM, "MUG", "M-1")),
    "remove a mapping": (Role.CLERK, lambda each: Mappings(*each.over).remove(MapKind.ITEM, "TRAY")),
    "see doubts": (Role.CLERK, lambda each: DoubtDesk(*each.over).seen(each.number)),
    "accept a code": (Role.CLERK, lambda each: each.codes.accept(each.suggestion)),
    "decline a code": (Role.CLERK, lambda each: each.codes.decline(each.suggestion, "It is the carton.")),
    "assign": (Role.CLERK, lambda each: CustomerBook(*each.over).assign("C1", "LEE")),
    "unassign": (Role.CLERK, lambda each: CustomerBook(*each.over).unassign("C1", "KIM")),
    "give a code": (
        Role.CLERK,
        lambda each: Managers(*each.over).code("7K2M-9XQ4", "KIM", Decimal(15), "BOSS"),
    ),
    "shut out a device": (Role.ADMIN, lambda each: DeviceList(*each.over).revoke(each.device)),
    "let in a device": (Role.ADMIN, lambda each: DeviceList(*each.over).let_in(each.device)),
    "end a sign-in": (Role.ADMIN, lambda each: Sessions(*each.over, each.clock).revoke("KIM")),
    "set up a rep": (Role.ADMIN, lambda each: Reps(*each.over, QUICK).add("EVE", "Eve", PASSWORD)),
    "write to a rep": (Role.ADMIN, lambda each: Reps(*each.over, QUICK).write_to("KIM", "kim@x.example")),
    "shut out a rep": (Role.ADMIN, lambda each: Reps(*each.over, QUICK).shut_out("KIM")),
    "let in a rep": (Role.ADMIN, lambda each: Reps(*each.over, QUICK).let_in("KIM")),
    "set up a manager": (Role.ADMIN, lambda each: Managers(*each.over).add("MAX", "Max", each.pin)),
    "remove a manager": (Role.ADMIN, lambda each: Managers(*each.over).remove("BOSS")),
    "set up a user": (Role.ADMIN, lambda each: OfficeUsers(*each.over, QUICK).add("Bea", LONG)),
    "give a user a password": (Role.ADMIN, lambda each: OfficeUsers(*each.over, QUICK).give_password("cy", LONG)),
    "change a rep": (Role.ADMIN, lambda each: Reps(*each.over, QUICK).change("KIM", name="Kim")),
    "give a rep a password": (Role.ADMIN, lambda each: Reps(*each.over, QUICK).give_password("KIM", LONG)),
    "give a role": (Role.ADMIN, lambda each: OfficeUsers(*each.over, QUICK).give_role("cy", Role.ADMIN)),
    "remove a user": (Role.ADMIN, lambda each: OfficeUsers(*each.over, QUICK).remove("cy")),
}
"""Whatever the office can change, and the role it takes."""
BELOW = {Role.CLERK: Role.VIEWER, Role.ADMIN: Role.CLERK}


SUGGESTION = "KIM-7F-0999"


class Desk:
    """What one person of the office can do."""

    def __init__(self, house, actor, number, device):
        by = Deciding(house.company.store, actor, clock=house.clock, new_id=iter(f"by-{n}" for n in range(99)).__next__)
        self.over = (house.company.store, by)
        self.clock, self.number, self.device = house.clock, number, device
        self.desk = DeliveryDesk(*self.over, clock=house.clock, new_id=iter(f"event-{n}" for n in range(99)).__next__)
        self.codes = CodeDesk(by, clock=house.clock, new_id=iter(f"code-{n}" for n in range(99)).__next__)
        self.suggestion = SUGGESTION
        self.pin = new_pin("135790", time_cost=1, memory_kib=8)


@pytest.fixture
def person(house, kim):
    """Somebody with a role, over a refused order, a manager, a mapping and a colleague."""
    store = house.company.store
    here = decided_here(store)
    OfficeUsers(store, here, QUICK).add("Cy", LONG)
    Managers(store, here).add("BOSS", "Bo", new_pin("135790", time_cost=1, memory_kib=8))
    Mappings(store, here).put(MapKind.ITEM, "TRAY", "T-1")
    document = order(kim, "C1")
    house.erp.answers.append(Refused("There is no MUG.", "lines[0].sku", UNKNOWN_ITEM))
    house.post(kim, document, code(kim, "04012345678901", "MUG", number=SUGGESTION))
    house.deliver()

    def person(role):
        OfficeUsers(store, here, QUICK).add("Ada", LONG, role)
        door = Door(store, QUICK, clock=house.clock, new_id=iter(f"door-{n}" for n in range(99)).__next__)
        return Desk(house, door.sign_in("ada", LONG).office.actor, document.number, kim.installation)

    return person


def decided_by_ada(house):
    return [line for line in Decisions(house.company.store).newest(who="Ada") if line.did != "signed in"]


@pytest.mark.parametrize("what", CHANGES)
def test_whose_role_does_not_cover_it_is_refused_and_nothing_is_written_down(house, person, what):
    least, change = CHANGES[what]
    ada = person(BELOW[least])
    with pytest.raises(NotAllowedError, match=f"takes the role {least}, and yours is {BELOW[least]}"):
        change(ada)
    assert decided_by_ada(house) == []


@pytest.mark.parametrize("what", [what for what in CHANGES if what not in {"hold", "release"}])
def test_whoever_may_do_it_stands_in_the_record(house, person, what):
    least, change = CHANGES[what]
    change(person(least))
    assert {(line.who, line.role) for line in decided_by_ada(house)} == {("Ada", least)}


def test_what_was_not_done_is_not_written_down(house, person):
    ada = person(Role.ADMIN)
    with pytest.raises(ValueError, match="There is no rep"):
        Reps(*ada.over, QUICK).shut_out("NIX")
    assert decided_by_ada(house) == []


def test_a_document_tells_who_decided_what_about_it(house, person):
    ada = person(Role.CLERK)
    ada.desk.retry(ada.number)
    ada.desk.hold(ada.number)
    ada.desk.give_up(ada.number, "No longer made.")
    (page,) = house.archive.pages(ada.number)
    assert [(line.who, line.did, line.words) for line in page.decided] == [
        ("Ada", "retried", ""),
        ("Ada", "held", ""),
        ("Ada", "gave up", "No longer made."),
    ]


def test_the_host_is_named_as_such(house):
    (line, *_) = Decisions(house.company.store).newest(about="KIM")
    assert (line.who, line.role, line.told) == ("Tess", "host", "set up the rep KIM: Kim of Sales")


def test_no_service_of_the_office_writes_past_its_record():
    services = [path for path in SERVER.glob("*.py") if "by: Deciding" in path.read_text(encoding="utf-8")]
    assert len(services) >= 9
    assert [path.name for path in services if ".writing()" in path.read_text(encoding="utf-8")] == []
