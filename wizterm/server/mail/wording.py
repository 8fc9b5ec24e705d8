"""What a mail says, in words; how it looks is the business of its two forms."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.domain.document import State
from wizterm.domain.money import currency
from wizterm.domain.quantity import counted, show
from wizterm.domain.text import plain
from wizterm.protocol.bodies import Address, OrderBody, OrderLine
from wizterm.protocol.sums import called, off, sums
from wizterm.server.deliveries import TO_CUSTOMER, TO_REP
from wizterm.server.mail.letter import Letter

MOST_LINES = 200
"""More stand in the PDF alone: mailboxes cut long mails off."""
LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class LineSaid:
    sku: str
    name: str
    beneath: str
    """What else was agreed for the line; empty where nothing was."""
    quantity: str
    price: str
    amount: str


@dataclass(frozen=True, slots=True)
class Said:
    """Every text is one plain line, but for the note."""

    company: str
    title: str
    opening: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[LineSaid, ...]
    more_lines: str
    sums: tuple[tuple[str, str], ...]
    total: tuple[str, str]
    note: str
    contact: str
    contact_address: str
    attached: str

    @property
    def subject(self) -> str:
        return f"{self.title} – {self.company}"[:LONGEST_SUBJECT]


def said(letter: Letter, company: str, attached: str) -> Said:
    """`attached` tells of the PDF."""
    body, in_ = letter.body, currency(letter.body.currency)
    return Said(
        company=plain(company),
        title=_title(letter),
        opening=_opening(letter),
        facts=tuple((title, plain(fact)) for title, fact in _facts(letter) if fact),
        lines=tuple(_line(line, body) for line in body.lines[:MOST_LINES]),
        more_lines=_more(len(body.lines) - MOST_LINES),
        sums=tuple((_sentence(plain(part.words)), in_.show(part.amount)) for part in sums(body)),
        total=(f"Total {plain(body.currency)}", in_.show(body.total)),
        note="\n".join(plain(row) for row in body.note.splitlines()).strip(),
        contact="" if letter.target == TO_REP else plain(letter.rep_name),
        contact_address=str(letter.rep_address.addr_spec) if letter.rep_address else "",
        attached=attached,
    )


def _title(letter: Letter) -> str:
    """A quote is nothing that a customer waits to hear confirmed."""
    if letter.body.kind == "quote":
        title = f"Quote {plain(letter.body.number)}"
        return title if letter.target == TO_CUSTOMER else f"{title} {_standing(letter)}"
    return f"{called(letter.body).capitalize()} {plain(letter.body.number)} {_standing(letter)}"


def _standing(letter: Letter) -> str:
    """What the company has said of it, at most."""
    return {State.CONFIRMED: "confirmed", State.REFUSED: "needs attention"}.get(State(letter.state), "received")


def _opening(letter: Letter) -> str:
    body, name = letter.body, plain(letter.body.customer.name)
    what, standing = called(body), _standing(letter)
    again = f", revision {body.revision}" if body.revision > 1 else ""
    if letter.target == TO_CUSTOMER:
        if body.kind == "quote":
            until = f" It holds until {body.valid_until}." if body.valid_until else ""
            return f"Thank you for your interest. This is our quote for {name}{again}.{until}"
        done = "have confirmed" if standing == "confirmed" else "have received"
        thanks = "" if what == "return" else "Thank you. "
        return f"{thanks}We {done} your {what} for {name}{again}."
    who = f"{plain(letter.rep_name)}'s {what} for {name}{again}"
    if standing == "needs attention":
        return f"{who} was refused: {plain(letter.refusal)}"
    return f"{who} was {standing}."


def _facts(letter: Letter) -> tuple[tuple[str, str], ...]:
    body, party = letter.body, letter.body.customer
    days = f"{body.deliver_from}{f' to {body.deliver_to}' if body.deliver_to else ''}" if body.deliver_from else ""
    return (
        ("Number", body.number),
        ("Our reference", letter.external if letter.state == State.CONFIRMED else ""),
        ("Your number", body.po_number),
        ("Date", str(body.business_date)),
        ("Customer", ", ".join(part for part in (party.name, party.number) if part)),
        ("For" if body.kind == "quote" else "Ordered by", body.contact or party.contact),
        ("Deliver to", _where(body.delivery or party.shipping) or _where(party.billing)),
        ("Delivery", days),
        ("Payment", body.payment_method),
        ("Holds until", str(body.valid_until) if body.valid_until else ""),
    )


def _where(place: Address) -> str:
    return ", ".join(part for part in (place.line, place.city, place.postcode, place.country) if part)


def _line(line: OrderLine, body: OrderBody) -> LineSaid:
    in_ = currency(body.currency)
    return LineSaid(
        sku=plain(line.sku),
        name=plain(line.name),
        beneath=" · ".join(plain(each) for each in _beneath(line, body) if each),
        quantity=f"{show(line.count)} {plain(line.unit)}".strip(),
        price=in_.show_price(line.unit_price),
        amount=in_.show(line.net),
    )


def _beneath(line: OrderLine, body: OrderBody) -> tuple[str, ...]:
    discount = line.discount
    taken = "" if discount is None else (off(discount) if discount.off == "percent" else f"{discount.amount} off")
    return (
        *(f"{option.modifier}: {option.option}" for option in line.options),
        f"{show(line.quantity)} pieces, priced for one" if line.quantity != line.count else "",
        f"discount {taken}" if taken else "",
        *(f"{promotion.name} {currency(body.currency).show(-promotion.amount)}" for promotion in line.promotions),
        f"wanted on {line.deliver_on}" if line.deliver_on else "",
        line.note,
    )


def _more(count: int) -> str:
    return f"{counted(count, 'more line')} in the PDF." if count > 0 else ""


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
