from contextlib import closing
from decimal import Decimal

import pytest

from tests.support.price_data import CODE_KEY, PIN, tables
from tests.support.ui import Folder
from wizterm.domain.approval import spoken_code
from wizterm.domain.document import Kind
from wizterm.domain.money import AmountError
from wizterm.protocol import bodies
from wizterm.services.order_entry import EntryError
from wizterm.services.submission import CannotSubmitError

D = Decimal


@pytest.fixture
def opened(tmp_path):
    made = []

    def make(**limits):
        made.append(Folder(tmp_path / str(len(made)), tables=tables(**limits)))
        return made[-1].bench

    yield make
    for folder in made:
        folder.close()


@pytest.fixture
def bench(tmp_path):
    with closing(Folder(tmp_path, tables=tables())) as folder:
        yield folder.bench


def with_lines(bench, customer="c1", **lines):
    bench.entry.begin(customer)
    for sku, count in lines.items():
        view = bench.entry.add(sku, D(count))
    return view.cart.lines[-1].id


def test_a_percentage_an_amount_and_nothing_typed_on_a_line(bench):
    line = with_lines(bench, HEART=10)
    assert bench.discounting.line_percent(line, "5").totals.total == D("28.02")
    assert bench.discounting.line_amount(line, "2").totals.total == D("27.50")
    assert bench.discounting.line_amount(line, "").totals.total == D("29.50")


def test_a_typed_price_says_who_typed_it_and_when_and_goes_again(bench):
    line = with_lines(bench, HEART=10)
    price = bench.discounting.line_price(line, "2.90").cart.lines[0].price
    assert (price.amount, price.typed_by, price.typed_at is not None) == (D("2.90"), "KIM", True)
    assert bench.discounting.line_price(line, "").cart.lines[0].price.amount == D("2.95")


def test_typing_prices_is_a_right(opened):
    bench = opened(may_type_prices=0)
    line = with_lines(bench, HEART=10)
    with pytest.raises(EntryError, match="has not let you type prices"):
        bench.discounting.line_price(line, "2.90")


@pytest.mark.parametrize("give", ["line_percent", "line_amount", "line_price"])
def test_what_is_sold_without_discounts_takes_none(bench, give):
    line = with_lines(bench, FLAG=10)
    with pytest.raises(EntryError, match="FLAG is sold without any discount"):
        getattr(bench.discounting, give)(line, "1")


def test_cart_discounts_are_listed_in_order_and_taken_off_by_number(bench):
    with_lines(bench, HEART=10, FLAG=10)
    bench.discounting.cart_percent("2")
    view = bench.discounting.cart_amount("1")
    assert view.totals.discounts == (D("0.59"), D("1.00"))
    assert [part.cart_discount for part in view.totals.lines] == [D("1.59"), 0]
    assert bench.discounting.remove_from_cart(0).totals.discounts == (D("1.00"),)


def test_a_discount_can_be_undone(bench):
    line = with_lines(bench, HEART=10)
    bench.discounting.line_percent(line, "5")
    assert bench.steps.undo().totals.total == D("29.50")


@pytest.mark.parametrize("text", ["x" * 5000, "1e9", "-5", "9" * 40, "\u202e5", "[red]5[/red]", "5\x1b[2J"])
def test_whatever_is_pasted_as_a_discount_is_refused_and_changes_nothing(bench, text):
    line = with_lines(bench, HEART=10)
    for give in (bench.discounting.line_percent, bench.discounting.line_amount, bench.discounting.line_price):
        with pytest.raises(AmountError):
            give(line, text)
    assert bench.entry.current().totals.total == D("29.50")


def test_beyond_the_limit_a_discount_stays_and_blocks_order_and_quote(bench):
    line = with_lines(bench, HEART=100)
    assert "at most 10 % without approval" in bench.discounting.line_percent(line, "15").said
    cart = bench.entry.current().cart.id
    for kind in (Kind.ORDER, Kind.QUOTE):
        with pytest.raises(CannotSubmitError, match="15 % off, at most 10 %"):
            bench.submission.submit(cart, kind)


def test_a_managers_pin_lets_it_pass_and_the_document_says_so(bench):
    line = with_lines(bench, HEART=100)
    bench.discounting.line_percent(line, "15")
    with pytest.raises(EntryError, match="neither Bo Strand's PIN nor a code"):
        bench.approving.approve("BOSS", "000000")
    assert "Bo Strand allows up to 15 %" in bench.approving.approve("BOSS", PIN).said
    frozen = bench.submission.submit(bench.entry.current().cart.id, Kind.ORDER)
    (approval,) = bodies.decode("order", frozen.body).approvals
    assert (approval.approver, approval.how, approval.percent, len(approval.mac)) == ("BOSS", "pin", D(15), 32)


