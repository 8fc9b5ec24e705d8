from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import msgspec
import pytest

from tests.support.documents_making import batch, cancellation, enveloped, line, new_customer, order
from tests.support.store_office import PASSWORD
from wizterm.connectors.base import Done, Unknown
from wizterm.connectors.base import Refused as ErpRefused
from wizterm.domain.limits import RepLimits
from wizterm.protocol.bodies import LineOption, Party, PromotionTaken
from wizterm.protocol.documents import Envelope, Later, Refused, Taken, fingerprint
from wizterm.protocol.problem import Code, ProblemError

revised = msgspec.structs.replace


def doubts(house, document):
    (page,) = house.archive.pages(document.id)
    return {doubt.code for doubt in page.doubts}


def honest(house, kim, *lines, **other):
    """An order whose days are those of the house's clock."""
    now = house.clock.now()
    return order(kim, "C1", *lines, submitted_at=now, business_date=now.date(), **other)


def test_an_order_as_agreed_raises_no_doubt(house, kim):
    agreed = honest(house, kim, line(1), line(2, "MUG", 12, "4"))
    house.post(kim, agreed)
    assert doubts(house, agreed) == set()


@pytest.mark.parametrize(
    ("lines", "doubt"),
    [
        ([line(1, price="4.40")], "price"),
        ([line(1, quantity=12, price="4.50")], "price"),
        ([line(1, "HAT")], "unknown_product"),
        ([msgspec.structs.replace(line(1), gross=Decimal(1))], "sums"),
    ],
)
def test_what_differs_from_the_servers_own_figures_is_noted_and_taken(house, kim, lines, doubt):
    doubtful = honest(house, kim, *lines)
    (answer,) = house.post(kim, doubtful)
    assert isinstance(answer, Taken)
    assert doubts(house, doubtful) == {doubt}


def counted(count, quantity, unit="each"):
    """A line of mugs whose sums are right for its quantity."""
    amount = Decimal(quantity) * Decimal("4.50")
    return revised(line(1), count=Decimal(count), quantity=Decimal(quantity), unit=unit, gross=amount, net=amount)


@pytest.mark.parametrize(
    ("line_", "words"),
    [
        (counted("3", "-3"), "MUG: count and quantity differ: its count is 3 each, its quantity −3."),
        (counted("-3", "3"), "MUG: count and quantity differ: its count is −3 each, its quantity 3."),
        (counted("3", "4"), "MUG: count and quantity differ: its count is 3 each, its quantity 4."),
        (counted("2", "-8", "case"), "MUG: count and quantity differ: its count is 2 case, its quantity −8."),
        (counted("0", "8", "case"), "MUG: count and quantity differ: its count is 0 case, its quantity 8."),
        (counted("0", "0"), "MUG has a quantity of 0."),
        (counted("-0", "-0"), "MUG has a quantity of 0."),
        (counted("3.5", "3.5"), "MUG: 3.5 is no number of whole pieces."),
        (counted("1e-9", "1e-9"), "MUG: 0.000000001 is no number of whole pieces."),
    ],
)
def test_a_count_and_a_quantity_that_cannot_both_be_meant_are_noted(house, kim, line_, words):
    house.office.reps.add("KIM", "Kim", PASSWORD, limits=RepLimits(may_credit=True))
    doubtful = honest(house, kim, line_)
    house.post(kim, doubtful)
    (page,) = house.archive.pages(doubtful.id)
    assert [doubt.words for doubt in page.doubts if doubt.code == "quantity"] == [words]


@pytest.mark.parametrize("line_", [counted("-3", "-3"), counted("0.5", "4", "case"), counted("2", "6", "case")])
def test_a_count_in_another_unit_is_no_doubt(house, kim, line_):
    house.office.reps.add("KIM", "Kim", PASSWORD, limits=RepLimits(may_credit=True))
    agreed = honest(house, kim, line_)
    house.post(kim, agreed)
    assert doubts(house, agreed) == set()


