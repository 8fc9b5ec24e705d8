"""Carts between two devices, over a server in memory, where the server or the cart is not as usual."""

from contextlib import closing

import msgspec
import pytest

from tests.support.cart_line import CartLine
from tests.support.fake_carts import FakeCarts
from tests.support.ui import Folder
from wizterm.domain.document import Kind
from wizterm.protocol.documents import fingerprint
from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.problem import Code, problem
from wizterm.services.cart_summary import Where
from wizterm.services.order_entry import EntryError
from wizterm.services.submission import CannotSubmitError


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
    kiosk()
    assert kept.taker == ("KIM", "kiosk")
    assert len(open_carts(kiosk)) == 1
    laptop()
    assert places(laptop) == [Where.SETTLED]


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
    assert said.endswith("was handed over by a newer WizTerm: update this one, and it opens.")
    assert (open_carts(kiosk), places(kiosk)) == ([], [Where.UNREADABLE])


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


def _lose_the_answer(line, call):
    """The call is heard, and its answer is not."""
    real = getattr(line, call)

    def lost(*arguments):
        real(*arguments)
        delattr(line, call)
        raise UnreachableError("The connection broke.", Unreachable.CUT_OFF)

    setattr(line, call, lost)


def test_a_refused_repetition_does_not_unlock_a_cart_that_has_arrived(laptop, kiosk):
    cart = fill(laptop)
    laptop.folder.bench.handover.hand_over(cart.id)
    _lose_the_answer(laptop, "hand_over")
    with pytest.raises(UnreachableError):
        laptop()
    kiosk.take_the_only_one()
    laptop.hand_over = failing(NotOurServerError("Something on the way takes no message so large.", Stranger.TOO_LARGE))
    laptop()
    assert (open_carts(laptop), places(laptop)) == ([], [Where.SETTLED])
    assert open_carts(kiosk) == [cart.id]


def test_a_refused_repetition_unlocks_a_cart_that_the_server_does_not_have(laptop):
    cart = fill(laptop)
    laptop.folder.bench.handover.hand_over(cart.id)
    _lose_the_answer(laptop, "hand_over")
    with pytest.raises(UnreachableError):
        laptop()
    laptop.server.kept.clear()
    laptop.hand_over = failing(problem(413, Code.TOO_LARGE, "Too large", "It is too large."))
    assert laptop() == ("It is too large. The cart stays on this device.",)
    assert open_carts(laptop) == [cart.id]


def test_taken_back_unheard_a_cart_comes_back_though_the_server_has_forgotten_what_was_in_it(laptop):
    cart = fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    (there,) = laptop.folder.bench.handover.all()
    laptop.folder.bench.handover.take(there.id)
    _lose_the_answer(laptop, "take_cart")
    with pytest.raises(UnreachableError):
        laptop()
    laptop.take_cart = failing(problem(404, Code.NOT_FOUND, "No longer kept", "It is no longer kept."))
    laptop()
    assert laptop.folder.bench.handover.unpack() == "The cart is on this device now."
    assert open_carts(laptop) == [cart.id]


def test_a_cart_that_was_handed_over_is_not_submitted_here(laptop):
    cart = fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    with pytest.raises(CannotSubmitError, match="was handed over"):
        laptop.folder.bench.submission.submit(cart.id, Kind.ORDER)


def test_a_cart_handed_over_while_it_is_being_submitted_is_not_submitted(laptop, monkeypatch):
    cart = fill(laptop)
    bench = laptop.folder.bench
    real = bench.submission._documents.submit

    def late(freeze, **options):
        bench.handover.hand_over(cart.id)
        return real(freeze, **options)

    monkeypatch.setattr(bench.submission._documents, "submit", late)
    with pytest.raises(CannotSubmitError, match="was handed over"):
        bench.submission.submit(cart.id, Kind.ORDER)


def _delivered_order(line):
    """An order that the company has, which can be revised."""
    frozen = line.folder.bench.submission.submit(fill(line).id, Kind.ORDER)
    database = line.folder.machine.database
    database.execute_sql("UPDATE document SET state = 'delivered'")
    database.execute_sql("DELETE FROM outbox")
    return frozen


def test_a_revision_that_was_handed_over_is_not_begun_a_second_time(laptop):
    again = laptop.folder.bench.again
    frozen = _delivered_order(laptop)
    again.revise(frozen.document)
    laptop.hand_over_the_cart_at_hand()
    with pytest.raises(EntryError, match=f"Revision 2 of {frozen.number} was handed over"):
        again.revise(frozen.document)
    assert open_carts(laptop) == []


def _garble(line, body):
    """What lies on the server under the cart's label is something else."""
    (kept,) = line.server.kept.values()
    kept.body = body
    kept.handed = msgspec.structs.replace(kept.handed, sha256=fingerprint(body))


def test_a_cart_that_cannot_be_read_holds_up_no_other(laptop, kiosk):
    fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    _garble(laptop, '{"version":1,"cart":{"id":"x"}}')
    good = fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    kiosk()
    for each in kiosk.folder.bench.handover.all():
        kiosk.folder.bench.handover.take(each.id)
    kiosk()
    said = kiosk.folder.bench.handover.unpack()
    assert "The cart cannot be read here" in said
    assert "The cart is on this device now." in said
    assert (open_carts(kiosk), places(kiosk)) == ([good.id], [Where.UNREADABLE])
    assert kiosk.folder.bench.handover.unpack() == ""


def test_a_cart_that_cannot_be_read_is_dismissed(laptop, kiosk):
    fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    _garble(laptop, "[]")
    kiosk.take_the_only_one()
    (unread,) = kiosk.folder.bench.handover.all()
    assert "office can free it" in kiosk.folder.bench.handover.dismiss(unread.id)
    assert places(kiosk) == []


def test_a_cart_of_a_newer_program_stays_on_the_server(laptop, kiosk):
    fill(laptop)
    laptop.hand_over_the_cart_at_hand()
    (kept,) = laptop.server.kept.values()
    label = msgspec.structs.replace(kept.handed.label, version=2)
    kept.handed = msgspec.structs.replace(kept.handed, label=label)
    with pytest.raises(EntryError, match="update this one, then take it"):
        kiosk.take_the_only_one()
    assert (kept.taker, places(kiosk)) == (None, [Where.SERVER])
