"""Where a file is to be written: asked until it could be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wizterm.screens.prompt import Asking
from wizterm.services.workbench import Workbench

Write = Callable[[Workbench, str], str]
"""Writes a file of that name, and gives the sentence that says where it is."""

LONGEST_NAME = 500


class FilePrompt(Asking[str]):
    """Gives the sentence, or None after Esc."""

    def __init__(self, title: str, write: Write, *, suggested: Path, hint: str) -> None:
        super().__init__(title, hint=hint, value=str(suggested), longest=LONGEST_NAME, enter="writes it")
        self._write = write

    def put(self, text: str) -> None:
        self.ask(lambda bench: self._write(bench, text), self.Answered)