def test_what_is_weighed_is_sold_in_parts(house, kim):
    house.office.load(products="sku,name,base_price,base_currency,moq,ioq\nCHEESE,Cheese,4.50,GBP,0.1,0.001\n")
    agreed = honest(
        house, kim, revised(counted("0.125", "0.125"), sku="CHEESE", gross=Decimal("0.56"), net=Decimal("0.56"))
    )
    house.post(kim, agreed)
    assert "quantity" not in doubts(house, agreed)


def test_a_price_typed_by_a_rep_who_may_is_no_doubt(house, kim):
    house.office.reps.add("KIM", "Kim", PASSWORD, limits=RepLimits(may_type_prices=True))
    typed = honest(house, kim, line(1, price="3.99", source="typed"))
    house.post(kim, typed)
    assert doubts(house, typed) == set()


def test_a_price_typed_by_a_rep_who_may_not_is_noted(house, kim):
    typed = honest(house, kim, line(1, price="3.99", source="typed"))
    house.post(kim, typed)
    assert doubts(house, typed) == {"typed_price"}


def from_quote(quote, price="3.99", **other):
    """A line at the price that this quote is said to have promised."""
    plain = line(1, price=price, source="quote", **other)
    return revised(plain, price_reason=revised(plain.price_reason, entry=quote.id))


@pytest.fixture
def quote(house, kim):
    """A mug at 3.99, by a rep who may type prices."""
    house.office.reps.add("KIM", "Kim", PASSWORD, limits=RepLimits(may_type_prices=True))
    quote = honest(house, kim, line(1, price="3.99", source="typed"), kind="quote", valid_until=date(2026, 12, 31))
    house.post(kim, quote)
    return quote


def test_a_price_that_a_quote_promised_is_no_doubt(house, kim, quote):
    ordered = honest(house, kim, from_quote(quote, quantity=40))
    house.post(kim, ordered)
    assert doubts(house, ordered) == set()


def test_a_quote_that_comes_with_its_order_is_known(house, kim, quote):
    another = revised(quote, id=str(uuid4()), number="Q-2")
    ordered = honest(house, kim, from_quote(another))
    house.post(kim, ordered, another)
    assert doubts(house, ordered) == set()


def test_what_a_promotion_took_off_in_a_quote_is_promised_in_its_price(house, kim, quote):
    off = PromotionTaken(id="P1", name="Spring", amount=Decimal("1.98"))
    promoted = revised(quote, id=str(uuid4()), lines=(revised(quote.lines[0], promotions=(off,)),))
    ordered = honest(house, kim, from_quote(promoted, "3"))
    house.post(kim, promoted, ordered)
    assert doubts(house, ordered) == set()


def test_a_quote_of_nothing_with_a_promotion_promises_nothing_and_stops_no_document(house, kim, quote):
    off = PromotionTaken(id="P1", name="Spring", amount=Decimal("1.98"))
    nothing = revised(quote.lines[0], quantity=Decimal(0), promotions=(off,))
    odd = revised(quote, id=str(uuid4()), lines=(nothing,))
    (_, answer) = house.post(kim, odd, honest(house, kim, from_quote(odd, "3")))
    assert isinstance(answer, Taken)


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        ({}, {"price": "0.01"}),
        ({}, {"sku": "TRAY"}),
        ({"customer": Party(id="C2", name="Market Hall")}, {}),
        ({"valid_until": date(2020, 1, 1)}, {}),
        ({"kind": "order"}, {}),
    ],
)
def test_a_price_that_the_quote_does_not_promise_is_noted_and_taken(house, kim, quote, changed, lines):
    named = revised(quote, id=str(uuid4()), **changed)
    ordered = honest(house, kim, from_quote(named, **lines))
    *_, answer = house.post(kim, named, ordered)
    assert isinstance(answer, Taken)
    assert doubts(house, ordered) == {"quote"}


def test_a_price_from_a_quote_that_is_not_here_is_noted(house, kim, quote):
    ordered = honest(house, kim, from_quote(revised(quote, id=str(uuid4()))))
    house.post(kim, ordered)
    assert doubts(house, ordered) == {"quote"}


