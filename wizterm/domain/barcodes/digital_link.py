"""GS1 Digital Link: a web address that names a product, its batch and more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from wizterm.domain.barcodes import elements
from wizterm.domain.barcodes.elements import Message

_WORDS = {
    "gtin": "01", "itip": "8006", "sscc": "00", "gln": "414", "party": "417", "glnx": "254", "cpv": "22", "lot": "10",
    "ser": "21", "cpid": "8010", "cpsn": "8011", "grai": "8003", "giai": "8004", "gdti": "253", "gcn": "255",
    "ginc": "401", "gsin": "402", "gsrn": "8018", "gsrnp": "8017", "srin": "8019", "gmn": "8013",
}  # fmt: skip
"""Names that the standard has given up and that are still printed."""
_AFTER = {
    "01": ("22", "10", "21", "235"),
    "8006": ("22", "10", "21"),
    "414": ("254", "7040"),
    "417": ("7040",),
    "8004": ("7040",),
    "8010": ("8011",),
    "8017": ("8019",),
    "8018": ("8019",),
    **dict.fromkeys(("00", "253", "255", "401", "402", "8003", "8013"), ()),
}
"""What may name the thing at the head of the path, and what may follow it there, in this order."""
_ADDRESS = re.compile(
    r"(?:https?|HTTPS?)://(?P<host>[A-Za-z0-9.:@_\-\[\]]+)(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#.*)?"
)
_PRINTABLE = re.compile(r"[!-~]*")
_UNWISE = frozenset('<>"{}|\\^`')


@dataclass(frozen=True, slots=True)
class Link:
    message: Message
    names_something: bool
    """Whether the address has the shape of a Digital Link at all; most addresses are just addresses."""


def is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "HTTP://", "HTTPS://"))


def read(text: str) -> Link:
    found = _ADDRESS.fullmatch(text)
    if found is None or not _PRINTABLE.fullmatch(text):
        return Link(Message(fault="This is no whole web address."), names_something=False)
    head = _head(found["path"] or "")
    if not head:
        return Link(Message(fault="This web address names no product."), names_something=False)
    pairs, fault = _pairs_of_path(head)
    message = elements.of_pairs(pairs)
    asked, query_fault = _pairs_of_query(found["query"] or "")
    fault = fault or message.fault or query_fault or _repeated(pairs, asked)
    if fault or _UNWISE & set(text):
        return Link(Message(message.pairs, fault or "A web address holds no such character."), names_something=True)
    return Link(elements.of_pairs([*pairs, *asked]), names_something=True)


def _head(path: str) -> list[str]:
    """The path from the last key on that can name a thing; values stand in between, so every other part first."""
    parts = path.split("/")
    last = len(parts) - 2
    places = (*range(last, 0, -2), *range(last - 1, 0, -2))
    return next((parts[place:] for place in places if _key(parts[place]) in _AFTER), [])


def _key(part: str) -> str:
    return _WORDS.get(part, part)


def _pairs_of_path(parts: list[str]) -> tuple[list[tuple[str, str]], str]:
    if len(parts) % 2 or not all(parts):
        return [], "The path of this web address is incomplete."
    keys = [_key(part) for part in parts[::2]]
    values = [unquote(part) for part in parts[1::2]]
    pairs = list(zip(keys, values, strict=True))
    pairs[0] = (keys[0], _whole(keys[0], values[0]))
    allowed = iter(_AFTER[keys[0]])
    for key in keys[1:]:
        if key not in allowed:  # an iterator: each may come once, and only in its order
            return pairs[:1], f"({key}) cannot stand there in a web address."
    return pairs, ""


def _pairs_of_query(query: str) -> tuple[list[tuple[str, str]], str]:
    pairs = []
    for part in re.split("[&;]", query):
        name, equals, value = part.partition("=")
        key = _key(name)
        if elements.is_identifier(key) and equals:
            pairs.append((key, _whole(key, unquote(value))))
        elif name.isdigit():
            return pairs, f"({name}) is no application identifier."
    return pairs, ""


def _repeated(pairs: list[tuple[str, str]], asked: list[tuple[str, str]]) -> str:
    keys = [key for key, _ in (*pairs, *asked)]
    twice = next((key for key in keys if keys.count(key) > 1), "")
    return f"({twice}) is there twice." if twice else ""


def _whole(key: str, value: str) -> str:
    """A GTIN of 8, 12 or 13 digits in the length that the identifier wants."""
    short = key in {"01", "02"} and len(value) in {8, 12, 13} and value.isascii() and value.isdigit()
    return value.zfill(14) if short else value
