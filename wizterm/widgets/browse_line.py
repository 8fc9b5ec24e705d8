"""What narrows the list, in one line: the choices, what was looked for instead, the order."""

from __future__ import annotations

from textual.content import Content

from wizterm.domain.browsing import BETWEEN_LEVELS, Browse, Order
from wizterm.domain.text import plain
from wizterm.services.browsing import label
from wizterm.widgets.steady_text import SteadyText


class BrowseLine(SteadyText):
    DEFAULT_CSS = """
    BrowseLine {
        height: 1; display: none; color: $accent; text-wrap: nowrap; text-overflow: ellipsis;
        &.-telling { display: block; }
    }
    """

    def tell(self, browse: Browse, typed: str, instead: str) -> None:
        """Nothing to say hides the line."""
        said = [f"nothing for “{typed.strip()}”, showing “{instead}”"] if instead else []
        said += [_words(browse, facet) for facet in browse.facets]
        said += [f"by {browse.order}"] if browse.order is not Order.BEST else []
        said += ["Esc clears"] if browse.choices else []
        self.set_class(bool(said), "-telling")
        self.show(Content(plain(" · ".join(said))))


def shelf_title(browse: Browse) -> str:
    """The catalogue's title, with the way to where one is."""
    way = "".join(f" ▸ {level}" for level in browse.place.split(BETWEEN_LEVELS) if level)
    return f"Catalogue{plain(way)} ─ F2"


def _words(browse: Browse, facet: str) -> str:
    """One facet with its values: Colour: Red or Blue."""
    labels = [label(choice) for choice in browse.choices if choice.facet == facet]
    name, between, first = labels[0].partition(": ")
    return " or ".join([f"{name}{between}{first}", *(each.partition(": ")[2] or each for each in labels[1:])])
