"""What vendors publish of their interfaces: theirs, and no part of this project; a stand-in is held against it.

`WIZTERM_TEST_SPECS` names the folder that has a folder for each ERP.
"""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[3] / "shared" / "erp" / "specs"


def published(name: str) -> Path:
    """A vendor's file or folder, as `zoho` or `business-central/apiv2_fields.json`; skips where it is not there."""
    found = Path(os.environ.get("WIZTERM_TEST_SPECS") or BESIDE) / name
    if not found.exists():
        pytest.skip(f"There is no {name} in the folder WIZTERM_TEST_SPECS, nor beside this checkout.")
    return found
