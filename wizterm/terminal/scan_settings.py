"""How scans are told from typing: what the scanner is set to send, and what speed says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

SUFFIXES: Final = {"enter": ("enter", "ctrl+j"), "tab": ("tab",), "eot": ("ctrl+d",), "none": ()}
"""The keys that end a scan, by what the settings call them; `none` is a pause."""


class ScannerError(ValueError):
    """A setting cannot be used; the message says what was expected."""


class Timing(StrEnum):
    """Whether keys without a prefix are watched for scans."""

    AUTO = "auto"
    """Until a scan with the prefix has come: then the scanner is set up."""
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class GateSettings:
    prefix: str = "f9"
    """Textual's name of the key that the scanner sends first; empty for none."""
    suffixes: tuple[str, ...] = ("enter", "tab", "eot")
    timing: Timing = Timing.AUTO
    patterns: tuple[str, ...] = ()
    """Regular expressions for codes that have no check digit."""
    separators: tuple[str, ...] = ()
    """Keys, such as f12, that this scanner sends for the group separator."""
    remote: bool = False
    """Whether a network stands between keyboard and program: pauses then say little, so the text must prove itself."""
    first_gap: float = 0.06
    """Seconds to the next key for a burst to begin."""
    gap: float = 0.12
    """The same once a burst has begun."""
    mean_gap: float = 0.04
    """Seconds between keys, on average, of a code that proves nothing by itself."""
    least: int = 6
    most: int = 256
    timeout: float = 2.0
    """Seconds without a key after which what came behind a prefix is given back."""


NEAR: Final = GateSettings()
FAR: Final = GateSettings(remote=True, first_gap=0.3, gap=0.8)
"""Over a network, where the keys of a burst come in lumps."""


def gate_settings(
    *, prefix: str, suffixes: str, timing: str, patterns: Sequence[str], separators: str, remote: bool
) -> GateSettings:
    """The settings as a person wrote them."""
    names = words(suffixes)
    if not names or not set(names) <= set(SUFFIXES):
        raise ScannerError(f"suffixes: expected some of {', '.join(SUFFIXES)}, got {suffixes!r}.")
    if prefix in {key for name in names for key in SUFFIXES[name]}:
        raise ScannerError(f"prefix: {prefix} ends a scan, so it cannot begin one: expected a key such as f9.")
    for pattern in patterns:
        _check(pattern)
    return replace(
        FAR if remote else NEAR,
        prefix=prefix.strip(),
        suffixes=names,
        timing=Timing(timing),
        patterns=tuple(patterns),
        separators=words(separators),
    )


def over_ssh(environment: Mapping[str, str]) -> bool:
    """Whether a network stands between the keyboard and this program."""
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def words(text: str) -> tuple[str, ...]:
    """What stands between the commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _check(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ScannerError(f"patterns: {pattern!r} is no regular expression: {error}.") from error
