"""What a mail looks like, whatever stands in the order."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from email import message_from_bytes, policy
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from tests.support.documents_making import line
from tests.support.parcels import NOW, letter, packed
from wizterm.domain.document import key
from wizterm.protocol.bodies import Address, Discount, Party
from wizterm.server.deliveries import TO_CUSTOMER, TO_OFFICE, TO_REP
from wizterm.server.mail.addresses import AddressError, address, mailboxes
from wizterm.server.mail.as_text import WIDTH
from wizterm.server.mail.wording import MOST_LINES

HOSTILE = 'Evil"\r\nBcc: all@victim.example\r\n\r\n<script>alert(1)</script>\x1b[31m\u202e, "Ltd" <x@y.example>'
TEXTS = st.text(max_size=60)
TAGS = {"html", "head", "meta", "style", "title", "body", "table", "tr", "td", "p", "h1", "br", "span", "a"}


def read(about, **more):
    return message_from_bytes(packed(about, **more).content, policy=policy.default)


def text(mail):
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html(mail):
    return mail.get_body(("html",)).get_content().replace("\r\n", "\n")


class Seen(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data):
        self.text += data


def attachments(mail):
    return {part.get_filename(): part.get_content() for part in mail.iter_attachments()}


def test_it_says_what_was_agreed_in_text_and_in_html():
    off = Discount(off="percent", value=Decimal(10), amount=Decimal("14.40"))
    tray = msgspec.structs.replace(line(2, "TRAY", 12, "12"), discount=off, note="gift wrap")
    about = letter(
        customer=Party(id="C1", name="Corner Shop", number="10412", billing=Address(line="1 Quay", city="Bristol")),
        lines=(line(1), tray),
        note="Ring the back door.\nNo Saturdays.",
        deliver_from=date(2026, 3, 9),
        po_number="PO-77",
    )
    mail, number = read(about), about.body.number
    for said in (" ".join(text(mail).split()), Seen(html(mail)).text):
        for part in ("SO-7", "Corner Shop, 10412", "1 Quay, Bristol", "2026-03-09", "PO-77", "A mug", "TRAY"):
            assert part in said
        for part in ("12 each", "discount 10 %", "gift wrap", "144.00", "Ring the back door.", "No Saturdays."):
            assert part in said
        for part in ("Total GBP", "Kim Berg", "kim@testers.example", "Testers & Co", number, f"{number}.pdf"):
            assert part in said


def test_an_order_by_which_everything_goes_back_is_called_a_return():
    about = letter(lines=(line(1, quantity=-2),), subtotal=Decimal(-9), total=Decimal(-9))
    mail = read(about)
    assert mail["Subject"] == f"Return {about.body.number} confirmed – Testers & Co"
    assert "\nWe have confirmed your return for" in text(mail)
    assert "The return is attached" in text(mail)
    assert not {"order", "Goods", "Thank"} & set(text(mail).split())
    (content,) = attachments(mail).values()
    assert f"Return {about.body.number}" in PdfDocument(content)[0].get_textpage().get_text_bounded()


def test_a_rep_is_not_told_to_ask_themselves():
    assert "Your contact: Kim Berg" in text(read(letter()))
    assert "Your contact" not in text(read(letter(TO_REP)))
    assert "Your contact" not in html(read(letter(TO_REP)))


def test_an_address_reads_as_on_the_screen():
    falmouth = Address(line="1 Quay", city="Falmouth", postcode="TR11 4XB", country="GB")
    mail = read(letter(customer=Party(id="C1", name="Corner Shop", billing=falmouth)))
    assert "1 Quay, Falmouth, TR11 4XB, GB" in text(mail)


def test_headers_say_who_and_answers_go_to_the_rep():
    about = letter()
    mail = read(about)
    assert mail["From"] == "Testers <orders@testers.example>"
    assert mail["To"] == "Grace Hopper <grace@corner.example>"
    assert mail["Reply-To"] == "Kim Berg <kim@testers.example>"
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == f"<{key(about.body.id)}.1.mail-customer@testers.example>"


def test_a_long_id_stands_on_one_line():
    sender = address(f"orders@{'a' * 60}.{'b' * 60}.example")
    content = packed(letter(), sender=sender).content
    assert re.match(rb"Message-ID: <\S+>\r\n", content)


def test_the_reps_own_mail_is_answered_to_whom_the_settings_say():
    boss = address("boss@testers.example")
    assert read(letter(TO_REP), reply_to=boss)["Reply-To"] == "boss@testers.example"
    assert read(replace(letter(), rep_address=None), reply_to=boss)["Reply-To"] == "boss@testers.example"
    assert read(replace(letter(), rep_address=None))["Reply-To"] is None


def test_the_id_is_the_same_each_time_and_another_for_each_revision_and_target():
    about = letter()
    again = replace(about, body=msgspec.structs.replace(about.body, revision=2))
    ids = [read(each)["Message-ID"] for each in (about, about, again, replace(about, target=TO_OFFICE))]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_the_pdf_of_the_order_is_attached_under_its_number():
    about = letter()
    ((name, content),) = attachments(read(about)).items()
    assert name == f"{about.body.number}.pdf"
    page = PdfDocument(content)[0].get_textpage().get_text_bounded()
    assert about.body.number in page
    assert "Testers & Co" in page


@pytest.mark.parametrize("number", ["../../etc/passwd", 'a"; b', "=?utf-8?q?=0D=0AX:?=", " ", "-", "x" * 60])
def test_the_pdfs_name_is_safe_whatever_the_number(number):
    (name,) = attachments(read(letter(number=number)))
    assert re.fullmatch(r"[A-Za-z0-9_-]+\.pdf", name)


def test_a_pdf_that_is_too_large_stays_behind_and_the_mail_says_so():
    mail = read(letter(), most_bytes=100)
    assert attachments(mail) == {}
    assert "too large to come with this mail" in " ".join(text(mail).split())


def test_where_no_pdf_can_be_made_the_mail_goes_without():
    mail = read(letter(number="日本"))
    assert attachments(mail) == {}
    assert "could not be made: ask for it" in " ".join(text(mail).split())


def test_without_attachments_nothing_is_said_of_one():
    mail = read(letter(), attach=False)
    assert attachments(mail) == {}
    assert "attached" not in text(mail) + html(mail)


def test_a_long_order_stands_whole_in_its_pdf_alone():
    mail = read(letter(lines=tuple(line(number) for number in range(1, MOST_LINES + 4))))
    assert "3 more lines in the PDF." in text(mail)


@pytest.mark.parametrize(
    ("target", "state", "said"),
    [
        (TO_CUSTOMER, "confirmed", "We have confirmed your order"),
        (TO_CUSTOMER, "delivered", "We have received your order"),
        (TO_REP, "delivered", "Kim Berg's order for Customer C1 was received."),
        (TO_OFFICE, "confirmed", "Kim Berg's order for Customer C1 was confirmed."),
        (TO_OFFICE, "refused", "Kim Berg's order for Customer C1 was refused: blocked"),
    ],
)
def test_it_says_how_things_stand(target, state, said):
    assert said in " ".join(text(read(letter(target, state))).split())


def test_a_quote_says_how_long_it_holds():
    mail = read(letter(kind="quote", valid_until=date(2026, 4, 1)))
    assert mail["Subject"].startswith("Quote ")
    assert "It holds until 2026-04-01." in " ".join(text(mail).split())


def test_a_hostile_text_is_text_in_every_place():
    party = Party(id="C1", name=HOSTILE, number=HOSTILE, contact=HOSTILE, billing=Address(line=HOSTILE))
    bad = msgspec.structs.replace(line(1, HOSTILE), name=HOSTILE, unit=HOSTILE, note=HOSTILE)
    about = letter(number=HOSTILE, customer=party, lines=(bad,), note=HOSTILE, po_number=HOSTILE, name=HOSTILE)
    mail = read(replace(about, rep_name=HOSTILE, external=HOSTILE), company=HOSTILE)
    _is_harmless(mail)
    assert "<script>alert(1)</script>" in Seen(html(mail)).text


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_text_of_any_kind_breaks_a_mail(name, number, note, company):
    party = Party(id="C1", name=name, contact=note)
    about = letter(customer=party, number=number, note=note, name=name)
    _is_harmless(read(about, company=company, attach=False))


def _is_harmless(mail):
    assert set(mail.keys()) <= {
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip
    assert [each.addr_spec for each in mail["To"].addresses] == ["grace@corner.example"]
    assert not mail.defects
    seen = Seen(html(mail))
    assert seen.tags <= TAGS
    said = text(mail)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said + seen.text.replace("\n", ""))


def test_every_line_of_the_text_has_72_columns_at_most():
    long = "Regency cakestand, three tiers, hand-painted with roses and gold " * 3
    bad = msgspec.structs.replace(line(1, "X" * 40), name=long, note=long)
    said = text(read(letter(lines=(bad,), note=long), attach=False))
    assert max(map(len, said.splitlines())) <= WIDTH


@pytest.mark.parametrize(
    ("written", "goes_to"),
    [
        ("grace@corner.example", "grace@corner.example"),
        ("  g.h+wiz@Corner.EXAMPLE ", "g.h+wiz@corner.example"),
        ("grace@bücher.example", "grace@xn--bcher-kva.example"),
        ("gräce@corner.example", "gräce@corner.example"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_an_address_goes_over_the_wire_with_an_ascii_domain(written, goes_to):
    assert address(written).addr_spec == goes_to


@pytest.mark.parametrize(
    "written",
    [
        "", "grace", "@corner.example", "grace@", "grace@@corner.example", "a b@corner.example", "a@-x.example",
        "a@b..example", "grace@corner.example\nBcc: x@y.example", "grace\u202e@corner.example", "<a@b.example>",
        "a,b@c.example", ".a@c.example", 'a"b@c.example',
        f"{'a' * 65}@c.example", f"a@{'b' * 250}.example", "a@[127.0.0.1]",
    ],
)  # fmt: skip
def test_what_is_no_address_is_said_to_be_none(written):
    with pytest.raises(AddressError, match="is no e-mail address: expected name@"):
        address(written)


def test_several_addresses_stand_with_commas_between():
    two = mailboxes("Ada <ada@t.example>, office@t.example")
    assert [(each.display_name, each.addr_spec) for each in two] == [("Ada", "ada@t.example"), ("", "office@t.example")]


def test_a_name_beyond_ascii_is_read_again_as_it_was():
    assert read(letter(name="Søren Ångström, 日本"))["To"].addresses[0].display_name == "Søren Ångström, 日本"
