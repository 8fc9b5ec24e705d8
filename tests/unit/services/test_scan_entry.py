"""Scans as lines of a cart, by the rules of the product."""

from contextlib import closing
from decimal import Decimal

import pytest

from tests.support.gift_shop import furnish
from tests.support.price_data import tables
from tests.support.ui import Folder
from wizterm.domain.options import Chosen
from wizterm.domain.scan_rules import Rounding, ScanRules
from wizterm.domain.scanned import Unknown
from wizterm.services.scan_result import Tone, Wish, read_wish, wish_and_code

D = Decimal
CASE = "19520000000056"


@pytest.fixture
def folder(tmp_path):
    made = tables()
    made["units"].append(("TAPE|case", "TAPE", "case", "24", CASE))
    with closing(Folder(tmp_path, tables=made)) as folder:
        yield folder


@pytest.fixture
def bench(folder):
    return folder.bench


def line(bench, sku="STAND"):
    return next((int(each.count), each.scanned) for each in bench.entry.current().cart.lines if each.sku == sku)


def test_three_scans_of_what_is_sold_from_twelve_are_twelve(bench):
    counts = []
    for _ in range(3):
        assert bench.scans.take("STAND").tone is Tone.ROUNDED
        counts.append(line(bench))
    assert counts == [(12, D(1)), (12, D(2)), (12, D(3))]


def test_twelve_more_on_three_are_fifteen_and_so_eighteen_and_one_back_is_still_eighteen(bench):
    for _ in range(3):
        bench.scans.take("STAND")
    bench.scans.take("STAND", Wish(D(12)))
    assert line(bench) == (18, D(15))
    bench.scans.take("STAND", Wish(back=True))
    assert line(bench) == (18, D(14))
    bench.steps.undo()
    assert line(bench) == (18, D(15))


def test_a_quantity_typed_by_hand_takes_the_place_of_the_count(bench):
    bench.scans.take("STAND")
    bench.entry.count(bench.entry.current().cart.lines[0].id, "12")
    bench.scans.take("STAND")
    assert line(bench) == (18, D(13))


def test_what_is_sold_singly_counts_as_it_is_scanned(bench):
    results = [bench.scans.take("HEART") for _ in range(3)]
    assert line(bench, "HEART") == (3, D(3))
    assert [result.words for result in results] == ["+1 → 1", "+1 → 2", "+1 → 3"]
    assert {result.tone for result in results} == {Tone.FOUND}


def test_a_case_counts_what_it_holds(bench):
    bench.scans.take(CASE)
    assert line(bench, "TAPE") == (24, D(24))


def test_a_rounding_says_what_was_scanned_and_why(bench):
    said = bench.scans.take("STAND").words
    assert said == "+1 → 1 scanned, rounded up to 12 (from 12, in steps of 6)"


def test_the_last_one_taken_back_takes_the_line_away(bench):
    bench.scans.take("HEART")
    assert "off the cart" in bench.scans.take("HEART", Wish(back=True)).words
    assert bench.entry.current().cart.lines == ()


def test_what_is_not_in_the_cart_cannot_be_taken_back(bench):
    result = bench.scans.take("HEART", Wish(back=True))
    assert result.tone is Tone.MISSED
    assert "nothing to take back" in result.words


def test_too_many_are_refused_and_the_cart_stays(bench):
    bench.scans.take("HEART")
    assert "too many" in bench.scans.take("HEART", Wish(D(999_999))).words
    assert line(bench, "HEART") == (1, D(1))


def test_what_this_customer_is_not_sold_is_said_and_not_added(bench):
    bench.entry.choose_customer("c3")
    result = bench.scans.take("STAND")
    assert result.tone is Tone.MISSED
    assert "cannot be sold" in result.words
    assert bench.entry.current().cart.lines == ()


def test_a_company_that_wants_no_rounding_keeps_the_count(tmp_path):
    with closing(Folder(tmp_path, tables=tables(), scans=ScanRules(Rounding.EXACT))) as folder:
        folder.bench.scans.take("STAND")
        assert line(folder.bench) == (1, D(1))


def test_a_customers_card_chooses_the_customer(bench):
    result = bench.scans.take("12923")
    assert result.view.customer.name == "The Paper Lantern"


def test_an_unknown_code_changes_nothing_and_can_be_bound(bench):
    result = bench.scans.take("9520000000059")
    assert result.tone is Tone.MISSED
    assert isinstance(result.meaning, Unknown)
    assert result.code == "9520000000059"
    bench.scans.bind(result.meaning.reading, "HEART", Wish(D(2)))
    bench.scans.take("9520000000059")
    assert line(bench, "HEART") == (3, D(3))


