"""A customer the company does not know yet, by a form that asks for little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Select

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.customer import Address, NewCustomer
from wizterm.domain.prices import PriceList
from wizterm.domain.text import plain
from wizterm.screens.confirm import Confirm
from wizterm.screens.known_already import KnownAlready
from wizterm.services.order_entry import LONGEST_NOTE
from wizterm.widgets.field_by_field import FieldByField
from wizterm.widgets.form_field import FormField, text_input


class NewCustomerSheet(FieldByField, KnownAlready):
    """Gives the customer as typed, without a fault; or None."""

    LAST_FIELD: ClassVar[str] = "note"

    DEFAULT_CSS = """
    NewCustomerSheet {
        & > #sheet { width: 84; max-height: 100%; scrollbar-size-vertical: 1; }
        & Horizontal { height: 1; }
        & Horizontal > Input { width: 2fr; margin-right: 1; }
        & Horizontal > .short { width: 12; }
        & Horizontal > .last { width: 1fr; margin-right: 0; }
    }
    """

    HELP = """
Only the company's name is needed. What is typed here can be ordered for at once; the office completes it.

Enter or Tab goes to the next field, F10 saves from any field.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("form"))

    @dataclass
    class ListsKnown(Message):
        price_lists: Sequence[PriceList]

    def __init__(self, company: str = "") -> None:
        super().__init__()
        self._company = company
        self._left: set[str] = set()
        """Names of fields that were left once: their faults may be shown."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="sheet", can_focus=False) as sheet:
            sheet.border_title = "New customer"
            sheet.border_subtitle = "Enter next · F10 save · Esc back"
            yield _field("company", "Company", "Its name on the invoice: the only thing needed.")
            yield _field("contact", "Contact", "Who orders: first name and last name.")
            yield _field("email", "E-mail", "Such as amy@lantern.example; confirmations go there.")
            yield _field("phone", "Telephone", "Digits, with the country's code: +44 1904 555 010.")
            yield FormField("Billing", *_address("billing"), hint="Where the invoice goes.")
            yield FormField("Shipping", *_address("shipping"), hint="Where goods go. Blank: the billing address.")
            yield FormField(
                "Price list",
                Select[str]((), prompt="The guest list", id="price_list", compact=True),
                hint="Enter opens the lists, Tab goes on.",
            )
            yield _field("payment_terms", "Terms", "Such as 30 days, or prepaid.")
            yield _field("rep", "Rep", "Who looks after them, where that is not you: the rep's code.", longest=20)
            yield _field("note", "Note", "For the office. Enter saves.", longest=LONGEST_NOTE)

    def on_mount(self) -> None:
        self._input("company").value = self._company
        self.set_focus(self._input("company"))
        self.look("price lists", lambda bench: bench.search.price_lists(), self.ListsKnown)

    @on(ListsKnown)
    def offer_lists(self, message: ListsKnown) -> None:
        message.stop()
        choice = self.query_one("#price_list", Select)
        choice.set_options([(f"{plain(each.name)} ({each.currency})", each.id) for each in message.price_lists])
        if message.price_lists:
            choice.value = message.price_lists[0].id

    def finish(self) -> None:
        self.action_save()

    @on(Input.Changed)
    def judge_again(self, message: Input.Changed) -> None:
        message.stop()
        self._show_faults()

    @on(events.DescendantBlur)
    def judge_left(self, event: events.DescendantBlur) -> None:
        self._left.add(event.widget.id or "")
        self._show_faults()

    def action_save(self) -> None:
        """Give what was typed, or go to the first field at fault."""
        typed = self._typed()
        faults = typed.faults()
        if not faults:
            self.give(typed)
            return
        self._left |= faults.keys()
        self._show_faults()
        self._input(next(iter(faults))).focus()

    def action_back(self) -> None:
        if self._typed_anything():
            self.app.push_screen(Confirm.leave(without="saving"), self._leave)
        else:
            self.dismiss(None)

    def _leave(self, yes: bool | None) -> None:  # noqa: FBT001 - what the question gives
        if yes:
            self.dismiss(None)

    def _show_faults(self) -> None:
        faults = self._typed().faults()
        for name in ("company", "email", "phone"):
            self.query_one(f"#field-{name}", FormField).fault = faults.get(name, "") if name in self._left else ""

    def _typed_anything(self) -> bool:
        return any(field.value.strip() not in {"", self._company.strip()} for field in self.query(Input))

    def _typed(self) -> NewCustomer:
        values = {field.id or "": field.value.strip() for field in self.query(Input)}
        chosen = self.query_one("#price_list", Select).value
        return NewCustomer(
            company=values["company"],
            contact=values["contact"],
            email=values["email"],
            phone=values["phone"],
            billing=_typed_address(values, "billing"),
            shipping=_typed_address(values, "shipping"),
            price_list=chosen if isinstance(chosen, str) else "",
            payment_terms=values["payment_terms"],
            rep=values["rep"],
            note=values["note"],
        )

    def _input(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)


def _field(name: str, title: str, hint: str, *, longest: int = 200) -> FormField:
    return FormField(title, text_input(name, longest=longest), hint=hint, id=f"field-{name}")


def _address(kind: str) -> tuple[Input, Horizontal]:
    city = text_input(f"{kind}-city", "Town")
    postcode = text_input(f"{kind}-postcode", "Postcode", longest=20)
    country = text_input(f"{kind}-country", "Country", longest=60)
    postcode.add_class("short")
    country.add_class("last")
    return text_input(f"{kind}-line", "Street and number"), Horizontal(city, postcode, country)


def _typed_address(values: dict[str, str], kind: str) -> Address:
    return Address(*(values[f"{kind}-{part}"] for part in ("line", "city", "postcode", "country")))
