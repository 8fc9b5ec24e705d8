"""Labels and sheets: all that is printed scans."""

import re
from datetime import UTC, datetime

import pytest

from tests.support.camera import pages_of_pdf, picture_of_svg, seen, words_of_pdf
from wizterm.domain.barcodes.check_digits import with_check_digit
from wizterm.domain.scan_commands import COMMANDS
from wizterm.paper.labels import Label, sheets, singles
from wizterm.paper.pages import Box, shortened
from wizterm.paper.pdf import pdf, written
from wizterm.paper.sheets import Wanted, command_sheet, setup_sheets
from wizterm.paper.svg import svg

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def label(number):
    return Label(f"P{number:05d}", f"Mug {number}", with_check_digit(f"95200000{number:04d}"))


LABELS = [label(number) for number in range(1, 31)]
SENT = [f"]E0{each.code}" for each in LABELS]


def test_every_label_of_a_sheet_scans_from_pdf_and_svg():
    pages = sheets(LABELS)
    assert [seen(page) for page in pages_of_pdf(pdf(pages, title="Labels", at=AT))] == [set(SENT[:24]), set(SENT[24:])]
    assert [seen(picture_of_svg(svg(page))) for page in pages] == [set(SENT[:24]), set(SENT[24:])]


def test_places_that_were_used_stay_free():
    first, second = sheets(LABELS[:24], skip=20)
    assert seen(picture_of_svg(svg(first))) == set(SENT[:4])
    assert seen(picture_of_svg(svg(second))) == set(SENT[4:24])


def test_a_single_label_has_a_page_of_its_size():
    one, two = singles(LABELS[:2])
    assert (one.width, one.height) == (70, 36)
    assert [seen(page) for page in pages_of_pdf(pdf([one, two], title="Labels", at=AT))] == [{SENT[0]}, {SENT[1]}]
    assert seen(picture_of_svg(svg(two))) == {SENT[1]}


@pytest.mark.parametrize("code", ["85123A", "Ä-17", "X" * 60, "A-LONG-ARTICLE-CODE-1234567"])
def test_any_article_code_scans_as_bars_or_square(code):
    (page,) = singles([Label(code, "Mug", code)])
    (sent,) = seen(picture_of_svg(svg(page)))
    assert sent[3:] == code


def test_a_label_says_name_code_sku_and_price():
    (page,) = singles([Label("P00001", "Mug & <cup>", LABELS[0].code, "GBP 2.95")])
    words = words_of_pdf(pdf([page], title="Labels", at=AT))
    assert all(part in words for part in ("Mug & <cup>", LABELS[0].code, "P00001", "GBP 2.95"))
    assert "Mug &amp; &lt;cup&gt;" in svg(page)


def test_nothing_is_drawn_beyond_the_edge():
    for page in (*sheets(LABELS), command_sheet(), *setup_sheets()):
        boxes = [shape for shape in page.shapes if isinstance(shape, Box)]
        assert min(box.x for box in boxes) >= 2
        assert max(box.x + box.width for box in boxes) <= page.width - 2
        assert max(box.y + box.height for box in boxes) <= page.height - 2


def test_the_sheet_of_commands_holds_them_all():
    page = command_sheet()
    codes = {f"]C0{command.code}" for command in COMMANDS}
    assert len(codes) == 17
    assert seen(pages_of_pdf(pdf([page], title="Commands", at=AT))[0]) == codes
    assert seen(picture_of_svg(svg(page))) == codes


def test_the_sheets_for_setting_up_scan():
    from wizterm.domain.barcodes.calibration import CODES

    settings, calibration = pages_of_pdf(pdf(setup_sheets(), title="Setting up", at=AT))
    assert seen(calibration) == {f"]C0{code}" for code in CODES}
    assert seen(settings) == {
        "]E09520000000059",
        "]C0ABC-123/xyz",
        "]C1010952000000005910LOT7\x1d21A1",
        "]Q1https://id.gs1.org/01/09520000000059/10/LOT7",
    }


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (
            Wanted(),
            ("Keyboard layout", "2.  Prefix: the key F9", "AIM identifier: on", "Suffix: Enter (CR)", "Ctrl + ]"),
        ),
        (Wanted("f4", "tab", "f12"), ("the key F4", "Suffix: Tab", "the key F12")),
        (Wanted("", "none"), ("2.  AIM identifier", "A pause ends the scan")),
    ],
)
def test_the_sheet_says_what_the_settings_want_of_the_scanner(wanted, told):
    said = words_of_pdf(pdf(setup_sheets(wanted), title="Setting up", at=AT)).replace("\u00a0", " ")
    for part in told:
        assert re.sub(" +", " ", part) in re.sub(" +", " ", said)


def test_the_same_pages_are_the_same_bytes():
    assert pdf([command_sheet()], title="A", at=AT) == pdf([command_sheet()], title="A", at=AT)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Café Müller", "Café Müller"),
        ("Łódź", "Lódz"),
        ("Œuvre…", "OEuvre..."),
        ("漢字", "??"),
        ("a\x1bb", "a?b"),
        ("5 €", "5 EUR"),
    ],
)
def test_what_the_face_lacks_is_written_alike(text, shown):
    assert written(text) == shown


def test_a_long_name_is_cut_to_the_label():
    assert shortened("x" * 100, 9, 60).endswith("…")
    assert shortened("short", 9, 60) == "short"
