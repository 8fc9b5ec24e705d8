"""`wizterm labels`."""

from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.camera import pages_of_pdf, picture_of_svg, seen, words_of_pdf
from tests.support.ui import Folder
from wizterm.cli.labels import labels


@pytest.fixture
def folder(tmp_path):
    with closing(Folder(tmp_path / "device")):
        yield tmp_path


def run(folder, *words):
    device = ("--device", str(folder / "device")) if words[0] == "products" else ()
    return CliRunner().invoke(labels, [*words, *device])


def test_labels_of_products_are_written(folder):
    out = folder / "labels.pdf"
    done = run(folder, "products", "85123A", "22423", "--copies", "2", "--price-list", "retail", "--out", str(out))
    assert done.output.strip() == str(out)
    content = out.read_bytes()
    assert seen(pages_of_pdf(content)[0]) == {"]C085123A", "]C022423"}
    assert words_of_pdf(content).count("GBP 2.95") == 2


def test_svg_is_a_file_for_each_page(folder):
    done = run(folder, "products", "85123A", "22423", "--single", "--out", str(folder / "l.svg"))
    assert done.exit_code == 0, done.output
    assert seen(picture_of_svg((folder / "l-2.svg").read_text(encoding="utf-8"))) == {"]C022423"}


@pytest.mark.parametrize("sheet", ["commands", "setup"])
def test_sheets_need_no_catalogue(tmp_path, sheet):
    out = tmp_path / "sheet.pdf"
    assert run(tmp_path, sheet, "--out", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("products", "NO-SUCH", "--out", "x.pdf"), "There is no product NO-SUCH"),
        (("products", "22423", "--price-list", "gold", "--out", "x.pdf"), "expected one of retail, trade"),
        (("commands", "--out", "x.docx"), "end it in .pdf or .svg"),
        (("commands", "--out", "no/such/folder/x.pdf"), "no/such/folder"),
    ],
)
def test_what_cannot_be_printed_is_said_in_a_sentence(folder, words, told):
    done = run(folder, *words)
    assert done.exit_code != 0
    assert told in done.output
    assert "Traceback" not in done.output
