"""Documents that come in a file: checked as what a device sends, and taken by the same intake."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from wizterm.domain.quantity import counted
from wizterm.protocol.documents import MOST_DOCUMENTS, Answer, Batch, Refused
from wizterm.protocol.sealed import Opened, SealedFileError
from wizterm.server.auth import Caller
from wizterm.server.deciding import Deciding, Role
from wizterm.server.intake.taking import Intake
from wizterm.server.store import ledger
from wizterm.server.store.people import Device
from wizterm.server.store.store import Store


@dataclass(frozen=True, slots=True)
class TakenFile:
    rep: str
    device: str
    answers: tuple[Answer, ...]

    @property
    def counts(self) -> Counter[str]:
        """By kind of answer."""
        return Counter(type(answer).__name__.lower() for answer in self.answers)

    @property
    def refused(self) -> tuple[Refused, ...]:
        return tuple(answer for answer in self.answers if isinstance(answer, Refused))


def take_file(store: Store, intake: Intake, data: bytes, by: Deciding) -> TakenFile:
    """Each document exactly once, also where its device delivers it too. Raises `SealedFileError`.

    Who takes it is written down first: the documents come in transactions of their own.
    """
    with store.reading():
        server, private = ledger.fact("server"), ledger.fact("office_private")
        opened = Opened(data, private)
        device: Device | None = Device.get_or_none(Device.id == opened.device)
    if device is None:
        raise SealedFileError("The file was written by a device that this server does not know: nothing was taken.")
    contents = opened.contents(device.public_key)
    if contents.server != server:
        raise SealedFileError("The documents are for another server: take the file there.")
    caller = Caller(contents.rep, device.id, device.code)
    with by.decide(Role.CLERK, "took in a file of", contents.rep) as decision:
        decision.words = f"{counted(len(contents.documents), 'document')} of device {device.code}"
    answers: list[Answer] = []
    for start in range(0, len(contents.documents), MOST_DOCUMENTS):
        batch = Batch(documents=contents.documents[start : start + MOST_DOCUMENTS])
        answers += intake.take(caller, batch).answers
    return TakenFile(contents.rep, device.name, tuple(answers))
