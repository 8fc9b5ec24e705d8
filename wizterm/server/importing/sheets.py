"""Tables in files: CSV, gzipped CSV, and the sheets of XLSX workbooks, read line by line."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, cast
from zipfile import BadZipFile

Line = tuple[int, list[str]]
SUFFIXES = (".csv", ".csv.gz", ".xlsx")


class SheetError(ValueError):
    """A file cannot be read as a table; the message says why, `line` where."""

    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.line = line


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    """The file's, as shown to people."""
    header: tuple[str, ...]
    lines: Callable[[], Iterator[Line]]
    """The lines below the header, with their numbers; empty ones are left out."""


def sheets(path: Path) -> list[Sheet]:
    """The tables of one file."""
    if path.name.lower().endswith(".xlsx"):
        return _workbook(path)
    if path.name.lower().endswith((".csv", ".csv.gz")):
        return [_sheet(path.name, lambda: _csv_lines(path))]
    raise SheetError(f"expected a file that ends in {', '.join(SUFFIXES)}")


def _sheet(name: str, lines: Callable[[], Iterator[Line]]) -> Sheet:
    first = next(lines(), None)
    if first is None:
        raise SheetError("expected a first line with the names of the columns, the file is empty")
    header = tuple("_".join(cell.strip().lower().split()) for cell in first[1])
    while header and not header[-1]:
        header = header[:-1]
    if len(set(header)) < len(header):
        raise SheetError("a column's name stands twice in the first line", 1)

    def below() -> Iterator[Line]:
        rest = lines()
        next(rest)
        for line, cells in rest:
            yield line, _fitted(cells, len(header), line)

    return Sheet(name, header, below)


def _fitted(cells: list[str], width: int, line: int) -> list[str]:
    if any(cells[width:]):
        raise SheetError(f"expected {width} cells as in the first line, got {len(cells)}", line)
    return cells[:width] + [""] * (width - len(cells))


def _csv_lines(path: Path) -> Iterator[Line]:
    try:
        with _opened(path) as file:
            delimiter = ";" if _has_semicolons(file) else ","
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            for cells in reader:
                if any(cells):
                    yield reader.line_num, cells
    except UnicodeDecodeError as error:
        raise SheetError(f"expected text in UTF-8, got the byte {error.object[error.start]:#04x}") from error
    except csv.Error as error:
        raise SheetError(f"expected comma-separated values: {error}", reader.line_num) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise SheetError("expected a whole gzip file; this one is damaged or cut short") from error
    except OSError as error:
        raise SheetError(f"it cannot be read: {error.strerror}") from error


def _opened(path: Path) -> IO[str]:
    if path.name.lower().endswith(".gz"):
        return cast("IO[str]", gzip.open(path, "rt", encoding="utf-8-sig", newline=""))
    return path.open(encoding="utf-8-sig", newline="")


def _has_semicolons(file: IO[str]) -> bool:
    """Whether the first line is one that spreadsheets write where the comma is the decimal sign."""
    first = file.readline()
    file.seek(0)
    return ";" in first and "," not in first


def _workbook(path: Path) -> list[Sheet]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.2 s, and only for workbooks
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as above

    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as workbook:
            names = [sheet.title for sheet in workbook.worksheets if sheet.max_row]
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise SheetError("expected an XLSX workbook; this file is none, or is damaged") from error
    except OSError as error:
        raise SheetError(f"it cannot be read: {error.strerror}") from error
    return [_sheet(f"{path.name} [{name}]", lambda name=name: _sheet_lines(path, name)) for name in names]  # type: ignore[misc]  # mypy cannot type a default in a lambda


def _sheet_lines(path: Path, name: str) -> Iterator[Line]:
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    with closing(load_workbook(path, read_only=True, data_only=True)) as workbook:
        for number, row in enumerate(workbook[name].iter_rows(values_only=True), start=1):
            cells = [_as_text(value) for value in row]
            if any(cells):
                yield number, cells


def _as_text(value: Any) -> str:
    """A cell as a person reads it in the spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value)
