"""A manager allows a discount beyond the rep's limit: with a PIN here, or a code over the telephone."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from wizterm.domain.approval import Manager
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.screens.page import Sheet
from wizterm.services.approving import Wanted
from wizterm.services.cart_view import CartView
from wizterm.widgets.line_input import LineInput
from wizterm.widgets.list_keys import ListKeys
from wizterm.widgets.rows import Column, Row, Rows


class ApprovalSheet(Sheet[CartView], ListKeys):
    """Gives the approved cart, or None after Esc. What was typed wrongly is said, and can be typed again."""

    DEFAULT_CSS = """
    ApprovalSheet {
        & Static { padding: 0 1; }
        & Rows { height: auto; margin: 0 1; }
        & Input { border: none; height: 1; padding: 0; margin: 1 1 0 1; background: $boost; }
    }
    """

    @dataclass
    class Approved(Message):
        view: CartView

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self._wanted = wanted

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = f"Approval of {show(self._wanted.percent)} % off"
            sheet.border_subtitle = "↑ ↓ who · Enter asks · Esc back"
            yield Static(_words(self._wanted))
            yield Rows(Column("Manager", 20, grow=True), Column("Code", 10), Column("Up to", 8, align="right"))
            yield LineInput(placeholder="PIN, or the ten digits read out", max_length=24, password=True, compact=True)

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        rows.can_focus = False
        rows.styles.height = len(self._wanted.managers) + 1
        rows.replace([_row(manager) for manager in self._wanted.managers], more=False, keep_cursor=False)
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def ask_for_it(self, message: Input.Submitted) -> None:
        message.stop()
        row, typed = self.query_one(Rows).current, message.value
        message.input.value = ""
        if row is not None and typed.strip():
            self.ask(lambda bench: bench.approving.approve(row.key, typed), self.Approved)

    @on(Approved)
    def go_back(self, message: Approved) -> None:
        message.stop()
        self.dismiss(message.view)


def _words(wanted: Wanted) -> Content:
    said = [Content(f"⚠ {plain(over.words)}") for over in wanted.over[:6]]
    read_out = Content.assemble(
        "By telephone, read out: ", Content.styled(wanted.request, "$accent bold"), f" at {show(wanted.percent)} %"
    )
    return Content("\n").join([*said, Content(""), read_out, Content("Here, the manager types the PIN."), Content("")])


def _row(manager: Manager) -> Row:
    most = f"{show(manager.most)} %" if manager.most is not None else "any"
    return Row(manager.code, (manager.name, manager.code, most))
