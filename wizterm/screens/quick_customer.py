"""A new customer at a booth: three fields, the rest can wait."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.customer import NewCustomer
from wizterm.screens.known_already import KnownAlready
from wizterm.widgets.field_by_field import FieldByField
from wizterm.widgets.form_field import FormField, text_input


class QuickCustomerSheet(FieldByField, KnownAlready):
    """Gives the customer as typed, without a fault; or None."""

    LAST_FIELD: ClassVar[str] = "reach"

    HELP = """
Company, contact, and an e-mail address or a telephone number: enough to order for. The office completes the rest.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("form"))

    def __init__(self, company: str = "") -> None:
        super().__init__()
        self._company = company

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "New customer, in three fields"
            sheet.border_subtitle = "Enter next, and saves in the last · F10 save · Esc back"
            yield FormField(
                "Company", text_input("company", value=self._company), hint="The only thing needed.", id="field-company"
            )
            yield FormField("Contact", text_input("contact"), hint="Who orders.")
            yield FormField(
                "Reach",
                text_input("reach"),
                hint="E-mail or telephone: amy@lantern.example, +44 1904 555 010.",
                id="field-reach",
            )

    def on_mount(self) -> None:
        self.query_one("#company", Input).focus()

    def finish(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Give what was typed, or go to the first field at fault."""
        new = self._typed()
        faults = new.faults()
        shown = {"company": faults.get("company", ""), "reach": faults.get("email") or faults.get("phone", "")}
        for name, words in shown.items():
            self.query_one(f"#field-{name}", FormField).fault = words
        if faults:
            self.query_one(f"#{next(name for name, words in shown.items() if words)}", Input).focus()
        else:
            self.give(new)

    def _typed(self) -> NewCustomer:
        company, contact, reach = (self.query_one(f"#{name}", Input).value.strip() for name in _FIELDS)
        by_mail = "@" in reach
        return NewCustomer(
            company=company, contact=contact, email=reach if by_mail else "", phone="" if by_mail else reach
        )


_FIELDS = ("company", "contact", "reach")