def test_wrong_pins_have_to_wait_ever_longer_also_after_a_restart(tmp_path):
    def refusal(folder, typed, words):
        with pytest.raises(EntryError, match=words):
            folder.bench.approving.approve("BOSS", typed)

    with closing(Folder(tmp_path, tables=tables())) as folder:
        line = with_lines(folder.bench, HEART=100)
        folder.bench.discounting.line_percent(line, "15")
        for _ in range(3):
            refusal(folder, "000000", "neither Bo Strand's PIN")
        refusal(folder, PIN, "3 wrong PINs for Bo Strand: type the next one in 30 s")
        at = folder.clock
    with closing(Folder(tmp_path, tables=tables())) as folder:
        folder.clock.advance((at.now() - folder.clock.now()).total_seconds())
        refusal(folder, PIN, "3 wrong PINs")
        folder.clock.advance(31)
        refusal(folder, "111111", "neither")
        refusal(folder, PIN, "in 60 s")
        folder.clock.advance(61)
        assert not folder.bench.approving.approve("BOSS", PIN).over


def test_a_right_pin_forgives_the_wrong_ones_before_it(tmp_path):
    with closing(Folder(tmp_path, tables=tables())) as folder:
        for _ in range(3):
            line = with_lines(folder.bench, HEART=100)
            folder.bench.discounting.line_percent(line, "15")
            for _ in range(2):
                with pytest.raises(EntryError, match="neither"):
                    folder.bench.approving.approve("BOSS", "000000")
            assert not folder.bench.approving.approve("BOSS", PIN).over


def test_a_code_read_over_the_telephone_lets_it_pass(bench):
    line = with_lines(bench, HEART=100)
    bench.discounting.line_percent(line, "15")
    wanted = bench.approving.wanted()
    code = spoken_code(CODE_KEY, b"the office's", wanted.request, wanted.percent, "BOSS")
    assert not bench.approving.approve("BOSS", code).over


def test_a_code_for_another_cart_or_another_manager_lets_nothing_pass(bench):
    line = with_lines(bench, HEART=100)
    bench.discounting.line_percent(line, "15")
    other = spoken_code(CODE_KEY, b"", "AAAA-AAAA", D(15), "BOSS")
    mine = spoken_code(CODE_KEY, b"", bench.approving.wanted().request, D(15), "LEAD")
    for code in (other, mine):
        with pytest.raises(EntryError, match="nor a code for this cart"):
            bench.approving.approve("BOSS", code)


def test_a_manager_who_may_not_allow_as_much_is_not_offered(bench):
    line = with_lines(bench, HEART=100)
    bench.discounting.line_percent(line, "15")
    assert [each.code for each in bench.approving.wanted().managers] == ["BOSS", "LEAD"]
    bench.discounting.line_percent(line, "16")
    assert [each.code for each in bench.approving.wanted().managers] == ["BOSS"]


def test_a_copied_cart_is_not_approved(bench):
    line = with_lines(bench, HEART=100)
    bench.discounting.line_percent(line, "15")
    approved = bench.approving.approve("BOSS", PIN)
    assert bench.shelf.copy(approved.cart.id).over


def test_the_order_says_every_discount_and_its_shares_add_up(bench):
    line = with_lines(bench, HEART=100, FLAG=10)
    del line
    first = bench.entry.current().cart.lines[0].id
    bench.discounting.line_price(first, "2.50")
    bench.discounting.line_percent(first, "5")
    bench.discounting.cart_percent("2")
    bench.discounting.cart_amount("1.01")
    body = bodies.decode("order", bench.submission.submit(bench.entry.current().cart.id, Kind.ORDER).body)
    assert [(each.off, each.value, each.amount) for each in body.discounts] == [
        ("percent", D(2), D("4.75")),
        ("amount", D("1.01"), D("1.01")),
    ]
    assert body.lines[0].price_reason.instead_of == D("2.55")
    assert (body.lines[0].gross, body.lines[0].discount.amount, body.lines[0].net) == (D(250), D("12.50"), D("237.50"))
    assert [each.cart_discount for each in body.lines] == [D("5.76"), 0]
    assert body.total == D("278.24")
