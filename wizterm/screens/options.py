"""Choosing what comes with a product: options with their surcharges, as many as each modifier wants."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.money import Currency
from wizterm.domain.options import Chosen, Modifier, Option, faults, surcharge, toggled
from wizterm.domain.product import Product
from wizterm.domain.text import plain
from wizterm.screens.page import Sheet
from wizterm.widgets.rows import Column, Row, Rows


class OptionsSheet(Sheet[tuple[Chosen, ...]]):
    """Gives what was chosen, or None after Esc: then nothing is added."""

    DEFAULT_CSS = """
    OptionsSheet {
        & > #sheet { width: 70; height: 70%; }
        & Rows { height: 1fr; }
        & .sums { height: auto; text-align: right; }
    }
    """

    HELP = """
Enter ticks the option under the cursor, or unticks it. Beside each stands what it adds to the price of one.
F10 adds the product, once every modifier has what it wants.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("options"))

    def __init__(self, product: Product, modifiers: tuple[Modifier, ...], in_: Currency) -> None:
        super().__init__()
        self._product = product
        self._modifiers = modifiers
        self._in = in_
        self._chosen: tuple[Chosen, ...] = ()
        self._options: dict[str, tuple[Modifier, Option]] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(plain(f"{self._product.sku} {self._product.name}"))
            sheet.border_subtitle = "Enter chooses · F10 adds · Esc leaves it"
            yield Rows(Column("", 3), Column("Options", 20, grow=True), Column("On top", 8, align="right"))
            yield Static(classes="sums")

    def on_mount(self) -> None:
        self.query_one(Rows).focus()
        self._show()
        self.query_one(Rows).move_to(next(iter(self._options), ""))

    @on(Rows.Chosen)
    def choose_row(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        row = self.query_one(Rows).current
        if row is not None and row.key in self._options:
            self._chosen = toggled(*self._options[row.key], self._chosen)
            self._show()

    def action_add(self) -> None:
        """Give what was chosen, where it is as it must be."""
        if wrong := faults(self._modifiers, self._chosen):
            self.say(wrong[0], "warning")
        else:
            self.dismiss(self._chosen)

    def _show(self) -> None:
        rows: list[Row] = []
        for place, modifier in enumerate(self._modifiers):
            rows.append(Row(f"{place}", ("", f"{modifier.name}: {modifier.rule}", ""), style="quiet"))
            rows += [self._option(f"{place}.{at}", modifier, option) for at, option in enumerate(modifier.options)]
        self.query_one(Rows).replace(rows, more=False, keep_cursor=True)
        wrong = faults(self._modifiers, self._chosen)
        words = wrong[0] if wrong else f"{self._in.code} {self._in.show_price(surcharge(self._chosen))} more for each"
        self.query_one(".sums", Static).update(Content.styled(plain(words), "$text-warning" if wrong else "bold"))

    def _option(self, key: str, modifier: Modifier, option: Option) -> Row:
        self._options[key] = (modifier, option)
        made = Chosen(modifier.name, option.name, option.surcharge) in self._chosen
        one, many = ("(•)", "( )"), ("[✓]", "[ ]")
        sign = (one if modifier.most == 1 else many)[not made]
        return Row(key, (sign, option.name, f"+{self._in.show_price(option.surcharge)}" if option.surcharge else ""))
