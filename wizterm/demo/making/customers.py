"""The customers: real numbers, countries and habits; made-up names, people and addresses."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from wizterm.demo.making.files import Row
from wizterm.demo.making.lists import EXPORT, TRADE, WHOLESALE
from wizterm.demo.making.lots import below, draw, happens
from wizterm.demo.making.names import TONGUES, Tongue
from wizterm.demo.making.places import PLACES, Place
from wizterm.demo.making.source import Line

HOW_MANY = 400
PER_COUNTRY = 9
"""So that a large neighbour does not crowd out the small ones."""
HOME = ("United Kingdom", "Channel Islands")
WHOLESALE_EVERY = 6
TERMS = ("30 days", "30 days", "30 days", "14 days", "60 days", "30 days 2 % in 10", "On delivery", "Prepaid")
NO_CREDIT = ("On delivery", "Prepaid")
WAREHOUSES = (
    "Unit {number}, Riverside Trading Estate",
    "Rear entrance, {number} Station Approach",
    "Warehouse {number}, Dock Road",
)
SAMPLED = 18
"""The source holds one invoice line in eighteen: what a customer really spends is about that much more."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A buyer of the sample with the made-up card that stands for them."""

    number: str
    price_list: str
    spent: Decimal
    card: Mapping[str, str]

    def row(self) -> Row:
        terms = draw(TERMS, self.number, "terms")
        limit = 0 if terms in NO_CREDIT else self._limit()
        return {
            "number": self.number,
            **self.card,
            "price_list": self.price_list,
            "payment_terms": terms,
            "credit_limit": limit or "",
            "balance": self._balance(limit),
            "order_minimum": draw(("25.00", "100.00", "150.00"), self.number) if happens(6, self.number, "min") else "",
            "rep": "KIM" if happens(60, self.number, "rep") else "ANA",
        }

    def _limit(self) -> int:
        """About two months of what they spend, in round hundreds."""
        return max(5, int(self.spent * SAMPLED / 6 / 100)) * 100

    def _balance(self, limit: int) -> str:
        """Made up: most owe something, a few more than they may."""
        if not limit or happens(35, self.number, "settled"):
            return "0.00"
        percent = 101 + below(15, self.number) if happens(4, self.number, "over") else below(90, self.number, "owes")
        return f"{Decimal(limit * percent) / 100 + Decimal(below(100, self.number, 'pence')) / 100:.2f}"


def make_customers(lines: Sequence[Line]) -> list[Customer]:
    """Take some of every country in the address book, then the busiest at home; order them by number."""
    country_of = {line.customer: line.country for line in lines if line.customer and line.country in PLACES}
    spent: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        spent[line.customer] += line.quantity * line.price
    chosen = sorted(_choose(lines, country_of))
    at_home = sorted((number for number in chosen if country_of[number] in HOME), key=lambda number: -spent[number])
    large = set(at_home[: len(at_home) // WHOLESALE_EVERY])
    taken: set[str] = set()
    return [
        Customer(
            number=number,
            price_list=_list_for(number, country_of[number], large),
            spent=spent[number],
            card=_card(number, country_of[number], taken),
        )
        for number in chosen
    ]


def _choose(lines: Iterable[Line], country_of: Mapping[str, str]) -> list[str]:
    busy = Counter(line.customer for line in lines if line.customer in country_of)
    ranked = sorted(busy, key=lambda number: (-busy[number], number))
    seen: Counter[str] = Counter()
    abroad: list[str] = []
    for number in ranked:
        country = country_of[number]
        if country != "United Kingdom" and seen[country] < PER_COUNTRY:
            seen[country] += 1
            abroad.append(number)
    at_home = [number for number in ranked if country_of[number] == "United Kingdom"]
    return abroad + at_home[: HOW_MANY - len(abroad)]


def _list_for(number: str, country: str, large: set[str]) -> str:
    if country not in HOME:
        return EXPORT
    return WHOLESALE if number in large else TRADE


def _card(number: str, country: str, taken: set[str]) -> dict[str, str]:
    place = PLACES[country]
    tongue = TONGUES[place.tongue]
    town, postcode = draw(place.towns, number, "town")
    name = _shop_name(number, tongue, town.split(",")[0], taken)
    given, family = draw(tongue.given, number, "given"), draw(tongue.family, number, "family")
    address = _address(place, tongue, number, "front")
    shipping = _back_door(number, place, tongue) if happens(15, number, "ships elsewhere") else address
    postcode = _fill(postcode, number, "postcode")
    return {
        "name": name,
        "contact": f"{given} {family}",
        "email": f"{_plain(given)}@{_plain(name)}.example",
        "phone": _fill(draw(place.phones, number, "range"), number, "phone") if place.phones else "",
        **_lines("billing", address, town, postcode, place.code),
        **_lines("shipping", shipping, town, postcode, place.code),
    }


def _lines(kind: str, address: str, town: str, postcode: str, country: str) -> dict[str, str]:
    return {
        f"{kind}_address": address,
        f"{kind}_city": town,
        f"{kind}_postcode": postcode,
        f"{kind}_country": country,
    }


def _address(place: Place, tongue: Tongue, *key: str) -> str:
    street = draw(tongue.streets, *key, "street")
    return place.street.format(street=street, number=1 + below(95, *key, "house"))


def _back_door(number: str, place: Place, tongue: Tongue) -> str:
    if place.tongue != "english":
        return _address(place, tongue, number, "back")
    return draw(WAREHOUSES, number, "warehouse").format(number=1 + below(30, number, "unit"))


def _shop_name(number: str, tongue: Tongue, town: str, taken: set[str]) -> str:
    """Draw names for this number until one is new."""
    drawn = (_draw_name(tongue, town, number, attempt) for attempt in count())
    name = next(name for name in drawn if name not in taken)
    taken.add(name)
    return name


def _draw_name(tongue: Tongue, town: str, *key: object) -> str:
    noun = draw(tongue.nouns, *key, "noun")
    return draw(tongue.shops, *key, "shop").format(
        noun=noun,
        other=draw([other for other in tongue.nouns if other != noun], *key, "other"),
        colour=draw(tongue.colours, *key, "colour"),
        given=draw(tongue.given, *key, "owner"),
        family=draw(tongue.family, *key, "firm"),
        town=town,
    )


def _fill(pattern: str, *key: object) -> str:
    """Each `#` becomes a digit and each `?` a letter that British postcodes use."""
    drawn = []
    for place, sign in enumerate(pattern):
        if sign == "#":
            drawn.append(str(1 + below(9, *key, place)))
        elif sign == "?":
            drawn.append(draw("ABDEFGHJLNPQRSTUWXYZ", *key, place))
        else:
            drawn.append(sign)
    return "".join(drawn)


LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "æ": "ae", "đ": "d", "þ": "th", "Þ": "th", "ð": "d"}
)


def _plain(name: str) -> str:
    """Spell a name as a mail address can bear it: letters and digits of ASCII, hyphens between words."""
    bare = unicodedata.normalize("NFKD", name.translate(LETTERS)).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in bare.replace("'", "")).split()
    return "-".join(words)
