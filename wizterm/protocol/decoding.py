"""Reading JSON into the program's types, from any thread.

msgspec (0.22) looks at a type when it is first asked for, and shows the half-made result to whoever asks meanwhile: two
threads that decode one type for the first time at once end the process with a segmentation fault. So decoders are made
here, one at a time, and kept; which is also faster.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")
_made: dict[Any, msgspec.json.Decoder[Any]] = {}
_making = threading.Lock()


def decoded(data: bytes | str, kind: type[T]) -> T:
    """Raises `msgspec.MsgspecError` where the data are not JSON, or do not fit."""
    return cast("T", decoder(kind).decode(data))


def decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    """Asked for beforehand where a framework is to decode this type by itself."""
    known = _made.get(kind)
    if known is None:
        with _making:
            known = _made.setdefault(kind, msgspec.json.Decoder(kind))
    return known
