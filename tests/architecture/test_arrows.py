"""The contracts on imports hold, and each is seen to break when an arrow is turned."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
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
    "office": ("wizterm/office/words.py", "wizterm.server.store.paperwork"),
    "requests": ("wizterm/queue/round.py", "requests"),
    "biip": ("wizterm/queue/round.py", "biip"),
    "smtp": ("wizterm/server/dispatch/gate.py", "smtplib"),
    "peewee": ("wizterm/queue/round.py", "wizterm.db.models"),
}
"""For each contract an import that it alone forbids: where it is written, and of what."""

LAYERS = next(
    contract["layers"] for contract in SETTINGS["tool"]["importlinter"]["contracts"] if contract["id"] == "layers"
)
BY_NAME = re.compile(r'"wizterm\.([\w.]+):(\w+)"')
"""Something that is imported when it is wanted."""


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


def test_what_is_loaded_by_name_exists_and_lies_below():
    depth = {name.strip(): number for number, layer in enumerate(LAYERS) for name in layer.split("|")}
    found = [
        (path.relative_to(ROOT / "wizterm").parts[0].removesuffix(".py"), *place)
        for path in (ROOT / "wizterm").rglob("*.py")
        for place in BY_NAME.findall(path.read_text(encoding="utf-8"))
    ]
    assert found
    for own, module, name in found:
        assert depth[own] < depth[module.partition(".")[0]] or own == module.partition(".")[0], (own, module)
        assert hasattr(import_module(f"wizterm.{module}"), name)


def test_the_layers_are_drawn_as_they_are():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = page.partition("```\ncli →")[2].partition("```")[0]
    assert " ".join(f"cli →{drawn}".split()) == " → ".join(LAYERS)
