"""Who a customer is and how they stand, with a year's turnover as bars."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from textual.content import Content

from wizterm.domain.clock import Clock, age, days_ago
from wizterm.domain.customer import Contact, Customer
from wizterm.domain.money import Currency, currency
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain
from wizterm.services.customer_page import Portrait
from wizterm.widgets.month_chart import month_chart

TITLE = 11
BESIDE = 36
"""Cells beside the titles in the narrowest pane the card stands in."""


def customer_card(portrait: Portrait, clock: Clock) -> Content:
    customer = portrait.customer
    in_ = currency(portrait.price_list.currency)
    parts = [
        Content.assemble(Content.styled(plain(customer.name), "bold"), f"  {plain(customer.number or 'new')}"),
        *_facts(portrait, customer, in_),
        *_age_of_credit(portrait, clock),
        Content(),
        Content(_past(portrait, in_)),
    ]
    if chart := month_chart(portrait.history.by_month, clock.today()):
        parts += [Content(), Content.styled(chart, "$accent")]
    return Content("\n").join(parts)


def _facts(portrait: Portrait, customer: Customer, in_: Currency) -> list[Content]:
    limit, balance, minimum = customer.credit_limit, customer.balance, customer.order_minimum
    facts = [
        ("Price list", f"{portrait.price_list.name} ({portrait.price_list.currency})"),
        ("Terms", customer.payment_terms),
        ("Credit", in_.show(limit) if limit is not None else ""),
        ("Balance", in_.show(balance) if balance is not None else ""),
        ("Minimum", in_.show(minimum) if minimum is not None else ""),
        *(("Contact" if place == 0 else "", _contact(contact)) for place, contact in enumerate(customer.contacts)),
        ("Ship to", str(customer.ship_to)),
        ("Bill to", str(customer.billing) if customer.billing != customer.ship_to else ""),
    ]
    return [line for title, said in facts if said for line in _titled(title, plain(said))]


def _titled(title: str, said: str) -> Iterator[Content]:
    """What takes more than a line goes on below itself, not below its title."""
    for place, line in enumerate(wrap(said, BESIDE, break_on_hyphens=False)):
        head = title if place == 0 else ""
        yield Content.assemble(
            Content.styled(f"{head:<{TITLE}}", "$foreground 60%"), line.removesuffix(" ·").removeprefix("· ")
        )


def _contact(contact: Contact) -> str:
    return " · ".join(part for part in (contact.name, contact.email, contact.phone) if part)


def _age_of_credit(portrait: Portrait, clock: Clock) -> list[Content]:
    """Where there is credit to be old."""
    if portrait.customer.credit_limit is None and portrait.customer.balance is None:
        return []
    return [Content(), Content.styled(f"Credit and balance {_as_of(portrait, clock)}", "$foreground 55%")]


def _as_of(portrait: Portrait, clock: Clock) -> str:
    if portrait.as_of is None:
        return "not synced yet"
    said = age(clock.now() - portrait.as_of)
    return "as of just now" if said == "just now" else f"as of {said} ago"


def _past(portrait: Portrait, in_: Currency) -> str:
    history = portrait.history
    if not history.orders:
        return "No orders before."
    last = days_ago(history.days_since)
    return f"{counted(history.orders, 'order')} · last {last} · average {in_.show(history.average)}"
