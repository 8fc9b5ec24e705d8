"""What people on this machine have said that a code means. It goes before what the catalogue says."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from peewee import SqliteDatabase

from wizterm.db.models import CodeBinding


@dataclass(frozen=True, slots=True)
class Binding:
    kind: str
    """product, customer, document or command."""
    key: str
    """SKU, id, number or code."""
    unit: str = ""


class CodeBindings:
    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def transaction(self) -> AbstractContextManager[object]:
        """All that is done within it, or nothing."""
        return self._database.atomic()

    def get(self, code: str) -> Binding | None:
        query = CodeBinding.select(CodeBinding.kind, CodeBinding.key, CodeBinding.unit).where(CodeBinding.code == code)
        return next((Binding(*row) for row in query.tuples().execute(self._database)), None)

    def put(self, code: str, binding: Binding) -> None:
        """Remember it, in place of what was said before."""
        row = CodeBinding.insert(code=code, kind=binding.kind, key=binding.key, unit=binding.unit)
        row.on_conflict("REPLACE").execute(self._database)

    def forget(self, code: str) -> bool:
        """Whether anything had been said of it."""
        return bool(CodeBinding.delete().where(CodeBinding.code == code).execute(self._database))
