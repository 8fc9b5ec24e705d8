"""Carts between two devices, over a server in memory, where the server or the cart is not as usual."""

from contextlib import closing

import msgspec
import pytest

from tests.support.cart_line import CartLine
from tests.support.fake_carts import FakeCarts
from tests.support.ui import Folder
from wizterm.protocol.documents import fingerprint
from wizterm.protocol.faults import NotOurServerError, Stranger
from wizterm.protocol.problem import Code, problem
from wizterm.services.cart_summary import Where
from wizterm.services.order_entry import EntryError


@pytest.fixture
def laptop(tmp_path):
    with closing(Folder(tmp_path / "laptop")) as folder:
        yield CartLine(FakeCarts(), "laptop", folder)


@pytest.fixture
def kiosk(laptop, tmp_path):
    with closing(Folder(tmp_path / "kiosk", first_id=1001)) as folder:
        yield CartLine(laptop.server, "kiosk", folder)


def fill(line):
    line.folder.bench.entry.begin("c2")
    return line.folder.bench.entry.add("47566", 10).cart


def open_carts(line):
    return [cart.id for cart in line.folder.bench.shelf.all() if cart.lines]


def places(line):
    return [cart.where for cart in line.folder.bench.handover.all()]


def failing(error):
    def fail(*_):
        raise error

    return fail


def test_a_server_that_has_forgotten_a_cart_is_given_it_again(laptop, kiosk):
    cart = fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    laptop.server.kept.clear()
    laptop()
    laptop()
    assert kiosk.take_the_only_one() == "The cart is on this device now."
    assert open_carts(kiosk) == [cart.id]


def test_a_server_set_back_to_before_a_cart_was_taken_learns_again_who_has_it(laptop, kiosk):
    fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    kiosk.take_the_only_one()
    (kept,) = laptop.server.kept.values()
    kept.taker, kept.handed = None, msgspec.structs.replace(kept.handed, taken_by="", taken_at=None)
    kiosk()
    assert kept.taker == ("KIM", "kiosk")
    assert len(open_carts(kiosk)) == 1
    laptop()
    assert places(laptop) == [Where.GONE]


@pytest.mark.parametrize(
    "error",
    [
        problem(413, Code.TOO_LARGE, "Too large", "It is too large."),
        problem(400, Code.BAD_REQUEST, "Too many", "100 carts wait already."),
        NotOurServerError("Something on the way takes no message so large.", Stranger.TOO_LARGE),
    ],
    ids=["too large", "refused", "too large for the way"],
)
def test_a_cart_that_the_server_will_not_have_stays_on_its_device(laptop, error):
    cart = fill(laptop)
    laptop.hand_over = failing(error)
    laptop.folder.bench.handover.hand_over(cart.id)
    (said,) = laptop()
    assert said == f"{error} The cart stays on this device."
    assert open_carts(laptop) == [cart.id]
    assert places(laptop) == []


def test_a_server_in_trouble_settles_nothing(laptop):
    cart = fill(laptop)
    trouble = problem(503, Code.SERVER_TROUBLE, "Busy")
    laptop.hand_over = failing(trouble)
    laptop.folder.bench.handover.hand_over(cart.id)
    with pytest.raises(type(trouble)):
        laptop()
    assert (open_carts(laptop), places(laptop)) == ([], [Where.GOING])


def test_an_answer_about_another_cart_counts_for_nothing(laptop):
    cart = fill(laptop)
    real = laptop.hand_over
    laptop.hand_over = lambda request: msgspec.structs.replace(real(request), sha256=fingerprint("other"))
    laptop.folder.bench.handover.hand_over(cart.id)
    with pytest.raises(NotOurServerError):
        laptop()
    assert places(laptop) == [Where.GOING]


def test_a_cart_whose_id_stands_open_here_too_comes_beside_it(laptop, kiosk):
    """Files that were set back hold a cart that went on elsewhere."""
    cart = fill(laptop)
    kiosk.folder.bench.shelf._carts.save(cart, None)
    laptop.hand_over_the_cart_at_hand()
    kiosk.take_the_only_one()
    assert len(set(open_carts(kiosk))) == 2


def test_what_a_newer_program_has_packed_waits_for_an_update(laptop, kiosk):
    fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    (kept,) = laptop.server.kept.values()
    kept.body = '{"version":2,"cart":"folded"}'
    kept.handed = msgspec.structs.replace(kept.handed, sha256=fingerprint(kept.body))
    said = kiosk.take_the_only_one()
    assert said == "The cart was handed over by a newer WizTerm: update this one, and it opens."
    assert (open_carts(kiosk), places(kiosk)) == ([], [Where.COMING])


def test_an_empty_cart_and_one_that_is_gone_are_not_handed_over(laptop):
    bench = laptop.folder.bench
    with pytest.raises(EntryError, match="empty"):
        bench.handover.hand_over(bench.entry.begin().cart.id)
    cart = fill(laptop)
    bench.shelf.discard(cart.id)
    with pytest.raises(EntryError, match="no longer here"):
        bench.handover.hand_over(cart.id)


def test_a_cart_on_the_server_is_kept_when_its_other_places_are_thrown_away(laptop):
    cart = fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    (there,) = laptop.folder.bench.handover.all()
    with pytest.raises(EntryError, match="take it here first"):
        laptop.folder.bench.handover.dismiss(there.id)
    for change in (laptop.folder.bench.shelf.discard, laptop.folder.bench.shelf.hold_or_reopen):
        with pytest.raises(EntryError, match="no longer here"):
            change(cart.id)
    assert laptop.folder.bench.shelf.bring_back() == "No cart was thrown away."
    assert laptop.take_the_only_one() == "The cart is on this device now."
    assert open_carts(laptop) == [cart.id]


def test_nothing_is_written_by_a_round_that_brings_nothing_new(laptop, kiosk):
    fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    for line in (laptop, kiosk):
        line()
        database = line.folder.machine.database
        before = database.execute_sql("SELECT total_changes()").fetchone()
        line()
        assert database.execute_sql("SELECT total_changes()").fetchone() == before
