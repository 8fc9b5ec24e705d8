"""What an order says besides its lines: one form, Tab through, everything optional unless the company says not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Select

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.clock import age
from wizterm.domain.customer import Address
from wizterm.domain.details import Details, Signature
from wizterm.domain.text import plain
from wizterm.screens.confirm import Confirm
from wizterm.screens.page import Sheet
from wizterm.screens.sign import Signed, SignSheet
from wizterm.services.order_details import LONGEST_NUMBER, Choices, DetailsForm
from wizterm.services.order_entry import LONGEST_NOTE
from wizterm.widgets.field_by_field import FieldByField
from wizterm.widgets.form_field import FormField, text_input
from wizterm.widgets.pane import shop_of

JUDGED = ("days", "valid_until")


class SignatureLine(Widget, can_focus=True):
    """Who signed; Enter asks for a signature."""

    DEFAULT_CSS = """
    SignatureLine { height: 1; background: $panel; &:focus { background: $boost; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "sign", "Sign")]

    signature: var[Signature | None] = var(None)

    class Wanted(Message):
        """The customer wants to sign."""

    def render(self) -> Content:
        signature = self.signature
        if signature is None:
            return Content.styled("not signed", "$foreground 55%")
        how = "signed" if signature.strokes else "typed"
        ago = age(shop_of(self).machine.clock.now() - signature.at)
        return Content(plain(f"✍ {how} by {signature.name or 'the customer'}, {ago}{'' if 'now' in ago else ' ago'}"))

    def watch_signature(self) -> None:
        self.refresh()

    def action_sign(self) -> None:
        self.post_message(self.Wanted())

    def on_click(self) -> None:
        self.action_sign()


@dataclass(frozen=True, slots=True)
class Filled:
    details: Details
    note: str


