"""Mails as .eml files in a folder, in place of a mail server: for trials and for the demo."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

from wizterm.connectors.base import Done, Later, Outcome
from wizterm.server.mail.composing import Parcel


class EmlFolder:
    """A mail that comes twice is two files, so that it is seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, parcel: Parcel) -> Outcome:
        begun = self._folder / f".{parcel.name}.begun"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with begun.open("wb") as file:
                file.write(parcel.content)
                file.flush()
                os.fsync(file.fileno())
            begun.replace(self._free(parcel.name))
        except OSError as error:
            return Later(30.0, f"{self._folder} cannot be written: {error.strerror}.")
        return Done(parcel.message_id, f"mailed to {', '.join(each.addr_spec for each in parcel.to)}")

    def _free(self, name: str) -> Path:
        names = (self._folder / f"{name}{'' if number == 1 else f'.{number}'}.eml" for number in count(1))
        return next(path for path in names if not path.exists())