def test_a_price_that_only_an_older_revision_of_the_quote_promised_is_noted(house, kim, quote):
    house.post(kim, revised(quote, revision=2, lines=(line(1, price="4.20", source="typed"),)))
    ordered = honest(house, kim, from_quote(quote))
    house.post(kim, ordered)
    assert doubts(house, ordered) == {"quote"}


def test_a_price_from_a_quote_that_was_cancelled_is_noted(house, kim, quote):
    house.post(kim, cancellation(kim, quote.id))
    ordered = honest(house, kim, from_quote(quote))
    house.post(kim, ordered)
    assert doubts(house, ordered) == {"quote"}


def test_a_price_from_a_quote_that_was_refused_is_noted_until_it_was_revised(house, kim, quote):
    house.erp.answers.append(ErpRefused("No."))
    house.deliver()
    ordered, again = (honest(house, kim, from_quote(quote)) for _ in range(2))
    house.post(kim, ordered)
    assert doubts(house, ordered) == {"quote"}
    house.post(kim, again, revised(quote, revision=2))
    assert doubts(house, again) == set()


@pytest.mark.parametrize(
    ("chosen", "price", "noted"),
    [
        ((("Lid", "Engraved", "3.50"),), "8.00", set()),
        ((("Lid", "Engraved", "3.50"),), "4.50", {"price"}),
        ((("Lid", "Engraved", "1"),), "5.50", {"options"}),
        ((("Lid", "Gold", "3.50"),), "8.00", {"options"}),
        ((), "4.50", {"options"}),
    ],
)
def test_options_are_checked_with_the_servers_own_rules(house, kim, chosen, price, noted):
    house.office.load(
        modifiers="sku,modifier,option,surcharge,least,most\nMUG,Lid,Plain,0,1,1\nMUG,Lid,Engraved,3.50,1,1\n"
    )
    options = tuple(LineOption(modifier=m, option=o, surcharge=Decimal(s)) for m, o, s in chosen)
    agreed = honest(house, kim, revised(line(1, price=price), options=options))
    (answer,) = house.post(kim, agreed)
    assert isinstance(answer, Taken)
    assert noted <= doubts(house, agreed)
    assert noted or not doubts(house, agreed)


def test_a_total_that_is_not_the_sum_of_its_lines_is_noted(house, kim):
    wrong = honest(house, kim, total=Decimal(1))
    house.post(kim, wrong)
    assert doubts(house, wrong) == {"sums"}


@pytest.mark.parametrize(("days", "doubt"), [(-2, "business_date"), (2, "business_date")])
def test_a_business_date_days_off_is_noted(house, kim, days, doubt):
    now = house.clock.now()
    off = order(kim, "C1", submitted_at=now, business_date=now.date() + timedelta(days=days))
    house.post(kim, off)
    assert doubts(house, off) == {doubt}


@pytest.mark.parametrize("offset", [10**12, -(10**12), 10**30])
def test_an_offset_that_leads_to_no_day_is_noted_and_stops_no_other_document(house, kim, offset):
    odd = honest(house, kim, utc_offset_minutes=offset)
    answers = house.post(kim, odd, honest(house, kim))
    assert [type(answer) for answer in answers] == [Taken, Taken]
    assert "clock" in doubts(house, odd)


@pytest.mark.parametrize("year", [1, 9999])
def test_a_clock_at_the_end_of_all_days_is_noted_and_stops_no_other_document(house, kim, year):
    edge = datetime(year, 12 if year > 1 else 1, 31 if year > 1 else 1, 23 if year > 1 else 0, tzinfo=UTC)
    odd = honest(house, kim)
    odd = msgspec.structs.replace(odd, submitted_at=edge, utc_offset_minutes=600 if year > 1 else -600)
    answers = house.post(kim, odd, honest(house, kim))
    assert [type(answer) for answer in answers] == [Taken, Taken]
    assert "clock" in doubts(house, odd)


