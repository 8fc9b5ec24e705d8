"""Orders on paper: all that was agreed, sums that add up, and a number that a scanner reads."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from tests.support.camera import pages_of_pdf, seen, words_of_pdf
from wizterm.paper.faces import NoFaceError, wide_face
from wizterm.paper.order_paper import Letterhead, order_pages
from wizterm.paper.pages import LETTER, Box, Trace, Words, wide, wrapped
from wizterm.paper.pdf import pdf
from wizterm.paper.svg import svg
from wizterm.protocol import bodies
from wizterm.protocol.sums import sums

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
D = Decimal
US = Letterhead("Northwind Gifts", "Kim Berg", "Payable within 30 days.")


def line(number=1, **more):
    given = {
        "line": number,
        "sku": f"P{number:05d}",
        "name": f"Mug {number}",
        "unit": "each",
        "count": D(2),
        "quantity": D(2),
        "unit_price": D("2.50"),
        "price_reason": bodies.PriceReason(source="list"),
        "gross": D("5.00"),
        "net": D("5.00"),
    }
    return bodies.OrderLine(**given | more)


def order(*lines, **more):
    made = lines or (line(),)
    total = sum((each.net for each in made), D(0))
    given = {
        "version": 1,
        "id": "d1",
        "revision": 1,
        "kind": "order",
        "number": "KIM-7F-0001",
        "rep": "KIM",
        "installation": "7F",
        "submitted_at": AT,
        "business_date": date(2026, 3, 2),
        "utc_offset_minutes": 0,
        "customer": bodies.Party(id="c1", name="The Paper Lantern", number="12923"),
        "currency": "GBP",
        "price_list": "retail",
        "lines": made,
        "subtotal": total,
        "total": total,
    }
    return bodies.OrderBody(**given | more)


def words(pages):
    return [shape.text for page in pages for shape in page.shapes if isinstance(shape, Words)]


def test_its_number_is_read_as_bars_and_as_a_square():
    (page,) = pages_of_pdf(pdf(order_pages(order(), US), title="x", at=AT))
    assert seen(page) == {"]C0KIM-7F-0001", "]Q1KIM-7F-0001"}


def test_it_says_who_what_how_many_and_at_which_price():
    body = order(
        line(discount=bodies.Discount(off="percent", value=D(10), amount=D("0.50")), net=D("4.50"), note="in blue"),
        line(2, options=(bodies.LineOption(modifier="Lid", option="Engraved", surcharge=D("3.50")),)),
        line(3, unit="case", count=D(2), quantity=D(24), lot=bodies.Lot(batch="LOT7"), deliver_on=date(2026, 4, 1)),
        customer=bodies.Party(
            id="c1",
            name="The Paper Lantern",
            number="12923",
            contact="Amy Ross",
            billing=bodies.Address(line="14 Stonegate", city="York", postcode="YO1 8AS", country="GB"),
        ),
        delivery=bodies.Address(line="2 Dock Road", city="Hull"),
        po_number="PO-77",
        payment_method="On account",
        note="Ring first.",
        valid_until=date(2026, 5, 1),
    )
    said = words_of_pdf(pdf(order_pages(body, US), title="x", at=AT))
    for part in ("Northwind Gifts", "Order KIM-7F-0001", "The Paper Lantern", "12923", "Amy Ross", "14 Stonegate",
                 "York, YO1 8AS", "2 Dock Road", "P00001", "Mug 1", "10 %", "4.50", "in blue", "Lid: Engraved +3.50",
                 "24 pieces", "batch LOT7", "wanted on 2026-04-01", "Your number: PO-77", "Payment: On account",
                 "Ring first.", "Payable within 30 days.", "Holds until: 2026-05-01", "Taken by: Kim Berg",
                 "Total GBP", "14.50"):  # fmt: skip
        assert part in said, part


def test_what_is_shown_beside_the_total_adds_up_to_it():
    body = order(
        line(),
        line(2),
        discounts=(bodies.Discount(off="percent", value=D(10), amount=D("1.00")),),
        fees=(bodies.Fee(code="car", name="Carriage", off="amount", value=D(5), amount=D("5.00")),),
        taxes=(
            bodies.Tax(code="full", rate=D(20), base=D(9), amount=D("1.80")),
            bodies.Tax(code="in", rate=D(5), base=D(5), amount=D("0.24"), inclusive=True),
        ),
        total=D("15.80"),
    )
    assert sum(part.amount for part in sums(body) if part.counts) == body.total
    said = words(order_pages(body, US))
    assert [text for text in said if text in {"subtotal", "order 10 %", "Carriage", "tax full 20 %", "includes in 5 %"}]
    assert "Northwind Gifts  Taxes are an estimate." in said
    assert sums(order()) == ()


def test_goods_that_go_back_are_credited_on_paper():
    back = line(2, count=D(-2), quantity=D(-2), gross=D("-5.00"), net=D("-5.00"))
    said = words(order_pages(order(line(1, net=D("7.50")), back), US))
    assert {"goes back: credited", "\N{MINUS SIGN}2", "\N{MINUS SIGN}5.00", "credit"} <= set(said)


@pytest.mark.parametrize("letterhead", [US, Letterhead("Northwind Gifts", size=LETTER)])
def test_many_lines_go_on_under_a_running_head_and_the_head_of_the_table(letterhead):
    pages = order_pages(order(*(line(number) for number in range(1, 201))), letterhead)
    assert len(pages) > 2
    for place, page in enumerate(pages, start=1):
        said = words([page])
        assert f"Page {place} of {len(pages)}" in said
        assert "SKU" in said
        assert place == 1 or "Order KIM-7F-0001, revision 1" in said
    assert [text for text in words(pages) if text.startswith("P0")] == [f"P{number:05d}" for number in range(1, 201)]


def test_a_note_longer_than_a_page_goes_on_under_the_head_of_the_table():
    pages = order_pages(order(*(line(number, note="note " * 700) for number in range(1, 5))), US)
    assert len(pages) > 2
    assert [words([page]).count("SKU") for page in pages] == [1] * len(pages)


def test_nothing_is_drawn_beyond_the_edge_or_into_the_foot():
    long = line(1, name="very " * 80 + "x" * 300, note="note " * 400, sku="S" * 90)
    for page in order_pages(order(*(line(number) for number in range(2, 60)), long), US):
        for shape in page.shapes:
            if isinstance(shape, Words) and not shape.text.startswith(("Page", "Northwind")):
                assert shape.y <= page.height - 20
                assert shape.anchor != "start" or shape.x + wide(shape.text, shape.points) <= page.width - 10


def test_a_drawn_signature_is_drawn_and_a_typed_one_says_so():
    drawn = bodies.Signature(at=AT, name="Amy Ross", strokes=(((0, 0, 0), (100, 40, 9)), ((5, 5, 20),)), width=140,
                             height=40)  # fmt: skip
    (page,) = order_pages(order(signature=drawn), US)
    (trace,) = [shape for shape in page.shapes if isinstance(shape, Trace)]
    assert all(15 <= x <= 75 for x, _ in trace.places)
    assert "Signed by Amy Ross, 2026-03-02 09:00 UTC" in words([page])
    assert "polyline" in svg(page)
    typed = order_pages(order(signature=bodies.Signature(at=AT, name="Amy Ross")), US)
    assert "Name typed by Amy Ross, 2026-03-02 09:00 UTC" in words(typed)


def test_hostile_text_is_text():
    body = order(line(name="<b>x</b>\x1b[2J\u202egnp", sku="(x) Tj ET"), note="a\r\nb\x00 \\) Tj")
    said = words_of_pdf(pdf(order_pages(body, US), title="\x1b]0;x\x07", at=AT))
    assert "<b>x</b>?[2Jgnp" in said
    assert "(x) Tj ET" in said
    assert not {"\x1b", "\u202e", "\x00"} & set(said)


def test_what_no_longer_holds_is_said_beside_the_number():
    assert "Cancelled, revision 2" in words(order_pages(order(revision=2), US, "Cancelled"))


def font(path, signs):
    """A font of square signs."""
    pen = TTGlyphPen(None)
    for place in ((0, 0), (0, 700), (500, 700), (500, 0)):
        (pen.lineTo if place != (0, 0) else pen.moveTo)(place)
    pen.closePath()
    signs = sorted(set(signs))
    names = [".notdef", *(f"u{ord(sign):04X}" for sign in signs)]
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({ord(sign): name for sign, name in zip(signs, names[1:], strict=True)})
    made.setupGlyf(dict.fromkeys(names, pen.glyph()))
    made.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    made.setupOS2()
    made.setupPost()
    made.save(path)
    return path


def test_a_font_of_the_machine_writes_what_the_usual_faces_lack(tmp_path):
    face = font(tmp_path / "squares.ttf", "ΑΩ ?abcdefghijklmnopqrstuvwxyzMg1")
    body = order(line(name="ΑΩ mug 東"))
    assert "ΑΩ mug ?" in words_of_pdf(pdf(order_pages(body, US), title="x", at=AT, face=face))
    assert "?? mug ?" in words_of_pdf(pdf(order_pages(body, US), title="x", at=AT))


def test_a_font_that_is_none_is_a_sentence(tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    with pytest.raises(NoFaceError, match="is no font that a PDF can take"):
        pdf(order_pages(order(line(name="Ω")), US), title="x", at=AT, face=broken)
    with pytest.raises(NoFaceError, match="There is no font"):
        wide_face(str(tmp_path / "none.ttf"))


def test_the_first_usual_font_that_is_here_is_taken():
    assert wide_face(is_file=lambda _: False) is None
    assert wide_face(is_file=lambda path: "Windows" in str(path)).name == "arial.ttf"


def test_text_is_broken_between_words_and_long_words_are_torn():
    assert wrapped("one two three", 10, wide("one two", 10)) == ["one two", "three"]
    assert "".join(wrapped("x" * 50, 10, 20)) == "x" * 50
    assert all(wide(part, 10) <= 20 for part in wrapped("東" * 50, 10, 20))


def test_the_same_order_at_the_same_time_is_the_same_bytes():
    first, second = (pdf(order_pages(order(), US), title="x", at=AT) for _ in range(2))
    assert first == second
    assert any(isinstance(shape, Box) for shape in order_pages(order(), US)[0].shapes)
