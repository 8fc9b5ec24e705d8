"""Finding a product by a picture of it: the file is asked for, and what is like it is listed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from wizterm import commands
from wizterm.bindings import bind
from wizterm.screens.page import Page, Sheet
from wizterm.screens.prompt import Asking
from wizterm.services.picture_search import Alike
from wizterm.widgets.catalogue_pane import CataloguePane
from wizterm.widgets.pane import shop_of
from wizterm.widgets.rows import Column, Row, Rows

LONGEST_NAME = 500


class AlikeSheet(Sheet[str]):
    """Gives the SKU of the chosen product, or None after Esc."""

    DEFAULT_CSS = """
    AlikeSheet {
        & > #sheet { height: 80%; }
        & Rows { height: 1fr; }
    }
    """

    HELP = """
Products whose pictures on this machine are like the picture, the most alike first. The same picture is found however
large it is, packed or framed; a photograph of the same thing from elsewhere is not.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("alike"))

    def __init__(self, found: tuple[Alike, ...]) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Products with a picture like that"
            sheet.border_subtitle = "Enter shows it · Esc back"
            yield Rows(
                Column("Like", 4, align="right"),
                Column("SKU", 14),
                Column("Name", 24, grow=True, both_ends=True),
                empty="No product's picture is like that one.",
            )

    def on_mount(self) -> None:
        rows = [Row(each.sku, (f"{each.likeness} %", each.sku, each.name)) for each in self._found]
        self.query_one(Rows).replace(rows, more=False, keep_cursor=False)
        self.query_one(Rows).focus()

    @on(Rows.Chosen)
    def choose_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        if (row := self.query_one(Rows).current) is not None:
            self.dismiss(row.key)


class PicturePrompt(Asking[tuple[Alike, ...]]):
    """Gives what is like the picture in the file of that name."""

    def __init__(self) -> None:
        hint = "A file on this machine: PNG, JPEG, WebP or GIF. The first time takes some seconds."
        super().__init__("Find by a picture", hint=hint, longest=LONGEST_NAME, enter="finds")

    def action_back(self) -> None:
        """At once: nothing is changed by looking, and the first look takes some seconds."""
        self.dismiss(None)

    def put(self, text: str) -> None:
        if text.strip():
            folder = shop_of(self).machine.folder
            self.look("pictures", lambda bench: bench.by_picture.like(text, folder), self.Answered)
        else:
            self.dismiss(None)


class PictureFinding(Page, inherit_bindings=False):
    """A page with a catalogue that can be asked with a picture."""

    def action_picture(self) -> None:
        self.app.push_screen(PicturePrompt(), self._show_alike)

    def _show_alike(self, found: tuple[Alike, ...] | None) -> None:
        if found is not None:
            self.app.push_screen(AlikeSheet(found), self._open_alike)

    def _open_alike(self, sku: str | None) -> None:
        if sku is not None:
            self.post_message(CataloguePane.ProductWanted(sku))
