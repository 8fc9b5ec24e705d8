"""Bytes from the terminal become events; nothing a terminal sends is fatal."""

from codecs import getincrementaldecoder
from collections.abc import Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

LARGEST = 2000  # cells; the widest screens in use have about 600 columns


class Reader:
    """Reads what was typed, byte by byte; a sequence that makes no sense is left out."""

    def __init__(self, *, debug: bool = False) -> None:
        self._debug = debug
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = _Parser(debug)

    def feed(self, chunk: bytes) -> Iterator[Message]:
        """The events in these bytes; a byte that is not UTF-8 is read as U+FFFD."""
        for character in self._decode(chunk):
            yield from self._feed_one(character)

    def tick(self) -> Iterator[Message]:
        """The events that were waiting for more, such as a lone Escape."""
        yield from self._parser.tick()

    def _feed_one(self, character: str) -> Iterator[Message]:
        try:
            yield from filter(_believable, self._parser.feed(character))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            self._start_again()

    def _start_again(self) -> None:
        """A parser that raised is spent; the next one takes over what it knew of the terminal."""
        spent, self._parser = self._parser, _Parser(self._debug)
        self._parser.mouse_pixels = spent.mouse_pixels
        self._parser.terminal_size = spent.terminal_size
        self._parser.terminal_pixel_size = spent.terminal_pixel_size


class _Parser(XTermParser):
    """Understands a key that is reported with its alternates."""

    def _parse_extended_key(  # type: ignore[override]  # the original is wrapped in a cache
        self, sequence: str
    ) -> list[events.Key] | None:
        return super()._parse_extended_key(_first_alternates(sequence))


def _first_alternates(sequence: str) -> str:
    """`CSI 97:65;2;65u` without the key's alternates and the kind of its event, as `CSI 97;2;65u`."""
    if not sequence.startswith("\x1b[") or ":" not in sequence:
        return sequence
    fields = sequence[2:-1].split(";")
    fields[:2] = [field.partition(":")[0] for field in fields[:2]]
    return f"\x1b[{';'.join(fields)}{sequence[-1]}"


def _believable(message: Message) -> bool:
    if not isinstance(message, events.Resize):
        return True
    return 0 < message.size.width <= LARGEST and 0 < message.size.height <= LARGEST
