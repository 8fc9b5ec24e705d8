import csv
import io
import json
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.ui import Folder
from wizterm.cli import main


@pytest.fixture
def device(tmp_path):
    with closing(Folder(tmp_path)) as folder:
        folder.order(1, lines={"47566": 10, "22423": 2})
    return tmp_path


def run(*words):
    return CliRunner().invoke(main, ["orders", "export", *map(str, words)])


def test_orders_are_printed_as_csv_a_row_for_each_line(device):
    rows = list(csv.DictReader(io.StringIO(run("--device", device).output)))
    assert [(row["number"], row["sku"], row["net"]) for row in rows] == [
        ("KIM-7F-0001", "47566", "46.50"),
        ("KIM-7F-0001", "22423", "21.90"),
    ]


def test_orders_are_written_to_a_file_as_json(device, tmp_path):
    out = tmp_path / "orders.json"
    assert run("--device", device, "--format", "json", "--out", out).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))[0]["body"]["customer"]["name"] == "The Paper Lantern"


def test_a_folder_without_orders_is_a_sentence(tmp_path):
    done = run("--device", tmp_path / "nobody")
    assert done.exit_code == 1
    assert "Error: " in done.output
