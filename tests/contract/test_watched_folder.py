"""The command that watches a folder, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing

from tests.support.patience import HANG_GUARD
from tests.support.rep_device import furnish
from tests.support.server_process import ROOT
from tests.support.store_office import StoreOffice
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.opening import open_store


def test_it_loads_what_comes_until_it_is_told_to_end(tmp_path):
    drop, folder = tmp_path / "drop", tmp_path / "server"
    drop.mkdir()
    with closing(open_store(folder)) as store:
        furnish(StoreOffice(store))
    command = [sys.executable, "-m", "wizterm", "admin", "--folder", str(folder), "import", "--watch", str(drop)]
    process = subprocess.Popen(
        [*command, "--every", "0.1"], cwd=ROOT, stdout=subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    try:
        (drop / ".products.csv").write_text("sku,name\nMUG,Watched mug\n")
        (drop / ".products.csv").rename(drop / "products.csv")
        deadline = time.monotonic() + HANG_GUARD
        while not list(drop.glob("done/*.txt")):
            assert time.monotonic() < deadline
            time.sleep(0.05)  # another process works: there is no event to wait for
        process.send_signal(signal.SIGTERM)
        told, _ = process.communicate(timeout=HANG_GUARD)
    finally:
        process.kill()
    assert process.returncode == 0
    assert b"products.csv: products: 1 read; products: 1 new or different" in told
    with closing(open_store(folder)) as store, store.reading():
        found = MIRROR["products"].select(column("products", "name")).where(column("products", "sku") == "MUG")
        assert rows(found) == [("Watched mug",)]
