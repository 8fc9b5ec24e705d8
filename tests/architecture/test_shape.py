"""Small rooms with a name on the door."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "wizterm").rglob("*.py"))
WRITTEN = sorted(
    path
    for folder in ("wizterm", "tests", "docs", "benchmarks")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".tcss"}
)
LINES = 320
METHODS = 25
TABLES = {"wizterm/demo/making/ranges.py"}
"""Files that are one long list of words."""
TEXTUAL = re.compile(r"action_|on_|watch_|compose$|render")
"""Methods that Textual calls by their names: each is a line in a table of keys or messages."""
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
OPEN_WORK = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_every_module_says_what_it_is_for():
    assert not [name(path) for path in FILES if not ast.get_docstring(parsed(path))]


def test_a_file_has_one_purpose_and_so_stays_short():
    long = [name(path) for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) > LINES]
    assert set(long) <= TABLES


def test_no_class_becomes_the_place_for_everything():
    crowded = [
        f"{name(path)}: {node.name}"
        for path in FILES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and len(_own_methods(node)) > METHODS
    ]
    assert not crowded


def _own_methods(node: ast.ClassDef) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    functions = [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [each for each in functions if not _called_by_textual(each)]


def _called_by_textual(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    marks = {ast.unparse(mark).partition("(")[0] for mark in function.decorator_list}
    return bool(TEXTUAL.match(function.name)) or "on" in marks


def test_no_module_has_a_name_that_could_hold_anything():
    assert not {name(path) for path in FILES if path.stem in VAGUE or path.parent.name in VAGUE}


def test_nothing_is_left_open():
    assert not [name(path) for path in WRITTEN if OPEN_WORK.search(path.read_text(encoding="utf-8"))]