def test_an_order_that_waited_weeks_for_a_network_raises_no_doubt(house, kim):
    late = honest(house, kim)
    house.clock.go_on(21 * 86400)
    session = house.sign_in("KIM")
    late = msgspec.structs.replace(late, installation=session.installation)
    house.post(session, late)
    assert doubts(house, late) == set()


def test_a_customer_given_to_another_rep_since_is_noted_and_the_order_taken(house, kim):
    house.office.load(customers="number,name,price_list,rep\nC1,Corner Shop,TRADE,LEE\n")
    moved = honest(house, kim)
    (answer,) = house.post(kim, moved)
    assert isinstance(answer, Taken)
    assert doubts(house, moved) == {"customer_moved"}


def test_a_number_drawn_twice_is_noted(house, kim):
    first = honest(house, kim)
    second = honest(house, kim, number=first.number)
    house.post(kim, first)
    house.post(kim, second)
    assert doubts(house, second) == {"number_taken"}


def test_another_reps_document_and_an_unknown_device_code_are_refused(house, kim):
    lee = house.sign_in("LEE")
    of_lee = order(lee, "C1")
    stranger = honest(house, kim, installation="ZZ")
    answers = house.post(kim, of_lee, stranger)
    assert [answer.code for answer in answers] == ["not_your_document", "not_your_device"]


def test_a_document_of_the_reps_other_device_is_taken(house, kim):
    other = house.sign_in("KIM")
    (answer,) = house.post(kim, order(other, "C1"))
    assert isinstance(answer, Taken)


def test_bytes_that_are_not_those_hashed_are_refused(house, kim):
    good = enveloped(honest(house, kim))
    (answer,) = house.post(kim, msgspec.structs.replace(good, sha256="0" * 64))
    assert (answer.code, answer.field) == ("damaged", "sha256")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "42"}, "id"),
        ({"revision": 0}, "revision"),
        ({"revision": 7}, "revision"),
        ({"id": str(uuid4())}, "id"),
        ({"kind": "quote"}, "kind"),
    ],
)
def test_an_envelope_that_does_not_fit_its_content_is_refused(house, kim, change, field):
    (answer,) = house.post(kim, msgspec.structs.replace(enveloped(honest(house, kim)), **change))
    assert (answer.code, answer.field) == ("unreadable", field)


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        ('"total":"9.00"', '"total":"NaN"', "total"),
        ('"total":"9.00"', '"total":"1e999999"', "total"),
        ('"total":"9.00"', '"total":"sNaN"', "total"),
        ('"unit_price":"4.50"', '"unit_price":"-Infinity"', "lines[0].unit_price"),
        ('"number":"', '"number":"\\u0000', "number"),
        ('"rep":"KIM"', '"rep":null', "rep"),
    ],
)
def test_content_that_could_harm_a_sum_or_a_name_is_refused_with_its_field(house, kim, was, becomes, field):
    good = enveloped(honest(house, kim))
    assert was in good.body
    text = good.body.replace(was, becomes)
    bad = Envelope(id=good.id, revision=1, kind="order", body=text, sha256=fingerprint(text))
    (answer,) = house.post(kim, bad)
    assert isinstance(answer, Refused)
    assert answer.field == field


def test_a_text_nested_beyond_all_reason_is_refused_like_any_other(house, kim):
    text = "[" * 100_000
    deep = Envelope(id=str(uuid4()), revision=1, kind="order", body=text, sha256=fingerprint(text))
    answers = house.post(kim, deep, honest(house, kim))
    assert [type(answer) for answer in answers] == [Refused, Taken]


def test_a_document_of_a_newer_program_is_asked_to_come_later(house, kim):
    (answer,) = house.post(kim, honest(house, kim, version=99))
    assert isinstance(answer, Later)


def test_more_documents_than_a_batch_holds_are_too_many(house, kim):
    with pytest.raises(ProblemError) as caught:
        house.post(kim, *(honest(house, kim) for _ in range(51)))
    assert caught.value.code == Code.TOO_LARGE


