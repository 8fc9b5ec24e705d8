"""Reading a connector's settings: each by its name and type, and a sentence where one is wrong."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TypeVar

import msgspec

from wizterm.connectors.base import ConnectorError, Settings

S = TypeVar("S", bound=msgspec.Struct)


def read(settings: Settings, type_: type[S], connector: str) -> S:
    """The settings as this type has them; raises `ConnectorError`."""
    known = type_.__struct_fields__
    for key in settings.values:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(known)}."
            raise ConnectorError(f"[erp.{connector}] has no setting {key}; {hint}")
    try:
        return msgspec.convert(dict(settings.values), type_, strict=False)
    except msgspec.ValidationError as error:
        raise ConnectorError(f"[erp.{connector}]: {str(error).replace('`', '')}.") from error


def secret(value: str, file: str, connector: str) -> str:
    """A password as it was given, or the first line of the file that holds it."""
    if value or not file:
        return value
    try:
        lines = Path(file).expanduser().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConnectorError(f"[erp.{connector}]: the password cannot be read from {file}: {error}.") from error
    return lines[0] if lines else ""
