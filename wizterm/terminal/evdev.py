"""A scanner read past the terminal, as the keyboard that Linux takes it for (`/dev/input/event…`).

The kernel's records are read here, without a library. While the program has it, nothing else hears the scanner.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, Self

RECORD: Final = struct.Struct("@llHHi")
"""Seconds, microseconds, type, code, value."""
KEY, DOWN, UP, AGAIN = 1, 1, 0, 2
GRAB: Final = 0x40044590
"""EVIOCGRAB: the device for this program alone."""
LEFT_SHIFT, RIGHT_SHIFT, LEFT_CTRL, RIGHT_CTRL, CAPS = 42, 54, 29, 97, 58
ENTER, KEYPAD_ENTER, TAB = 28, 96, 15
LONGEST: Final = 4_096
_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
)
"""The first key of each row of a US board, and what its keys send without and with Shift."""
PLAIN: Final = {first + place: sign for first, signs, _ in _ROWS for place, sign in enumerate(signs)} | {57: " "}
SHIFTED: Final = {first + place: sign for first, _, signs in _ROWS for place, sign in enumerate(signs)} | {57: " "}
KEYPAD: Final = dict(zip((82, 79, 80, 81, 75, 76, 77, 71, 72, 73, 74, 78, 83, 55, 98), "0123456789-+.*/", strict=True))


class ScannerKeys:
    """Turns the records of a device into codes."""

    def __init__(self) -> None:
        self._rest = b""
        self._held: set[int] = set()
        self._text = ""

    def feed(self, content: bytes) -> Iterator[str]:
        """The codes that are complete with these bytes."""
        content = self._rest + content
        whole = len(content) - len(content) % RECORD.size
        self._rest = content[whole:]
        for _, _, kind, code, value in RECORD.iter_unpack(content[:whole]):
            if kind == KEY and (text := self._key(code, value)):
                yield text

    def _key(self, code: int, value: int) -> str:
        """The code that this key completes, if it does."""
        if value == UP:
            self._held.discard(code)
            return ""
        if value == AGAIN:
            return ""
        self._held.add(code)
        if code in {ENTER, KEYPAD_ENTER, TAB}:
            text, self._text = self._text, ""
            return text
        self._text = (self._text + self._sign(code))[:LONGEST]
        return ""

    def _sign(self, code: int) -> str:
        if self._held & {LEFT_CTRL, RIGHT_CTRL}:
            sign = PLAIN.get(code, "")
            return chr(ord(sign.upper()) & 0x1F) if sign else ""
        shifted = bool(self._held & {LEFT_SHIFT, RIGHT_SHIFT})
        return (SHIFTED if shifted else PLAIN).get(code) or KEYPAD.get(code, "")


class ScannerDevice:
    """The device, open and for this program alone; use as a context manager."""

    def __init__(self, path: str) -> None:
        """Raises `OSError` where it cannot be opened."""
        self._descriptor = os.open(path, os.O_RDONLY)
        self._grab()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def codes(self) -> Iterator[str]:
        """Each code as it is scanned, until the device is gone."""
        keys = ScannerKeys()
        while content := self._read():
            yield from keys.feed(content)

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, RECORD.size * 64)
        except OSError:  # ENODEV: it was unplugged
            return b""

    def _grab(self) -> None:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            with suppress(OSError):  # a pipe in its place has nobody to be kept from
                fcntl.ioctl(self._descriptor, GRAB, 1)
