"""Bytes from the terminal become events; nothing a terminal sends is fatal."""

import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from wizterm.terminal.pasting import START, PasteCut, Pasting

LARGEST = 2000  # cells; the widest screens in use have about 600 columns


QUIET = 2.0  # seconds without a byte after which a paste hands on what it has; a mark in two packets takes as long
ONE_KEY = 16  # characters; what a key or a click sends is shorter, and a paste that goes on after a silence is longer


class Reader:
    """Reads what was typed, byte by byte; a sequence that makes no sense is left out.

    A paste whose end does not come is over with the first key after `QUIET`: nobody types on for ever into nothing.
    """

    def __init__(self, *, debug: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._debug = debug
        self._clock = clock
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = _Parser(debug)
        self._recent = ""
        self._paste: Pasting | None = None
        self._stalled = False
        self._heard = clock()

    def feed(self, chunk: bytes) -> Iterator[Message]:
        """The events in these bytes; a byte that is not UTF-8 is read as U+FFFD."""
        self._heard = self._clock()
        text = self._decode(chunk)
        self._give_up_a_paste_without_end(text)
        while text:
            text = yield from (self._feed_keys(text) if self._paste is None else self._feed_paste(self._paste, text))

    def tick(self) -> Iterator[Message]:
        """The events that were waiting for more, such as a lone Escape."""
        silent = self._clock() - self._heard >= QUIET
        if self._paste is not None:
            if silent and not self._stalled:
                yield from _pasted(self._paste)
                self._paste, self._stalled = self._paste.going_on(), True
        elif silent or not _may_begin_a_paste(self._recent):
            yield from self._parser.tick()

    def _feed_keys(self, text: str) -> Generator[Message, None, str]:
        """Returns what is left when a paste has begun."""
        for read, character in enumerate(text, 1):
            self._recent = (self._recent + character)[-len(START) :]
            if self._recent == START:
                self._begin_a_paste()
                return text[read:]
            yield from self._feed_one(character)
        return ""

    def _feed_paste(self, paste: Pasting, text: str) -> Generator[Message, None, str]:
        """Returns what is left when the paste is over."""
        behind = paste.take(text)
        if behind is None:
            return ""
        self._paste = None
        yield from _pasted(paste)
        return behind

    def _feed_one(self, character: str) -> Iterator[Message]:
        try:
            yield from filter(_believable, self._parser.feed(character))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            self._start_again()

    def _begin_a_paste(self) -> None:
        """Textual's parser would run what follows an Escape inside the paste as keys; it never hears of one."""
        self._paste, self._stalled, self._recent = Pasting(), False, ""
        self._start_again()

    def _give_up_a_paste_without_end(self, text: str) -> None:
        if self._paste is not None and self._stalled:
            self._stalled = False
            if len(text) <= ONE_KEY and not self._paste.would_end(text):
                self._paste = None

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


def _pasted(paste: Pasting) -> Iterator[Message]:
    if paste.text:
        yield events.Paste(paste.text)
        if paste.cut:
            yield PasteCut()


def _may_begin_a_paste(recent: str) -> bool:
    """Whether it ends as no key does and a paste begins; `ESC` and `ESC [` are keys."""
    return any(recent.endswith(START[:length]) for length in range(len(START) - 1, 2, -1))
