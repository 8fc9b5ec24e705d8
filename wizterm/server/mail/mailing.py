"""Mail as dispatch sees it: a target that documents are handed to, like an ERP."""

from __future__ import annotations

from typing import Protocol

from peewee import PeeweeException

from wizterm.connectors.base import NO_ADDRESS, Finding, Later, Outcome, Outgoing, Refused
from wizterm.domain.clock import Clock
from wizterm.server.mail.composing import Parcel, Stationery, parcel
from wizterm.server.mail.letter import Correspondence, NobodyError

MAILED_KINDS = frozenset({"order", "quote"})


class MailWay(Protocol):
    def send(self, parcel: Parcel) -> Outcome: ...


class MailTo:
    """Confirmations to one target."""

    kinds = MAILED_KINDS

    def __init__(
        self, target: str, correspondence: Correspondence, stationery: Stationery, way: MailWay, clock: Clock
    ) -> None:
        self._target = target
        self._correspondence = correspondence
        self._stationery = stationery
        self._way = way
        self._clock = clock

    def parcel(self, document: str, revision: int) -> Parcel:
        """The mail as it would go now. Raises `NobodyError`."""
        letter = self._correspondence.letter(document, revision, self._target)
        return parcel(letter, self._stationery, self._clock.now())

    def send(self, document: Outgoing) -> Outcome:
        try:
            made = self.parcel(document.id, document.revision)
        except PeeweeException as error:
            return Later(0.0, f"The mail was not written: the store could not be read ({error}).")
        except NobodyError as error:
            return Refused(str(error), code=NO_ADDRESS)
        except (ArithmeticError, ValueError) as error:
            return Refused(f"The mail cannot be written: {error}")
        return self._way.send(made)

    def find(self, _document: Outgoing) -> Finding:
        """Never asked of a mail that rests: see `Mailed.instead`."""
        return Later(0.0, "A mail server cannot be asked what it has.")