class DetailsSheet(FieldByField, Sheet[Filled]):
    """Gives the details and the note as filled in; None after Esc."""

    DEFAULT_CSS = """
    DetailsSheet {
        & > #sheet { width: 84; max-height: 100%; scrollbar-size-vertical: 1; }
        & Horizontal { height: 1; }
        & Horizontal > Input { width: 2fr; margin-right: 1; }
        & Horizontal > .short { width: 12; }
        & Horizontal > .last { width: 1fr; margin-right: 0; }
    }
    """

    HELP = """
All of this is optional, but for what the company asks for (marked ✱). Enter or Tab goes to the next field; in the
contact and the street, → takes what is suggested. F10 keeps the form from any field.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("form"))

    def __init__(self, form: DetailsForm, choices: Choices, signature: Signature | None, today: date) -> None:
        super().__init__()
        self._form = form
        self._choices = choices
        self._signature = signature
        self._today = today

    def compose(self) -> ComposeResult:
        form, choices = self._form, self._choices
        with VerticalScroll(id="sheet", can_focus=False) as sheet:
            sheet.border_title = "Order details"
            sheet.border_subtitle = "Enter next · F10 keep · Esc back"
            yield self._field("po_number", "Their number", "The customer's own number for this order.")
            yield self._field("contact", "Contact", _offered("Who ordered", choices.contacts), choices.contacts)
            yield FormField(
                self._title("payment_method", "Payment"),
                Select[str](
                    [(plain(method), method) for method in _with(choices.payment_methods, form.payment_method)],
                    prompt="As agreed with the company",
                    value=form.payment_method or Select.NULL,
                    id="payment_method",
                    compact=True,
                ),
                hint="Enter opens the choices, Tab goes on.",
            )
            yield FormField(self._title("delivery", "Deliver to"), *self._address(), hint=_addresses(choices))
            yield self._field("days", "Deliver on", "12/4, fri, +7; a window as 12/4 to 15/4.", title="deliver_from")
            yield self._field("rep", "Rep", "Whose order it is, where that is not you.")
            yield self._field("valid_until", "Quote until", "A quote's last day; left empty: as the company sets it.")
            yield self._field("note", "Note", "Goes to the company with the order.", longest=LONGEST_NOTE)
            yield FormField(
                self._title("signature", "Signature"),
                SignatureLine(id="signature"),
                hint="Enter: the customer signs, or their name is typed.",
            )

    def on_mount(self) -> None:
        self.query_one(SignatureLine).signature = self._signature
        self.set_focus(self.query_one("#po_number", Input))

    @on(Input.Changed)
    @on(events.DescendantBlur)
    def judge(self) -> None:
        faults = self._typed().faults(self._today)
        for name in JUDGED:
            if not self.query_one(f"#{name}").has_focus:
                self.query_one(f"#field-{name}", FormField).fault = faults.get(name, "")

    @on(Input.Changed, "#line")
    def complete_address(self, message: Input.Changed) -> None:
        """A known street brings its town with it, where none is typed."""
        address = next((known for known in self._choices.addresses if known.line == message.value), None)
        if address is None or any(self._input(part).value for part in ("city", "postcode", "country")):
            return
        for part in ("city", "postcode", "country"):
            self._input(part).value = getattr(address, part)

    @on(SignatureLine.Wanted)
    def let_sign(self, message: SignatureLine.Wanted) -> None:
        message.stop()
        name = self._input("contact").value or next(iter(self._choices.contacts), "")
        self.app.push_screen(SignSheet(self.query_one(SignatureLine).signature, name), self._sign)

    def action_save(self) -> None:
        """Give what was filled in, or go to the first field at fault."""
        form = self._typed()
        faults = form.faults(self._today)
        if faults:
            for name, words in faults.items():
                self.query_one(f"#field-{name}", FormField).fault = words
            self._input(next(iter(faults))).focus()
            return
        self.dismiss(Filled(form.details(self._today, self.query_one(SignatureLine).signature), form.note))

    def action_back(self) -> None:
        if self._changed:
            self.app.push_screen(Confirm.leave(without="keeping"), self._leave)
        else:
            self.dismiss(None)

    def _leave(self, yes: bool | None) -> None:  # noqa: FBT001 - what the question gives
        if yes:
            self.dismiss(None)

    @property
    def _changed(self) -> bool:
        return self._typed() != self._form or self.query_one(SignatureLine).signature != self._signature

    def _sign(self, signed: Signed | None) -> None:
        if signed is not None:
            self.query_one(SignatureLine).signature = signed.signature

    def _typed(self) -> DetailsForm:
        values = {field.id or "": field.value.strip() for field in self.query(Input)}
        chosen = self.query_one("#payment_method", Select).value
        return DetailsForm(payment_method=chosen if isinstance(chosen, str) else "", **values)

    def _field(
        self,
        name: str,
        words: str,
        hint: str,
        known: tuple[str, ...] = (),
        *,
        title: str = "",
        longest: int = LONGEST_NUMBER,
    ) -> FormField:
        field = text_input(name, value=getattr(self._form, name), longest=longest)
        if known:
            field.suggester = SuggestFromList(known, case_sensitive=False)
        return FormField(self._title(title or name, words), field, hint=hint, id=f"field-{name}")

    def _title(self, name: str, words: str) -> str:
        return f"{words} ✱" if name in self._choices.required else words

    def _address(self) -> tuple[Input, Horizontal]:
        form = self._form
        line = text_input("line", "Street and number", value=form.line)
        line.suggester = SuggestFromList([each.line for each in self._choices.addresses], case_sensitive=False)
        city = text_input("city", "Town", value=form.city)
        postcode = text_input("postcode", "Postcode", value=form.postcode, longest=20)
        country = text_input("country", "Country", value=form.country, longest=60)
        postcode.add_class("short")
        country.add_class("last")
        return line, Horizontal(city, postcode, country)

    def _input(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)


def _with(known: tuple[str, ...], chosen: str) -> tuple[str, ...]:
    """The company may have taken a method away that a cart still has."""
    return known if not chosen or chosen in known else (*known, chosen)


def _offered(words: str, known: tuple[str, ...]) -> str:
    return f"{words}: {', '.join(known[:3])}. → takes a suggestion." if known else f"{words}."


def _addresses(choices: Choices) -> str:
    """What goes without typing, and what can be had with a few letters."""
    ship_to: Address | None = next(iter(choices.addresses), None)
    if ship_to is None:
        return "Where the goods go."
    others = " or ".join(address.line for address in choices.addresses[1:] if address.line)
    return f"Blank: {ship_to}." + (f" Also: {others} (→)." if others else "")
