"""The head of every page: whose office it is, the pages with their keys, and what needs a person."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from wizterm.domain.text import plain
from wizterm.office import commands
from wizterm.widgets.key_names import short_key_name


class OfficeHead(Widget):
    DEFAULT_CSS = """
    OfficeHead { height: 2; dock: top; background: $panel; padding: 0 1; }
    """

    needed: reactive[int] = reactive(0)
    """How many deliveries and documents need a person."""
    whom: reactive[str] = reactive("you")
    """Whom they need."""
    who: reactive[str] = reactive("")
    stale: reactive[bool] = reactive(default=False)
    """Whether the page cannot be brought up to date."""

    def __init__(self, company: str, who: str, here: str) -> None:
        """`here` is the id of the command that opens the page at hand; what has no place in the head is below More."""
        super().__init__()
        self._company = plain(company)
        self.set_reactive(OfficeHead.who, who)
        self._here = here if here in {page.id for page in commands.PAGES} else commands.MORE.id

    def render(self) -> Content:
        return Content("\n").join([self._whose(), self._pages()])

    def _whose(self) -> Content:
        left = Content.assemble(("WizTerm office", "bold"), f"  {plain(self.who)}")
        right = self._words()
        room = self.content_size.width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * max(room, 1), right)

    def _words(self) -> Content:
        if self.stale:
            return Content.styled("▲ Not up to date", "$text-error")
        if self.needed:
            return Content.styled(f"▲ {self.needed} need{'s' * (self.needed == 1)} {self.whom}", "$text-error")
        return Content.styled(self._company, "$foreground 60%")

    def _pages(self) -> Content:
        pages = [
            Content.assemble(
                (short_key_name(page.keys.partition(",")[0]), "$accent bold"),
                " ",
                (page.title, "bold underline" if page.id == self._here else "$foreground 70%"),
            )
            for page in commands.PAGES
        ]
        roomy = Content("  ").join(pages)
        return roomy if roomy.cell_length <= self.content_size.width else Content(" ").join(pages)
