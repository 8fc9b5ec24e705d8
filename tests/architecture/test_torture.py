"""The torture drives what is shipped: it plays the world around the program, and no part of the program itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HARNESS = sorted((ROOT / "tests" / "torture").rglob("*.py"))
SHIPPED = {
    "wizterm.db.device",
    "wizterm.queue.sender",
    "wizterm.server.app",
    "wizterm.server.company",
    "wizterm.services.errands",
    "wizterm.services.machine",
    "wizterm.sync.client",
}
"""What all layers together must import."""
OWN = ("Outbox", "Store", "Intake", "Sender", "Uploader", "Round", "Queue", "Dispatcher", "Documents")
"""Ends of names that no class of the harness has, unless it is built on the shipped one."""
PLAYED = {
    "tests/torture/kills/intake_server.py": "counts what it is asked; with both ends killed the shipped one answers",
    "tests/torture/kills/processes.py": "the process of that intake",
}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_it_imports_the_shipped_parts():
    imported = {
        node.module
        for path in HARNESS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert imported >= SHIPPED


@pytest.mark.parametrize("path", HARNESS, ids=name)
def test_it_has_no_queue_and_no_store_of_its_own(path):
    own = [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith(OWN) and not node.bases
    ]
    tables = "CREATE TABLE" in path.read_text(encoding="utf-8") and "AS SELECT" not in path.read_text(encoding="utf-8")
    assert (not own and not tables) or name(path) in PLAYED
