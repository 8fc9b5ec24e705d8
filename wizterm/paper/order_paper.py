"""An order or a quote on paper: what was agreed, to the letter, with its number for a scanner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wizterm.domain.money import currency
from wizterm.domain.quantity import counted
from wizterm.paper.flow import Flow
from wizterm.paper.order_table import OrderTable
from wizterm.paper.pages import A4, Box, Frame, Page, Trace, drawn, shortened
from wizterm.paper.symbols import code128, square
from wizterm.protocol.bodies import Address, OrderBody, Signature
from wizterm.protocol.sums import called, sums

SMALL, USUAL, LARGE = 8.0, 9.0, 15.0
SQUARE, BARS = 24.0, 68.0
"""Millimetres: the number as a QR code, and as bars."""
SIGNED = (60.0, 22.0)


@dataclass(frozen=True, slots=True)
class Letterhead:
    company: str
    rep: str = ""
    """Who took the order, by name."""
    terms: str = ""
    size: tuple[float, float] = A4


def order_pages(body: OrderBody, letterhead: Letterhead, standing: str = "") -> list[Page]:
    """`standing` is said beside the number, such as that it was cancelled."""
    title = f"{called(body).capitalize()} {body.number}"
    table = OrderTable(body)

    def running_head(flow: Flow) -> None:
        flow.down(USUAL)
        flow.words(flow.left, shortened(letterhead.company, USUAL, 90), USUAL, bold=True)
        flow.words(flow.right, f"{title}, revision {body.revision}", USUAL, anchor="end")
        flow.y += 2

    flow = Flow(letterhead.size, running_head)
    _head(flow, body, letterhead, title, standing)
    _parties(flow, body)
    _facts(flow, body, letterhead)
    table.write(flow)
    _totals(flow, body)
    _end(flow, body, letterhead)
    estimate = "Taxes are an estimate." if body.taxes else ""
    return flow.pages(f"{letterhead.company[:60]}  {estimate}".rstrip())


def _head(flow: Flow, body: OrderBody, letterhead: Letterhead, title: str, standing: str) -> None:
    top, room = flow.y, flow.right - flow.left - SQUARE - BARS - 4
    flow.draw(drawn(square(body.number), Frame(flow.right - SQUARE, top, SQUARE, SQUARE), widest=0.8))
    bars = Frame(flow.right - SQUARE - BARS, top + 3, BARS, 12)
    flow.draw(drawn(code128(body.number), bars, widest=0.38))
    flow.y = top + 6
    flow.words(flow.left, shortened(letterhead.company, LARGE, room), LARGE, bold=True)
    flow.y = top + 14
    flow.words(flow.left, title, LARGE, bold=True)
    flow.y = top + 20
    again = f"revision {body.revision}" if body.revision > 1 else ""
    flow.words(flow.left, ", ".join(part for part in (standing, again) if part), USUAL, bold=True)
    flow.words(bars.x + bars.width / 2, body.number, USUAL, anchor="middle")
    flow.y = top + SQUARE + 2


def _parties(flow: Flow, body: OrderBody) -> None:
    party, half = body.customer, (flow.right - flow.left) / 2
    delivery = body.delivery or party.shipping
    sides = (
        ("Customer", (party.name, party.number, body.contact or party.contact, party.email, *_lines(party.billing))),
        ("Deliver to", (party.name, *(_lines(delivery) or _lines(party.billing)))),
    )
    top, lowest = flow.y, flow.y
    for place, (title, lines) in enumerate(sides):
        flow.y = top
        flow.down(SMALL)
        x = flow.left + place * half
        flow.words(x, title, SMALL)
        for number, line in enumerate(each for each in lines if each):
            flow.down(USUAL)
            flow.words(x, shortened(line, USUAL, half - 4), USUAL, bold=not number)
        lowest = max(lowest, flow.y)
    flow.y = lowest + 3


def _facts(flow: Flow, body: OrderBody, letterhead: Letterhead) -> None:
    days = f"{body.deliver_from}{f' to {body.deliver_to}' if body.deliver_to else ''}" if body.deliver_from else ""
    facts = {
        "Date": str(body.business_date),
        "Taken by": letterhead.rep or body.rep,
        "For": body.sold_by,
        "Your number": body.po_number,
        "Delivery": days,
        "Payment": body.payment_method,
        "Holds until": str(body.valid_until) if body.valid_until else "",
    }
    said = " · ".join(f"{title}: {fact}" for title, fact in facts.items() if fact)
    flow.paragraph(said, USUAL)
    flow.y += 3


def _totals(flow: Flow, body: OrderBody) -> None:
    in_ = currency(body.currency)
    flow.y += 2
    for part in sums(body):
        flow.needs(5)
        flow.down(USUAL)
        flow.words(flow.right - 32, shortened(part.words, USUAL, 90), USUAL, anchor="end")
        flow.words(flow.right, in_.show(part.amount), USUAL, anchor="end")
    flow.needs(9)
    flow.y += 1.5
    flow.draw((Box(flow.right - 60, flow.y, 60, 0.3),))
    flow.down(11)
    flow.words(flow.right - 32, f"Total {body.currency}", 11, bold=True, anchor="end")
    flow.words(flow.right, in_.show(body.total), 11, bold=True, anchor="end")
    pieces = sum((line.quantity for line in body.lines), start=body.total * 0)
    flow.words(flow.left, f"{counted(len(body.lines), 'line')}, {counted(pieces, 'piece')}", USUAL)


def _end(flow: Flow, body: OrderBody, letterhead: Letterhead) -> None:
    for title, text in (("Note", body.note), ("Terms", letterhead.terms)):
        if text.strip():
            flow.y += 3
            flow.needs(10)
            flow.down(SMALL)
            flow.words(flow.left, title, SMALL)
            flow.paragraph(text, USUAL)
    if body.signature is not None:
        _sign(flow, body.signature)


def _sign(flow: Flow, signed: Signature) -> None:
    flow.y += 4
    flow.needs(SIGNED[1] + 10)
    if signed.strokes:
        flow.draw(_strokes(signed, Frame(flow.left, flow.y, *SIGNED)))
        flow.y += SIGNED[1]
        flow.draw((Box(flow.left, flow.y, SIGNED[0], 0.2),))
    flow.down(USUAL)
    how = "Signed" if signed.strokes else "Name typed"
    flow.words(flow.left, f"{how} by {signed.name or 'the customer'}, {signed.at:%Y-%m-%d %H:%M} UTC", USUAL)


def _strokes(signed: Signature, frame: Frame) -> Iterator[Trace | Box]:
    """As large as the frame takes, in its lower left corner; a stroke of one place is a dot."""
    xs = [place[0] for stroke in signed.strokes for place in stroke]
    ys = [place[1] for stroke in signed.strokes for place in stroke]
    if not xs:
        return
    high, broad = max(*ys, signed.height, 1), max(*xs, signed.width, 1)
    scale = min(frame.width / broad, frame.height / high)
    low = frame.y + frame.height - high * scale
    for stroke in signed.strokes:
        places = tuple((frame.x + x * scale, low + y * scale) for x, y, _ in stroke)
        if len(places) > 1:
            yield Trace(places)
        elif places:
            yield Box(*places[0], 0.4, 0.4)


def _lines(address: Address) -> tuple[str, ...]:
    town = ", ".join(part for part in (address.city, address.postcode) if part)
    return tuple(part for part in (address.line, town, address.country) if part)