def test_a_revision_takes_the_place_of_one_that_has_not_begun(house, kim):
    first = honest(house, kim)
    house.post(kim, first)
    house.post(kim, revised(first, revision=2))
    house.deliver()
    told = house.told(kim)
    assert (told[first.id, 1].state, told[first.id, 2].state) == ("superseded", "confirmed")
    assert [document.revision for document in house.erp.sent] == [2]


def test_a_revision_of_what_is_booked_is_refused(house, kim):
    first = honest(house, kim)
    house.post(kim, first)
    house.deliver()
    (answer,) = house.post(kim, revised(first, revision=2))
    assert (answer.code, answer.field) == ("already_booked", "revision")


def test_a_revision_of_what_may_be_booked_is_refused(house, kim):
    house.erp.answers.append(Unknown("the line went dead"))
    first = honest(house, kim)
    house.post(kim, first)
    house.company.dispatcher.step()
    (answer,) = house.post(kim, revised(first, revision=2))
    assert answer.code == "already_booked"


def test_a_revision_after_the_erps_refusal_is_sent(house, kim):
    house.erp.answers.append(ErpRefused("no such tax code", "lines[0].sku"))
    first = honest(house, kim)
    house.post(kim, first)
    house.deliver()
    house.post(kim, revised(first, revision=2))
    house.deliver()
    told = house.told(kim)
    assert (told[first.id, 1].state, told[first.id, 2].state) == ("superseded", "confirmed")


def test_a_revision_that_comes_late_changes_nothing(house, kim):
    second = honest(house, kim, revision=2)
    house.post(kim, second)
    (answer,) = house.post(kim, revised(second, revision=1))
    house.deliver()
    assert isinstance(answer, Taken)
    told = house.told(kim)
    assert (told[second.id, 1].state, told[second.id, 2].state) == ("superseded", "confirmed")


def test_a_cancellation_stops_an_order_that_has_not_begun(house, kim):
    unwanted = honest(house, kim)
    back = cancellation(kim, unwanted.id)
    house.post(kim, unwanted)
    house.post(kim, back)
    house.deliver()
    assert house.erp.sent == []
    told = house.told(kim)
    assert (told[unwanted.id, 1].state, told[back.id, 1].state) == ("cancelled", "confirmed")


def test_a_cancellation_of_a_booked_order_goes_to_the_erp(house, kim):
    unwanted = honest(house, kim)
    house.erp.answers.append(Done("SO-1"))
    house.post(kim, unwanted)
    house.deliver()
    back = cancellation(kim, unwanted.id)
    house.post(kim, back)
    house.deliver()
    assert [(document.kind, document.cancels_external) for document in house.erp.sent][1:] == [("cancellation", "SO-1")]
    assert house.told(kim)[unwanted.id, 1].state == "cancelled"


def test_a_cancellation_that_came_with_its_order_is_done_at_once(house, kim):
    unwanted = honest(house, kim)
    answers = house.post(kim, cancellation(kim, unwanted.id), unwanted)
    house.deliver()
    assert [type(answer) for answer in answers] == [Taken, Taken]
    assert house.erp.sent == []


def test_a_cancellation_before_its_order_waits(house, kim):
    (answer,) = house.post(kim, cancellation(kim, str(uuid4())))
    assert isinstance(answer, Later)


def test_another_reps_order_cannot_be_cancelled(house, kim):
    lee = house.sign_in("LEE")
    theirs = order(lee, "C2")
    house.post(lee, theirs)
    (answer,) = house.post(kim, cancellation(kim, theirs.id))
    assert (answer.code, answer.field) == ("not_your_document", "of")


def test_a_cancelled_order_takes_no_revision(house, kim):
    unwanted = honest(house, kim)
    house.post(kim, unwanted, cancellation(kim, unwanted.id))
    (answer,) = house.post(kim, revised(unwanted, revision=2))
    assert answer.code == "cancelled"


