"""Tells a scan from typing. Keys with their times go in; keys and scans come out. No threads, no clock.

With a prefix key everything up to the suffix is kept until it is complete. Without one each key is passed on at once,
on trial: what follows shows whether it was typed (`Settled`) or is to be taken back, being part of a `Scan`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from wizterm.terminal.keyboard import Keyboard
from wizterm.terminal.scan_settings import SUFFIXES, GateSettings, Timing
from wizterm.terminal.scan_shape import ScanShape
from wizterm.terminal.strokes import UNREADABLE, Stroke

LINE_FEED: Final = "ctrl+j"
SURE: Final = 4
"""Keys in a burst from which a longer pause is still part of it."""
PAUSE: Final = 0.15
"""Seconds without a key that end a scan without a suffix."""


@dataclass(frozen=True, slots=True)
class Passed:
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Tried:
    """Passed on, and taken back if a scan comes of it."""

    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Settled:
    """All that was on trial has been typed by a person."""


@dataclass(frozen=True, slots=True)
class Scan:
    """All that was on trial belongs to it."""

    text: str
    cut: bool = False
    """Whether it is incomplete or too long, and so means nothing."""


Outcome = Passed | Tried | Settled | Scan


@dataclass(slots=True)
class ScanMachine:
    settings: GateSettings = field(default_factory=GateSettings)
    keyboard: Keyboard = field(default_factory=Keyboard)
    _shape: ScanShape = field(init=False)
    _ends: frozenset[str] = field(init=False)
    _strokes: list[Stroke] = field(init=False, default_factory=list)
    """Behind the prefix, or on trial; modifiers are not among those behind a prefix."""
    _prefix: Stroke | None = field(init=False, default=None)
    _last: float = field(init=False, default=0.0)
    _overlong: bool = field(init=False, default=False)
    """Whether a burst was given up for its length; its rest is passed until a pause."""
    _returned: float | None = field(init=False, default=None)
    """When the carriage return of the last scan came: a line feed may follow it."""
    _proven: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._shape = ScanShape(self.settings.patterns)
        self._ends = frozenset(key for name in self.settings.suffixes for key in SUFFIXES[name])

    @property
    def deadline(self) -> float | None:
        """When a tick would change something, on the strokes' clock."""
        if self._prefix is not None:
            return self._last + (self._pause if self._strokes else self.settings.timeout)
        return self._last + self._gap if self._strokes or self._overlong else None

    def feed(self, stroke: Stroke) -> Iterator[Outcome]:
        yield from self.tick(stroke.at)
        returned, self._returned = self._returned, None
        if stroke.key == LINE_FEED and returned is not None and stroke.at - returned <= self.settings.gap:
            return
        self._last = stroke.at
        if stroke.key == self.settings.prefix:
            yield from self._begin(stroke)
        elif self._prefix is not None:
            yield from self._behind_prefix(stroke)
        else:
            yield from self._watched(stroke)

    def tick(self, now: float) -> Iterator[Outcome]:
        """What follows from nothing having come until now."""
        if self.deadline is None or now <= self.deadline:
            return
        self._overlong = False
        if self._prefix is not None:
            yield from self._give_up()
        elif self._strokes:
            ended = "none" in self.settings.suffixes and self._shape.proves(self._text())
            yield from self._decide(ended=ended)

    def flush(self) -> Iterator[Outcome]:
        """Something else has come, such as a paste: nothing waits any longer."""
        yield from self._give_back() if self._prefix is not None else self._decide(ended=False)

    def is_pasted_scan(self, text: str) -> bool:
        return len(text) <= self.settings.most and self._shape.proves(text)

    def _begin(self, stroke: Stroke) -> Iterator[Outcome]:
        if self._prefix is not None and self._strokes:
            yield Scan(self._text(), cut="none" not in self.settings.suffixes)
        elif self._prefix is not None:
            yield Passed(self._prefix)
        else:
            yield from self._decide(ended=False)
        self._prefix, self._strokes, self._overlong = stroke, [], False

    def _behind_prefix(self, stroke: Stroke) -> Iterator[Outcome]:
        if stroke.key in self._ends:
            yield from self._complete(stroke)
        elif not stroke.is_modifier and len(self._strokes) <= self.settings.most:
            self._strokes.append(stroke)

    def _complete(self, end: Stroke) -> Iterator[Outcome]:
        if not self._strokes:
            yield from self._give_back()
            yield Passed(end)
            return
        text = self._text()
        self._proven = True
        self._prefix, self._strokes = None, []
        self._returned = end.at if end.key == "enter" else None
        yield Scan(text[: self.settings.most], cut=len(text) > self.settings.most)

    def _give_up(self) -> Iterator[Outcome]:
        if self._strokes and ("none" in self.settings.suffixes or len(self._strokes) > self.settings.most):
            yield from self._complete(self._strokes[-1])
        else:
            yield from self._give_back()

    def _give_back(self) -> Iterator[Outcome]:
        kept = [self._prefix, *self._strokes]
        self._prefix, self._strokes = None, []
        yield from (Passed(stroke) for stroke in kept if stroke is not None)

    def _watched(self, stroke: Stroke) -> Iterator[Outcome]:
        if stroke.is_modifier:
            yield Tried(stroke) if self._strokes else Passed(stroke)
        elif not self._watching or self._overlong:
            yield Passed(stroke)
        elif self._strokes and stroke.key in self._ends:
            yield from self._suffix(stroke)
        elif self._belongs(stroke):
            yield from self._try(stroke)
        else:
            yield from self._decide(ended=False)
            yield Passed(stroke)

    def _try(self, stroke: Stroke) -> Iterator[Outcome]:
        self._strokes.append(stroke)
        yield Tried(stroke)
        if len(self._strokes) > self.settings.most:
            self._overlong = True
            yield from self._decide(ended=False)

    def _suffix(self, end: Stroke) -> Iterator[Outcome]:
        scanned = self._is_scan()
        yield from self._decide(ended=True)
        if not scanned:
            yield Passed(end)
        elif end.key == "enter":
            self._returned = end.at

    def _decide(self, *, ended: bool) -> Iterator[Outcome]:
        if not self._strokes:
            return
        verdict = Scan(self._text()) if ended and self._is_scan() else Settled()
        self._strokes = []
        yield verdict

    def _is_scan(self) -> bool:
        text, strokes = self._text(), self._strokes
        if len(text) < self.settings.least or len({stroke.key for stroke in strokes}) == 1 or UNREADABLE in text:
            return False
        if self._shape.proves(text):
            return True
        mean = (strokes[-1].at - strokes[0].at) / (len(strokes) - 1)
        return not self.settings.remote and mean <= self.settings.mean_gap and self._shape.allows(text)

    def _belongs(self, stroke: Stroke) -> bool:
        """Whether it can be part of a code: what does not print only where one has begun."""
        if stroke.data is None and stroke.key not in self.settings.separators:
            return False
        return stroke.prints or len(self._strokes) >= SURE or self._character(stroke) == "\x1d"

    @property
    def _watching(self) -> bool:
        timing = self.settings.timing
        return timing is Timing.ALWAYS or (timing is Timing.AUTO and not self._proven)

    @property
    def _gap(self) -> float:
        if len(self._strokes) < SURE and not self._overlong:
            return self.settings.first_gap
        return max(self.settings.gap, PAUSE) if "none" in self.settings.suffixes else self.settings.gap

    @property
    def _pause(self) -> float:
        return PAUSE if "none" in self.settings.suffixes else self.settings.timeout

    def _text(self) -> str:
        return self.keyboard.meant("".join(map(self._character, self._strokes)))

    def _character(self, stroke: Stroke) -> str:
        return "\x1d" if stroke.key in self.settings.separators else stroke.data or UNREADABLE
