"""What docs/operations.md tells an admin to type on the first day, typed in an empty folder."""

import json
import re
import shlex
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner

from tests.support.documents_making import batch, order
from tests.support.store_office import PASSWORD
from wizterm.cli import main
from wizterm.connectors.base import Settings
from wizterm.connectors.loading import load
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
BEFORE = "sudo -u wizterm wizterm "
FILES = {
    "price_lists.csv": "id,name,currency,default\nTRADE,Trade,GBP,yes\n",
    "products.csv": "sku,name\nMUG,Mug\n",
    "prices.csv": "price_list,sku,price\nTRADE,MUG,4.5\n",
    "stock.csv": "sku,quantity\nMUG,40\n",
    "customers.csv": "number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n",
}


def blocks():
    """The commands under the heading, by the block they stand in."""
    section = PAGE.read_text(encoding="utf-8").partition("## The first order\n")[2].partition("\n## ")[0]
    found = re.findall(r"^```\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    return [[line.removeprefix(BEFORE) for line in block.splitlines()] for block in found]


@pytest.fixture
def say(tmp_path, monkeypatch):
    """Runs such a line; a password that it asks for is piped in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIZTERM_SERVER_FOLDER", str(tmp_path / "store"))
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def say(line):
        asks = ["--password-stdin"] * (" add " in line)
        told = CliRunner().invoke(main, [*shlex.split(line), *asks], input=f"{PASSWORD}\n")
        assert told.exit_code == 0, f"{line}: {told.output}"
        return told.output

    return say


def test_every_line_of_the_first_day_does_what_is_said_of_it(say, tmp_path):
    setting_up, looking = blocks()
    *_, loaded, checked = [say(line) for line in setting_up]
    assert "There is no rep" not in loaded
    assert "The connector files works." in checked
    erp = load("files", Settings(tmp_path / "store" / "erp", {}))
    with closing(open_company(tmp_path / "store", name="Testers & Co", connector=erp)) as company:
        server = ServerProtocol(company)
        kim = server.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4()), device_name="Van 3"))
        document = order(kim, "C1")
        server.post_documents(kim.access_token, batch(document))
        company.dispatcher.step()
    devices, documents, deliveries = [say(line) for line in looking]
    assert "Van 3" in devices
    assert f"{document.number}  confirmed" in documents
    assert document.number in deliveries
    (file,) = (tmp_path / "store" / "erp").glob("*.json")
    assert json.loads(file.read_text(encoding="utf-8"))
