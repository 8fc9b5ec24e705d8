"""A cart goes from one device of a rep to another over a real server: once, whatever is lost on the way."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from threading import Barrier, Thread

import pytest

from tests.support.rep_device import RepDevice
from tests.support.server_process import ServerProcess
from tests.support.store_office import StoreOffice, decided_here
from wizterm.db.handovers import LISTED, Handovers
from wizterm.domain.customer import NewCustomer
from wizterm.domain.discount import LineDiscount, Off
from wizterm.domain.document import Kind
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.server.cart_list import CartList
from wizterm.server.office_error import OfficeError
from wizterm.server.store.opening import open_store
from wizterm.services.cart_summary import Where
from wizterm.services.errands import Errands
from wizterm.services.order_entry import EntryError
from wizterm.services.submission import CannotSubmitError
from wizterm.sync.client import HttpClient

REPS = 40
"""One for each test: carts that another left on the server are not in the way."""
numbers = count()


class KilledError(BaseException):
    """The process ends here."""


@dataclass
class Way:
    """A client whose answers are lost by the name of the call, or that finds no network."""

    address: str
    lost: list[str] = field(default_factory=list)
    down: bool = False

    def connect(self):
        return Client(self)


class Client:
    def __init__(self, way):
        self._way, self._client = way, HttpClient(way.address)

    def __getattr__(self, name):
        call = getattr(self._client, name)

        def called(*arguments):
            if self._way.down:
                raise UnreachableError("There is no network.", Unreachable.NO_ROUTE)
            answer = call(*arguments)
            if name in self._way.lost:
                self._way.lost.remove(name)
                raise UnreachableError("The connection broke.", Unreachable.CUT_OFF)
            return answer

        return called

    def close(self):
        self._client.close()


@dataclass
class Hand(RepDevice):
    """A device, and what its rep does with carts."""

    way: Way = None

    def with_bench(self, work):
        with closing(self.machine()) as machine:
            return work(machine.bench)

    def fill(self, name="spring restock", customer=""):
        def fill(bench):
            bench.entry.begin(customer or self.customer)
            bench.entry.add("MUG", 2)
            line = bench.entry.current().cart.lines[0].id
            discount = LineDiscount(Off.PERCENT, 5)
            bench.entry.change(lambda cart: cart.noting(line, "red ones").discounting(line, discount))
            cart = bench.entry.current().cart
            bench.shelf.rename(cart.id, name)
            return bench.entry.current().cart

        return self.with_bench(fill)

    def move(self):
        """What the line does with carts, and what then becomes of them here; what was said."""
        with closing(self.machine()) as machine:
            errands = Errands(
                machine.folder,
                machine.database,
                connect=self.connect,
                clock=self.clock,
                new_id=machine.new_id,
                progress=lambda _: None,
                stopping=lambda: False,
            )
            try:
                said = errands.hand_over()
            finally:
                errands.client.close()
            return " ".join((*said, machine.bench.handover.unpack())).strip()

    def hand_over(self, cart):
        self.with_bench(lambda bench: bench.handover.hand_over(cart.id))
        return self.move()

    def take(self):
        (found,) = [each for each in self.elsewhere() if each.where not in {Where.GONE, Where.SETTLED}]
        self.with_bench(lambda bench: bench.handover.take(found.id))
        return self.move()

    def elsewhere(self):
        return self.with_bench(lambda bench: bench.handover.all())

    def carts(self):
        return self.with_bench(
            lambda bench: [bench.entry.open(each.id).cart for each in bench.shelf.all() if each.lines]
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with closing(open_store(folder)) as store:
        office = StoreOffice(store)
        for number in range(REPS):
            office.rep(f"R{number}")
        customers = [f"C{number},Corner Shop {number},TRADE,R{number}\n" for number in range(REPS)]
        office.load(
            price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n",
            products="sku,name\nMUG,Mug\n",
            prices="price_list,sku,price\nTRADE,MUG,4.5\n",
            customers="number,name,price_list,rep\n" + "".join(customers),
        )
    with ServerProcess(folder) as process:
        yield process


@pytest.fixture
def office(server):
    with closing(open_store(server.folder)) as store:
        yield StoreOffice(store)


@pytest.fixture
def devices(server, tmp_path):
    """Two of one rep, each with a customer and a price."""
    number = next(numbers)
    ways = [Way(server.address), Way(server.address)]
    return [
        Hand(tmp_path / name, way.connect, server.address, rep=f"R{number}", customer=f"C{number}", way=way).start()
        for name, way in zip(("laptop", "kiosk"), ways, strict=True)
    ]


def test_everything_in_a_cart_arrives_and_the_old_device_says_where_it_went(devices):
    laptop, kiosk = devices
    cart = laptop.fill()
    assert laptop.hand_over(cart) == "spring restock is on the server now: take it up on another device of yours."
    assert laptop.carts() == []
    (here,) = laptop.elsewhere()
    assert (here.where, here.name, here.lines, here.cart) == (Where.SERVER, "spring restock", 1, cart.id)
    kiosk.move()
    assert kiosk.take() == "spring restock is on this device now."
    assert kiosk.carts() == [cart]
    assert kiosk.elsewhere() == ()
    laptop.move()
    (gone,) = laptop.elsewhere()
    assert (gone.where, gone.device != "") == (Where.SETTLED, True)
    laptop.with_bench(lambda bench: bench.handover.dismiss(gone.id))
    laptop.move()
    assert laptop.elsewhere() == ()


def test_a_whole_round_brings_the_list_and_what_another_device_went_on_with_is_dropped_after_a_while(devices):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.with_bench(lambda bench: bench.handover.hand_over(cart.id))
    assert laptop.sync().complete
    assert kiosk.sync().complete
    kiosk.take()
    laptop.sync()
    assert [each.where for each in laptop.elsewhere()] == [Where.SETTLED]
    with closing(laptop.machine()) as machine:
        machine.database.execute_sql(
            "UPDATE handover SET changed_at = changed_at - ?",
            (int((LISTED + timedelta(days=1)).total_seconds()) * 1000,),
        )
    laptop.sync()
    assert laptop.elsewhere() == ()
    assert laptop.query("SELECT count(*) FROM cart WHERE id = ?", cart.id) == [(0,)]


@pytest.mark.parametrize("call", ["hand_over", "carts"])
def test_an_answer_lost_on_the_way_there_is_made_good(devices, call):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.way.lost = [call] * 2
    for _ in range(2):
        with pytest.raises(UnreachableError):
            laptop.hand_over(cart) if not laptop.elsewhere() else laptop.move()
    assert laptop.carts() == []
    laptop.move()
    kiosk.move()
    kiosk.take()
    assert kiosk.carts() == [cart]
    laptop.move()
    assert [each.where for each in laptop.elsewhere()] == [Where.SETTLED]


@pytest.mark.parametrize("call", ["take_cart", "carts"])
def test_an_answer_lost_on_the_way_back_is_made_good(devices, call):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.hand_over(cart)
    kiosk.move()
    kiosk.way.lost = [call]
    with pytest.raises(UnreachableError):
        kiosk.take()
    laptop.move()
    assert laptop.carts() == []
    kiosk.move()
    assert kiosk.carts() == [cart]
    kiosk.move()
    assert kiosk.carts() == [cart]


def test_where_there_is_no_network_the_cart_stays_where_it_is(devices):
    laptop, _ = devices
    cart = laptop.fill()
    laptop.way.down = True
    with pytest.raises(UnreachableError):
        laptop.hand_over(cart)
    assert laptop.carts() == [cart]
    assert laptop.elsewhere() == ()


def test_a_cart_that_may_have_arrived_is_locked_until_it_is_known(devices):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.way.lost = ["hand_over"]
    with pytest.raises(UnreachableError):
        laptop.hand_over(cart)
    laptop.way.down = True
    with pytest.raises(UnreachableError):
        laptop.move()
    assert laptop.carts() == []
    assert [each.where for each in laptop.elsewhere()] == [Where.GOING]
    laptop.way.down = False
    assert laptop.take() == "spring restock is on this device now."
    assert laptop.carts() == [cart]
    kiosk.move()
    assert kiosk.elsewhere() == ()


def test_taken_back_a_cart_is_as_it_was_with_all_that_can_be_undone(devices):
    laptop, _ = devices
    cart = laptop.fill()
    laptop.hand_over(cart)
    assert laptop.take() == "spring restock is on this device now."
    assert laptop.carts() == [cart]
    assert laptop.with_bench(lambda bench: bench.steps.undo().said).startswith("Undone")


def test_of_two_that_take_at_once_one_gets_it_and_the_other_is_told_who(devices):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.hand_over(cart)
    kiosk.move()
    for device in devices:
        (found,) = device.elsewhere()
        device.with_bench(lambda bench, found=found: bench.handover.take(found.id))
    said, together = {}, Barrier(2)

    def move(device):
        together.wait()
        said[device.folder.name] = device.move()

    threads = [Thread(target=move, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(device.carts()) for device in devices) == [0, 1]
    winner, loser = sorted(devices, key=lambda device: len(device.carts()), reverse=True)
    assert winner.carts() == [cart]
    assert said[winner.folder.name] == "spring restock is on this device now."
    assert "spring restock was continued on" in said[loser.folder.name]


@pytest.mark.parametrize("step", ["trying", "heard", "hear"])
def test_a_device_killed_while_it_hands_over_has_the_cart_or_the_server_has_it(devices, monkeypatch, step):
    laptop, kiosk = devices
    cart = laptop.fill()
    with monkeypatch.context() as patch:
        patch.setattr(Handovers, step, _killed)
        with pytest.raises(KilledError):
            laptop.hand_over(cart)
    laptop.move()
    kiosk.move()
    kiosk.take()
    assert (laptop.carts(), kiosk.carts()) == ([], [cart])


@pytest.mark.parametrize("step", ["arrived", "keep", "hear"])
def test_a_device_killed_while_it_takes_a_cart_has_it_once(devices, monkeypatch, step):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.hand_over(cart)
    kiosk.move()
    with monkeypatch.context() as patch:
        patch.setattr(Handovers, step, _killed)
        with pytest.raises(KilledError):
            kiosk.take()
    laptop.move()
    for _ in range(2):
        kiosk.move()
        assert kiosk.carts() == [cart]
    assert laptop.carts() == []


def test_a_cart_goes_there_and_back_again(devices):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.hand_over(cart)
    kiosk.move()
    kiosk.take()
    laptop.move()
    kiosk.with_bench(lambda bench: bench.entry.add("MUG", 3))
    (more,) = kiosk.carts()
    kiosk.hand_over(more)
    laptop.move()
    laptop.take()
    assert laptop.carts() == [more]
    assert laptop.elsewhere() == ()
    kiosk.move()
    assert [each.where for each in kiosk.elsewhere()] == [Where.SETTLED]


def test_prices_that_moved_are_said_where_the_cart_arrives(devices, office):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.hand_over(cart)
    office.load(prices="price_list,sku,price\nTRADE,MUG,5\n")
    kiosk.sync()
    said = kiosk.take()
    office.load(prices="price_list,sku,price\nTRADE,MUG,4.5\n")
    assert "8.55 → 9.50 GBP" in said
    ((line,),) = [cart.lines for cart in kiosk.carts()]
    assert (line.price.amount, line.note, line.discount) == (5, "red ones", cart.lines[0].discount)


def test_a_new_customer_goes_before_the_cart_and_is_waited_for(devices):
    laptop, kiosk = devices
    made = laptop.with_bench(lambda bench: bench.submission.new_customer(NewCustomer(company="Blue Cafe")).id)
    cart = laptop.fill(customer=made)
    with pytest.raises(EntryError, match="new customer has not been sent"):
        laptop.hand_over(cart)
    laptop.sync()
    laptop.hand_over(cart)
    kiosk.move()
    with pytest.raises(EntryError, match="Blue Cafe is not on this machine yet"):
        kiosk.take()
    kiosk.sync()
    kiosk.take()
    assert kiosk.carts() == [cart]


def test_what_was_handed_over_becomes_one_order_with_its_own_id(devices):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.hand_over(cart)
    kiosk.move()
    kiosk.take()
    (arrived,) = kiosk.carts()
    submitted = kiosk.with_bench(lambda bench: bench.submission.submit(arrived.id, Kind.ORDER))
    assert submitted.document.id == cart.id
    assert kiosk.sync().sent == 1


def test_a_cart_whose_taker_never_came_back_is_kept_where_it_came_from_and_freed_by_the_office(devices, server):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.hand_over(cart)
    kiosk.move()
    kiosk.way.lost = ["take_cart"]
    with pytest.raises(UnreachableError):
        kiosk.take()
    laptop.move()
    with closing(laptop.machine()) as machine:
        machine.database.execute_sql("UPDATE handover SET changed_at = 0")
    laptop.move()
    (gone,) = laptop.elsewhere()
    assert gone.where is Where.GONE
    with pytest.raises(EntryError, match="has not been heard to have it"):
        laptop.with_bench(lambda bench: bench.handover.dismiss(gone.id))
    with closing(open_store(server.folder)) as store:
        CartList(store, decided_here(store)).free(gone.id)
    laptop.move()
    assert laptop.take() == "spring restock is on this device now."
    assert laptop.carts() == [cart]
    assert "was continued on" in kiosk.move()
    assert (kiosk.carts(), kiosk.elsewhere()) == ([], ())


def test_a_cart_that_was_freed_and_is_on_its_taker_stays_there_where_that_one_is_heard_first(devices, server):
    laptop, kiosk = devices
    cart = laptop.fill()
    laptop.hand_over(cart)
    kiosk.move()
    kiosk.take()
    ((handover,),) = kiosk.query("SELECT id FROM handover")
    with closing(open_store(server.folder)) as store:
        with pytest.raises(OfficeError, match="--also-arrived"):
            CartList(store, decided_here(store)).free(handover)
        CartList(store, decided_here(store)).free(handover, also_arrived=True)
    kiosk.move()
    laptop.move()
    (gone,) = laptop.elsewhere()
    assert gone.where in {Where.GONE, Where.SETTLED}
    assert (laptop.carts(), kiosk.carts()) == ([], [cart])


def test_a_revision_submitted_on_another_device_keeps_the_number_and_the_kind(devices):
    laptop, kiosk = devices
    cart = laptop.fill()
    first = laptop.with_bench(lambda bench: bench.submission.submit(cart.id, Kind.QUOTE))
    laptop.sync()
    with closing(laptop.machine()) as machine:
        machine.database.execute_sql("UPDATE document SET state = 'delivered'")
    laptop.with_bench(lambda bench: bench.again.revise(first.document))
    (revision,) = laptop.carts()
    laptop.hand_over(revision)
    kiosk.move()
    kiosk.take()
    with pytest.raises(CannotSubmitError, match=f"{first.number} is a quote"):
        kiosk.with_bench(lambda bench: bench.submission.submit(revision.id, Kind.ORDER))
    second = kiosk.with_bench(lambda bench: bench.submission.submit(revision.id, Kind.QUOTE))
    assert (second.number, second.document.revision) == (first.number, 2)


def _killed(*_):
    raise KilledError
