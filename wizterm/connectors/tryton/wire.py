"""Values as Tryton writes them in JSON: what JSON lacks is an object with its class beside its parts."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

_DAY = ("year", "month", "day")
_TIME = ("hour", "minute", "second", "microsecond")


def encode(value: Any) -> bytes:
    return json.dumps(value, default=_as_object).encode()


def decode(text: bytes) -> Any:
    """Raises `ValueError` where it is no JSON."""
    return json.loads(text, object_hook=_from_object)


def _as_object(value: Any) -> dict[str, Any]:
    match value:
        case Decimal():
            return {"__class__": "Decimal", "decimal": str(value)}
        case datetime():
            return {"__class__": "datetime"} | {part: getattr(value, part) for part in (*_DAY, *_TIME)}
        case date():
            return {"__class__": "date"} | {part: getattr(value, part) for part in _DAY}
    raise TypeError(f"{type(value).__name__} has no form in Tryton's JSON")


def _from_object(found: dict[str, Any]) -> Any:
    match found.get("__class__"):
        case "Decimal":
            return Decimal(found["decimal"])
        case "datetime":
            return datetime(*(found[part] for part in (*_DAY, *_TIME)))  # noqa: DTZ001 - Tryton says UTC without saying so
        case "date":
            return date(*(found[part] for part in _DAY))
        case "time":
            return time(*(found[part] for part in _TIME))
        case "timedelta":
            return timedelta(seconds=found["seconds"])
    return found
