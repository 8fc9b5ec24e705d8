"""Writing orders and quotes into files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wizterm.db.device import FILE, DeviceFileError, open_device
from wizterm.db.documents import Documents
from wizterm.services.export import Exported, as_csv, as_json
from wizterm.services.paper_filter import EVERYTHING, PaperFilter
from wizterm.services.papers import Papers
from wizterm.services.typed_path import typed_path

FORMS = {"csv": as_csv, "json": as_json}


class ExportError(Exception):
    """Nothing was written; the message says why and what to do."""


@contextmanager
def open_papers(folder: Path) -> Iterator[Papers]:
    """The papers of a folder, which a terminal may have open at the same time. Raises `DeviceFileError`."""
    if not (folder / FILE).exists():
        raise DeviceFileError(f"There are no orders in {folder}: expected the folder of a rep who has signed in.")
    database = open_device(folder)
    try:
        yield Papers(Documents(database), database)
    finally:
        database.close()


def exported(papers: Papers, form: str, text: str = "", within: PaperFilter = EVERYTHING) -> str:
    """All that the filter lets through, the newest first."""
    return FORMS[form](_all(papers, text, within))


def export_to(papers: Papers, name: str, text: str, within: PaperFilter) -> str:
    """Write a file whose ending says the form; gives a sentence on where it is."""
    path = file_named(name, *(f".{form}" for form in FORMS))
    return keep(exported(papers, path.suffix.removeprefix(".").lower(), text, within), path)


def file_named(name: str, *endings: str) -> Path:
    """The file that is meant; its ending says the form."""
    expected = f"expected a name that ends in {' or '.join(endings)}."
    if not name.strip():
        raise ExportError(f"No file is named: {expected}")
    path = typed_path(name)
    if path.suffix.lower() not in endings:
        raise ExportError(f"{path.name!r} says no form: {expected}")
    return path


def keep(content: str | bytes, path: Path) -> str:
    try:
        with path.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    except FileExistsError as error:
        raise ExportError(f"{path} is there already: choose another name, or move it away.") from error
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error
    return f"Written to {path}."


def _all(papers: Papers, text: str, within: PaperFilter) -> Iterator[Exported]:
    after = None
    while True:
        page = papers.page(text, after, within=within)
        for summary in page.summaries:
            yield summary, papers.paper(summary.document).body
        if not page.more:
            return
        after = page.summaries[-1]
