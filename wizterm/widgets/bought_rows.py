"""The lists of a customer's page as rows: orders, what was bought and what never was, and wishes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from rich.cells import cell_len

from wizterm.domain.document import Kind
from wizterm.domain.money import currency
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.services.customer_page import Article, Portrait, Tab
from wizterm.services.past_orders import PastOrder
from wizterm.services.states import state_words
from wizterm.widgets import figures
from wizterm.widgets.rows import Column, Row

_PRODUCT = (Column("SKU", 14), Column("Name", 12, grow=True, both_ends=True))
_BOUGHT = (*_PRODUCT, Column("Last", 10), Column("Times", 5, align="right"))
_ORDERS = (
    Column("Order", 11),
    Column("ERP", 5, grow=True, both_ends=True),
    Column("Date", 10),
    Column("State", 11),
    Column("Rep", 9, grow=True),
    Column("Value", 6, align="right"),
)
COLUMNS = {
    Tab.ORDERS: _ORDERS,
    Tab.STOCKED: (*_BOUGHT, Column("Quantity", 4, align="right")),
    Tab.TOP: (*_BOUGHT, Column("Value", 6, align="right")),
    Tab.NEVER: (*_PRODUCT, Column("Price", 5, align="right"), Column("Stock", 5, align="right")),
    Tab.WISHES: (Column("  SKU", 16), Column("Name", 12, grow=True, both_ends=True), Column("Since", 10)),
}
_MAY_BE_MISSING = {"ERP", "State", "Rep"}
"""What no order of the list has gets no column."""


def bought_rows(portrait: Portrait, tab: Tab, marked: Collection[str]) -> tuple[tuple[Column, ...], list[Row]]:
    """The columns of this list, and its rows; marked are wishes."""
    match tab:
        case Tab.ORDERS:
            return _fitted(_ORDERS, _orders(portrait))
        case Tab.WISHES:
            return COLUMNS[tab], _wishes(portrait, marked)
        case _:
            return COLUMNS[tab], [_article(article, portrait, tab) for article in portrait.articles[tab]]


def _fitted(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[tuple[Column, ...], list[Row]]:
    """Growing columns begin with what their rows need, so that what is missing is missing from all of them alike."""
    needs = [max((cell_len(row.cells[place]) for row in rows), default=0) for place in range(len(columns))]
    kept = [place for place, column in enumerate(columns) if needs[place] or column.title not in _MAY_BE_MISSING]
    fitted = (replace(columns[at], width=needs[at]) if columns[at].grow else columns[at] for at in kept)
    return tuple(fitted), [replace(row, cells=tuple(row.cells[at] for at in kept)) for row in rows]


def _orders(portrait: Portrait) -> list[Row]:
    in_ = currency(portrait.price_list.currency)
    return [
        Row(
            f"{place}",
            (
                order.number,
                order.external,
                order.date.isoformat(),
                _stands(order),
                plain(order.rep),
                in_.show(order.value),
            ),
        )
        for place, order in enumerate(portrait.orders)
    ]


def _stands(order: PastOrder) -> str:
    if order.state is None:
        return ""
    words = state_words(order.state)
    return words.words if order.kind is Kind.ORDER else f"Quote, {words.words.lower()}"


def _wishes(portrait: Portrait, marked: Collection[str]) -> list[Row]:
    return [
        Row(wish.sku, (f"{'✓' if wish.sku in marked else ' '} {wish.sku}", wish.name, f"{wish.since}"))
        for wish in portrait.articles[Tab.WISHES]
    ]


def _article(article: Article, portrait: Portrait, tab: Tab) -> Row:
    in_ = currency(portrait.price_list.currency)
    first = (article.sku, article.name)
    if tab is Tab.NEVER:
        return Row(article.sku, (*first, figures.price(article.price, in_), figures.stock(article.stock)))
    amount = in_.show(article.value) if tab is Tab.TOP else show(article.quantity)
    last = article.last.isoformat() if article.last else ""
    return Row(article.sku, (*first, last, f"{article.times}×", amount))