def test_a_new_customer_may_be_revised_and_keeps_one_row(house, kim):
    house.erp.answers.append(ErpRefused("no VAT number"))
    first = new_customer(kim, "Cornr Shop", contact="Ann")
    house.post(kim, first)
    house.deliver()
    house.post(kim, revised(first, revision=2, company="Corner Shop"))
    manifest = house.server.manifest(kim.access_token, 1)
    changes = house.server.catalogue_changes(kim.access_token, manifest.cursor, 100)
    customers = {row[0]: row[2] for upsert in changes.upserts if upsert.table == "customers" for row in upsert.rows}
    assert customers == {"C1": "Corner Shop", first.id: "Corner Shop"}


def test_a_new_customer_is_also_the_reps_who_is_to_look_after_them(house, kim):
    lee = house.sign_in("LEE")
    made = new_customer(kim, assigned_to="lee")
    house.post(kim, made)
    for session in (kim, lee):
        manifest = house.server.manifest(session.access_token, 1)
        changes = house.server.catalogue_changes(session.access_token, manifest.cursor, 100)
        rows = next(upsert.rows for upsert in changes.upserts if upsert.table == "customers")
        assert made.id in {row[0] for row in rows}


def test_a_new_customer_cannot_take_a_list_the_rep_may_not_give(house, kim):
    greedy = new_customer(kim, price_list="EXPORT")
    house.post(kim, greedy)
    manifest = house.server.manifest(kim.access_token, 1)
    changes = house.server.catalogue_changes(kim.access_token, manifest.cursor, 100)
    rows = next(upsert.rows for upsert in changes.upserts if upsert.table == "customers")
    assert {row[0]: row[3] for row in rows}[greedy.id] == "TRADE"


def test_the_same_document_twice_in_one_batch_is_one_document(house, kim):
    once = honest(house, kim)
    first, second = house.post(kim, once, once)
    assert first == second
    house.deliver()
    assert len(house.erp.sent) == 1


def test_what_is_kept_is_the_very_text_that_came(house, kim):
    text = enveloped(honest(house, kim)).body
    spaced = f" {text}\n"
    id_ = msgspec.json.decode(text)["id"]
    house.post(kim, Envelope(id=id_, revision=1, kind="order", body=spaced, sha256=fingerprint(spaced)))
    (page,) = house.archive.pages(id_)
    assert page.body == spaced


def test_two_reps_cannot_hold_one_id(house, kim):
    first = honest(house, kim)
    house.post(kim, first)
    lee = house.sign_in("LEE")
    (answer,) = house.post(lee, revised(order(lee, "C2"), id=first.id))
    assert answer.code == "not_your_document"


def test_two_reps_orders_for_one_customer_both_stand_under_it(house, kim):
    house.office.load(customers="number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM;LEE\n")
    lee = house.sign_in("LEE")
    orders = honest(house, kim, line(1)), honest(house, lee, line(1, "TRAY", 2, "12"))
    for session, document in zip((kim, lee), orders, strict=True):
        house.post(session, document)
    house.deliver()
    pages = [page for document in orders for page in house.archive.pages(document.id)]
    assert [(page.line.state, page.line.rep) for page in pages] == [("confirmed", "KIM"), ("confirmed", "LEE")]
    assert [page.body for page in pages] == [enveloped(document).body for document in orders]
    assert {document.customer.id for document in orders} == {"C1"}


def test_a_batch_is_one_transaction_with_one_number(house, kim):
    answers = house.post(kim, *(honest(house, kim) for _ in range(3)))
    assert len({answer.sequence for answer in answers}) == 1


def test_nothing_is_taken_when_the_transaction_fails(house, kim, monkeypatch):
    from wizterm.server.intake import recording
    from wizterm.server.store.paperwork import Delivery

    whole = recording.insert

    def torn(model, rows):
        if model is Delivery:
            raise OSError("disk full")
        whole(model, rows)

    document = honest(house, kim)
    with monkeypatch.context() as patched:
        patched.setattr(recording, "insert", torn)
        with pytest.raises(OSError):
            house.post(kim, document)
    assert house.told(kim) == {}
    assert isinstance(house.server.post_documents(kim.access_token, batch(document)).answers[0], Taken)