def test_undo_can_be_scanned(bench):
    bench.scans.take("HEART")
    assert bench.scans.take("WZUNDO").words == "Undone: HEART."
    assert bench.entry.current().cart.lines == ()


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("12*", Wish(D(12))),
        ("12 *", Wish(D(12))),
        ("-", Wish(back=True)),
        ("-12*", Wish(D(12), back=True)),
        ("12*-", Wish(D(12), back=True)),
        ("0*", Wish()),
        ("", None),
        ("12", None),
        ("heart", None),
        ("--", None),
        ("12* heart", None),
    ],
)
def test_what_is_typed_before_a_scan(typed, wish):
    assert read_wish(typed) == wish


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("9520850990548", ("", "9520850990548")),
        ("12*85123A", ("12*", "85123A")),
        ("12 * 85123A", ("12 * ", "85123A")),
        ("-12*85123A", ("-12*", "85123A")),
        ("12*-", ("12*-", "")),
        ("-", ("-", "")),
        ("12", ("", "12")),
        ("AB-7", ("", "AB-7")),
        ("", ("", "")),
    ],
)
def test_what_is_typed_is_a_wish_and_a_code(typed, parts):
    assert wish_and_code(typed) == parts


def test_what_must_be_chosen_with_a_product_is_not_guessed_by_a_scan(tmp_path):
    with closing(Folder(tmp_path)) as folder:
        furnish(folder)
        result = folder.bench.scans.take("22666")
        assert result.tone is Tone.ASKED
        assert [each.name for each in result.asked.modifiers] == ["Name on the lid", "Gift wrap"]
        assert folder.bench.entry.current().cart.lines == ()


ENGRAVED = Chosen("Name on the lid", "Engraved", D("3.50"))
PLAIN = Chosen("Name on the lid", "None", D(0))


@pytest.fixture
def gifts(tmp_path):
    with closing(Folder(tmp_path)) as folder:
        furnish(folder)
        yield folder.bench


def test_what_was_chosen_after_a_scan_counts_as_often_as_was_wished(gifts):
    result = gifts.scans.take("22666", Wish(D(3)))
    done = gifts.scans.take_with(result.code, result.asked, (ENGRAVED,), result.wish)
    assert done.words == "+3 → 3"
    assert [(each.count, each.options) for each in gifts.entry.current().cart.lines] == [(D(3), (ENGRAVED,))]


def test_what_stands_in_one_way_only_is_taken_back_without_a_question(gifts):
    result = gifts.scans.take("22666", Wish(D(3)))
    gifts.scans.take_with(result.code, result.asked, (ENGRAVED,), result.wish)
    assert gifts.scans.take("22666", Wish(back=True)).words == "−1 → 2"
    gifts.scans.take_with(result.code, result.asked, (PLAIN,), Wish())
    assert gifts.scans.take("22666", Wish(back=True)).tone is Tone.ASKED


@pytest.fixture
def asking(tmp_path):
    with closing(Folder(tmp_path, tables=tables(), scans=ScanRules(Rounding.ASK))) as folder:
        yield folder.bench


def test_asked_to_ask_a_count_that_cannot_be_ordered_is_kept_and_a_question(asking):
    result = asking.scans.take("STAND")
    assert (result.tone, result.asked.counted) == (Tone.ASKED, D(1))
    assert line(asking) == (1, D(1))
    done = asking.scans.settle(result.code, result.asked, D(12))
    assert (done.tone, done.words) == (Tone.ROUNDED, "1 scanned → 12")
    assert line(asking) == (12, D(1))


def test_the_answer_holds_until_the_count_outgrows_it(asking):
    result = asking.scans.take("STAND")
    asking.scans.settle(result.code, result.asked, D(12))
    for scanned in range(2, 13):
        assert asking.scans.take("STAND").asked is None
        assert line(asking) == (12, D(scanned))
    assert asking.scans.take("STAND").asked.counted == D(13)


def test_a_count_that_was_left_as_scanned_is_not_asked_about_again(asking):
    asking.scans.take("STAND")
    assert asking.scans.take("STAND").asked is None
    assert line(asking) == (2, D(2))


def test_what_can_be_ordered_asks_nothing(asking):
    assert asking.scans.take("HEART").tone is Tone.FOUND
    assert asking.scans.take("STAND", Wish(D(18))).tone is Tone.FOUND


def test_an_answer_for_a_line_that_is_gone_adds_nothing(asking):
    result = asking.scans.take("STAND")
    asking.entry.remove(result.asked.line)
    assert "no longer in the cart" in asking.scans.settle(result.code, result.asked, D(12)).words
    assert asking.entry.current().cart.lines == ()


@pytest.mark.parametrize("code", ["HEART", "12923", "WZUNDO", "9520000000059"])
def test_looking_up_changes_nothing(bench, code):
    bench.scans.take("STAND")
    before = bench.entry.current()
    result = bench.scans.look_up(code)
    assert result.looked_up
    assert bench.entry.current() == before
