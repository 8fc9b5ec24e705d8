"""What a fresh interpreter loads: a start pays for nothing that it does not use yet."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.patience import HANG_GUARD

ROOT = Path(__file__).parents[2]
SAY = "\nimport json, sys; print('\\n' + json.dumps(sorted(sys.modules)))"
HELP = "import sys\nsys.argv = ['wizterm', '--help']\nimport wizterm.cli\nwizterm.cli.main(standalone_mode=False)"

BUDGETS = {
    "the services": ("import wizterm.services.workbench", {"textual", "rich", "requests", "psycopg"}),
    "a rep's program": ("import wizterm.services.door, wizterm.app", {"psycopg", "litestar"}),
    "the terminal": (
        "import wizterm.launch",
        {"requests", "litestar", "uvicorn", "openpyxl", "argon2", "cryptography", "playhouse.migrations", "PIL"},
    ),
    "the order page": (
        "import wizterm.services.machine, wizterm.screens.order",
        {"requests", "PIL", "barcode", "segno", "biip", "fpdf", "argon2", "cryptography", "wizterm.server"},
    ),
    "the help": (HELP, {"textual", "peewee", "litestar", "requests", "rich"}),
    "the uploader": ("import wizterm.queue.uploader", {"textual", "requests", "litestar"}),
    "the server": ("import wizterm.server.app", {"textual", "requests", "wizterm.db", "wizterm.services"}),
}
"""A piece of program, and what it must not load."""


def loaded(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program + SAY], cwd=ROOT, capture_output=True, text=True, check=True, timeout=HANG_GUARD
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("name", BUDGETS)
def test_nothing_is_loaded_that_is_not_used_yet(name):
    program, unwanted = BUDGETS[name]
    assert not loaded(program) & unwanted


def test_the_standard_queue_stays_the_standard_one():
    program = (
        "import runpy, sys\n"
        "sys.argv = ['wizterm', '--version']\n"
        "try: runpy.run_module('wizterm', run_name='__main__', alter_sys=True)\n"
        "except SystemExit: pass\n"
        "import queue\n"
        "assert queue.SimpleQueue and 'wizterm' not in queue.__file__"
    )
    assert {"queue", "wizterm.cli"} <= loaded(program)
