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


def secret(said: msgspec.Struct, setting: str, connector: str) -> str:
    """A password as `setting` gives it, or the first line of the file that `setting_file` names."""
    value, file = getattr(said, setting), getattr(said, f"{setting}_file")
    if value or not file:
        return str(value)
    where = f"[erp.{connector}] {setting}_file: {file}"
    try:
        lines = Path(file).expanduser().read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConnectorError(f"{where} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConnectorError(f"{where} cannot be read: expected a line of text in UTF-8.") from error
    if not lines or not lines[0]:
        raise ConnectorError(f"{where} is empty: expected the {setting.replace('_', ' ')} in its first line.")
    return lines[0]
