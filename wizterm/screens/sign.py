"""The customer signs: drawn, or their name typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.details import Signature
from wizterm.screens.page import Sheet
from wizterm.widgets.form_field import FormField, text_input
from wizterm.widgets.pane import shop_of
from wizterm.widgets.signature_pad import SignaturePad


@dataclass(frozen=True, slots=True)
class Signed:
    signature: Signature | None
    """None where the field was left empty: nobody has signed."""


class SignSheet(Sheet[Signed]):
    """Gives who signed and how; None after Esc leaves it as it was."""

    DEFAULT_CSS = """
    SignSheet { & FormField { margin-top: 1; } }
    """

    HELP = """
The customer signs in the frame with the mouse, a pen or a finger; the time of every stroke is kept with it. Where
there is none of these, the name alone is typed: it is kept with the time, and the paper says that it was typed.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("sign"))

    def __init__(self, before: Signature | None, name: str = "") -> None:
        super().__init__()
        self._before = before
        self._signer = before.name if before else name

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Signature"
            sheet.border_subtitle = "F10 keeps · F4 takes the last stroke back · Esc back"
            yield SignaturePad(shop_of(self).machine.clock, self._before.strokes if self._before else ())
            yield FormField(
                "Name", text_input("name", value=self._signer), hint="Who signs. The name alone will do; Enter keeps."
            )

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def keep(self, message: Input.Submitted) -> None:
        message.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Take what was drawn and typed; an unchanged signature keeps its time."""
        pad, name = self.query_one(SignaturePad), self.query_one(Input).value.strip()
        strokes = pad.strokes
        if not name and not strokes:
            self.dismiss(Signed(None))
            return
        width, height = pad.dots if strokes else (0, 0)
        before = self._before
        if before is not None and (before.name, before.strokes) == (name, strokes):
            self.dismiss(Signed(before))
            return
        now = shop_of(self).machine.clock.now()
        self.dismiss(Signed(Signature(name, now, strokes, width, height)))

    def action_take_back(self) -> None:
        self.query_one(SignaturePad).take_back()
