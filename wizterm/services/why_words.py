"""Why a price is what it is, in words: the sheet and the command line say the same."""

from __future__ import annotations

from datetime import date, timedelta

from wizterm.domain.clock import age
from wizterm.domain.money import currency
from wizterm.domain.prices import PriceSource
from wizterm.domain.quantity import show
from wizterm.services.why import Why


def facts(why: Why) -> list[tuple[str, str]]:
    """A label and a text for each part, in the order they come in."""
    in_ = currency(why.currency)
    found = [("product", f"{why.sku} {why.name}"), ("customer", why.customer or "guest, nobody chosen")]
    found.append(("price list", f"{why.price_list}, {why.currency}"))
    if why.unit_price is None:
        found.append(("price", "not sold to this customer: no contract, no entry on the list, no base price"))
    else:
        found += [("price", f"{in_.show_price(why.unit_price)} for one"), *_options(why), ("comes from", _source(why))]
        if why.entry:
            found.append(("entry", why.entry))
        found += [("valid", _days(why.valid_from, why.valid_to))] if why.valid_from or why.valid_to else []
        found.append(("quantity", _quantity(why)))
    if why.instead_of is not None:
        found.append(("instead of", in_.show_price(why.instead_of)))
    if len(why.ladder) > 1:
        found.append(("breaks", " · ".join(f"{show(s.min_quantity)}+ {in_.show_price(s.price)}" for s in why.ladder)))
    found.append(("gross", in_.show(why.gross)))
    found += [(f"{off.what}", in_.show(-off.amount)) for off in why.taken_off]
    found.append(("net", in_.show(why.net)))
    if why.share != why.net:
        found.append(("in the total", in_.show(why.share)))
    found.append(("business day", why.on.isoformat()))
    found.append(("catalogue", _age(why)))
    return found


def _options(why: Why) -> list[tuple[str, str]]:
    """The price that was found, and each step from it to what one costs."""
    if not why.options or why.before_options is None:
        return []
    in_ = currency(why.currency)
    return [
        ("without options", in_.show_price(why.before_options)),
        *((option.what, f"+{in_.show_price(option.surcharge)}") for option in why.options),
    ]


def _source(why: Why) -> str:
    words = {
        PriceSource.TYPED: f"typed by {why.typed_by or 'the rep'}",
        PriceSource.QUOTE: "the quote this cart came from",
        PriceSource.CONTRACT: "the customer's contract",
        PriceSource.LIST: f"the price list {why.price_list}",
        PriceSource.BASE: f"the base price, to which {why.price_list} falls back",
    }[PriceSource(why.source)]
    return f"{words}, the break from {show(why.min_quantity)}" if why.min_quantity > 1 else words


def _quantity(why: Why) -> str:
    if why.counted == abs(why.quantity):
        return show(why.quantity)
    whose = "that go back" if why.quantity < 0 else "of its family in the cart"
    return f"{show(why.quantity)}; breaks count {show(why.counted)} {whose}"


def _days(start: date | None, end: date | None) -> str:
    if start is None:
        return f"until {end}"
    return f"from {start}" if end is None else f"from {start} until {end}"


def _age(why: Why) -> str:
    if why.age_seconds is None:
        return "never synced"
    said = age(timedelta(seconds=why.age_seconds))
    return said if said == "just now" else f"{said} old"
