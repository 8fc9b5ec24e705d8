"""The contracts on imports hold, and each is seen to break when an arrow is turned."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract["name"] for contract in SETTINGS["tool"]["importlinter"]["contracts"]}
TURNED = {
    "layers": ("wizterm/services/words.py", "wizterm.commands"),
    "textual": ("wizterm/config.py", "textual"),
    "screens": ("wizterm/screens/help.py", "sqlite3"),
    "server": ("wizterm/server/states.py", "wizterm.services.words"),
    "device": ("wizterm/sync/route.py", "uvicorn"),
    "requests": ("wizterm/queue/round.py", "requests"),
    "biip": ("wizterm/queue/round.py", "biip"),
    "peewee": ("wizterm/queue/round.py", "wizterm.db.models"),
}
"""For each contract an import that it alone forbids: where it is written, and of what."""


def broken(root: Path) -> set[str]:
    """The names of the contracts that a tree breaks."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
        cwd=root,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(\S.*?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert set(verdicts) == set(CONTRACTS.values()), done.stdout + done.stderr
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


@pytest.fixture
def copy(tmp_path):
    """The program's own tree, to be spoilt."""
    shutil.copytree(ROOT / "wizterm", tmp_path / "wizterm", ignore=shutil.ignore_patterns("__pycache__", "company"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_arrow_points_the_right_way(copy):
    assert broken(copy) == set()


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_turned_arrow_breaks_its_contract_and_no_other(copy, contract):
    place, module = TURNED[contract]
    with (copy / place).open("a", encoding="utf-8") as file:
        file.write(f"\nimport {module}\n")
    assert broken(copy) == {CONTRACTS[contract]}
