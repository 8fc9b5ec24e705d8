"""A mail's headers are those that were meant, whatever stands in names and numbers."""

from base64 import b64encode
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.parcels import NOW, letter, packed
from wizterm.protocol.bodies import Party
from wizterm.server.mail.addresses import AddressError, address, mailbox
from wizterm.server.mail.composing import Stationery
from wizterm.server.mail.headers import UnwritableError, one, people, wired, words
from wizterm.server.mail.trial import trial

OURS = [
    "Message-ID", "From", "To", "Subject", "Date", "Reply-To", "Auto-Submitted", "MIME-Version", "Content-Type",
]  # fmt: skip


def hidden(text, form="b"):
    """Text that a reader would decode, if it were let stand."""
    coded = b64encode(text.encode()).decode() if form == "b" else "".join(f"={byte:02X}" for byte in text.encode())
    return f"=?utf-8?{form}?{coded}?="


LINES = "\r\nReply-To: evil@x.example\r\n\r\nPay to 1234"
HIDDEN = [hidden(LINES), hidden(LINES, "q"), f"Bob {hidden(LINES)}", f'"{hidden(LINES)}"', hidden("a@x.example, b")]
LONG = "Kim Berg and Daughters of the Long Road, Importers <evil@x.example>, GmbH \\"


def block(content):
    return content.split(b"\r\n\r\n")[0] + b"\r\n"


def names(content):
    rows = block(content).decode("utf-8").split("\r\n")
    return [row.partition(":")[0] for row in rows if row and not row.startswith(" ")]


def goes_to(content, name="To"):
    """As two readers see it: the one that decodes first is the more easily misled."""
    mail = message_from_bytes(content, policy=policy.default)
    raw = message_from_bytes(content)[name]
    return [each.addr_spec for each in mail[name].addresses], [bare for _, bare in getaddresses([raw])]


@pytest.mark.parametrize("text", HIDDEN)
def test_what_looks_encoded_adds_no_header_wherever_it_stands(text):
    about = letter(number=text, customer=Party(id="C1", name=text, contact=text), name=text)
    about = replace(about, rep_name=text, rep_address=address("kim@testers.example", text), external=text)
    content = packed(about, attach=False, company=text, sender=address("orders@testers.example", text)).content
    assert names(content) == OURS
    assert b"evil@x.example" not in block(content)
    assert goes_to(content) == (["grace@corner.example"],) * 2
    assert goes_to(content, "Reply-To") == (["kim@testers.example"],) * 2


def test_what_looks_encoded_is_read_as_the_text_it_is():
    content = packed(letter(name="Bob =?utf-8?q?x?="), attach=False).content
    written = message_from_bytes(content)["To"].rpartition(" <")[0]
    assert str(make_header(decode_header(written))) == "Bob =?utf-8?q?x?="


@pytest.mark.parametrize(
    "name",
    [
        LONG, "Ltd <evil@x.example>", '"a" <evil@x.example>, b', "a, evil@x.example", "evil@x.example", "a: b;",
        "(x) y", "\\", '"', "Søren Ångström, 日本 " * 5,
    ],
)  # fmt: skip
def test_a_name_is_never_a_second_address(name):
    content = packed(letter(name=name), attach=False).content
    assert goes_to(content) == (["grace@corner.example"],) * 2
    assert b"evil@x.example" not in block(content)


@given(st.text(max_size=90), st.text(max_size=90))
def test_any_name_is_one_address_and_any_number_one_header(name, number):
    content = packed(letter(name=name, number=number), attach=False).content
    assert names(content) == OURS
    assert goes_to(content) == (["grace@corner.example"],) * 2
    assert max(map(len, block(content).split(b"\r\n"))) <= 78


@pytest.mark.parametrize("text", [*HIDDEN, "=?", "a =?b", " a", "a  b", ""])
def test_a_subject_is_read_again_as_it_was(text):
    content = wired([words("Subject", text)], _content())
    assert str(make_header(decode_header(message_from_bytes(content)["Subject"]))) == text
    assert b"=?utf-8?b?DQ" not in content


def test_a_contact_of_the_import_that_looks_encoded_is_mailed_as_text(house):
    name = hidden(LINES)
    house.office.load(
        customers=f"number,name,contact,email,price_list,rep\nC1,Shop,{name},grace@corner.example,TRADE,KIM\n"
    )
    house.take(number=hidden("\r\nX-Evil: 1"))
    house.round()
    (envelope,) = house.server.envelopes
    assert [each for each in names(envelope.content) if each not in {"X-Peer", "X-MailFrom", "X-RcptTo"}] == OURS
    assert goes_to(envelope.content) == (["grace@corner.example"],) * 2


def test_a_long_name_is_read_again_as_it_was():
    written = message_from_bytes(packed(letter(name=LONG), attach=False).content)["To"].rpartition(" <")[0]
    assert str(make_header(decode_header(written))) == LONG


def test_several_addresses_stand_each_for_itself():
    those = (address("ada@t.example", "Lovelace, Ada"), address("office@t.example"), address("bo@t.example", "Bo"))
    content = packed(replace(letter(), to=those), attach=False).content
    assert goes_to(content) == ([each.addr_spec for each in those],) * 2


def test_an_address_that_begins_like_an_encoded_word_is_none():
    with pytest.raises(AddressError):
        address("=?utf-8?q?evil=40x.example?=@corner.example")


def test_a_trial_has_the_headers_of_a_trial():
    stationery = Stationery("Testers", mailbox("Testers <orders@testers.example>"))
    content = trial(stationery, address("ada@t.example", hidden(LINES)), NOW, "x").content
    assert names(content)[:5] == OURS[:5]
    assert goes_to(content) == (["ada@t.example"],) * 2


@pytest.mark.parametrize("text", ["a\r\nBcc: evil@x.example", "a\r\n\r\nPay to 1234", "a\nBcc: evil@x.example", "a\rb"])
def test_a_header_that_came_out_as_more_is_said_and_never_sent(text):
    with pytest.raises(UnwritableError, match=r"its headers were to be X, .* and came out as "):
        wired([one("X", text)], _content())


def test_a_line_end_that_the_library_finds_is_a_sentence():
    class Refusing(EmailMessage):
        def as_bytes(self):
            raise MessageError("header value contains newline")

    with pytest.raises(UnwritableError, match="a header would hold more than its text"):
        wired([people("To", [address("a@t.example")])], Refusing())


def _content():
    message = EmailMessage(policy.SMTP)
    message.set_content("Hello.")
    return message
