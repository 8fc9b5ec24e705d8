import csv
import io
import json
from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from click.testing import CliRunner

from tests.support import documents_making
from tests.support.camera import pages_of_pdf, seen, words_of_pdf
from tests.support.ui import Folder
from wizterm.cli import main
from wizterm.domain.details import Dot, Signature
from wizterm.domain.discount import LineDiscount, Off
from wizterm.domain.document import Kind
from wizterm.domain.scanned import ScannedDocument
from wizterm.protocol import bodies
from wizterm.services.export import as_csv


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


def test_a_row_says_what_lies_between_its_gross_and_its_net(tmp_path):
    line = msgspec.structs.replace(
        documents_making.line(1),
        gross=Decimal("50.00"),
        net=Decimal("40.00"),
        cart_discount=Decimal("1.50"),
        discount=bodies.Discount(off="amount", value=Decimal(5), amount=Decimal("5.00")),
        promotions=(bodies.PromotionTaken(id="p", name="10 off", amount=Decimal("5.00")),),
        options=(bodies.LineOption(modifier="Wording", option="Happy", surcharge=Decimal("1.25")),),
    )
    with closing(Folder(tmp_path)) as folder:
        folder.order(1)
        summary = folder.bench.papers.page("").summaries[0]
        body = folder.bench.papers.paper(summary.document).body
    order = msgspec.structs.replace(body, lines=(line,), po_number="PO-17")
    (row,) = csv.DictReader(io.StringIO(as_csv([(summary, order)])))
    parts = [Decimal(row[name]) for name in ("promotion", "discount", "order_discount")]
    assert Decimal(row["gross"]) - sum(parts) == Decimal(row["net"]) == Decimal("38.50")
    assert (row["options"], row["po_number"]) == ("Wording: Happy +1.25", "PO-17")
    assert row["discount_as"] == str(LineDiscount(Off.AMOUNT, Decimal(5)))


def test_orders_are_written_to_a_file_as_json(device, tmp_path):
    out = tmp_path / "orders.json"
    assert run("--device", device, "--format", "json", "--out", out).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))[0]["body"]["customer"]["name"] == "The Paper Lantern"


def test_a_drawn_signature_leaves_stroke_by_stroke(tmp_path):
    strokes = ((Dot(2, 3, 0), Dot(9, 5, 250)), (Dot(4, 4, 900),))
    with closing(Folder(tmp_path)) as folder:
        folder.bench.entry.add("47566", 10)
        folder.bench.entry.choose_customer("c1")
        signed = Signature("Amy Ross", folder.clock.now(), strokes, 120, 48)
        folder.bench.entry.detail(replace(folder.bench.entry.current().cart.details, signature=signed), "")
        folder.bench.submission.submit(folder.bench.entry.current().cart.id, Kind.ORDER)
    (order,) = json.loads(run("--device", tmp_path, "--format", "json").output)
    signature = order["body"]["signature"]
    assert signature["strokes"] == [[[2, 3, 0], [9, 5, 250]], [[4, 4, 900]]]
    assert (signature["name"], signature["width"], signature["height"]) == ("Amy Ross", 120, 48)


def test_a_folder_without_orders_is_a_sentence(tmp_path):
    done = run("--device", tmp_path / "nobody")
    assert done.exit_code == 1
    assert "Error: " in done.output


def test_orders_are_written_as_one_pdf_and_the_number_on_it_opens_the_order(tmp_path):
    device = tmp_path / "kim"
    with closing(Folder(device)) as folder:
        folder.order(1)
        folder.order(2, lines={"22423": 6}, kind=Kind.QUOTE)
    out = tmp_path / "orders.pdf"
    done = CliRunner().invoke(
        main, ["orders", "pdf", "KIM-7F-0001", "KIM-7F-0002", "--device", str(device), "--out", str(out)]
    )
    assert done.output == f"Written to {out}.\n"
    first, second = (seen(page) for page in pages_of_pdf(out.read_bytes()))
    assert first == {"]C0KIM-7F-0001", "]Q1KIM-7F-0001"}
    with closing(Folder(device)) as folder:
        found = [folder.bench.scanning.meaning(code) for code in (*first, *second)]
    assert [type(each) for each in found] == [ScannedDocument] * 4
    assert {each.number for each in found} == {"KIM-7F-0001", "KIM-7F-0002"}
    assert "Quote KIM-7F-0002" in words_of_pdf(out.read_bytes())


@pytest.mark.parametrize(
    ("number", "out", "told"),
    [
        ("KIM-7F-0099", "x.pdf", "There is no order KIM-7F-0099 on this machine"),
        ("KIM-7F-0001", "x.txt", "expected a name that ends in .pdf"),
    ],
)
def test_what_cannot_be_printed_is_a_sentence(device, tmp_path, number, out, told):
    done = CliRunner().invoke(main, ["orders", "pdf", number, "--device", str(device), "--out", str(tmp_path / out)])
    assert (done.exit_code, (tmp_path / out).exists()) == (1, False)
    assert told in done.output


def test_a_file_that_is_there_is_not_overwritten(device, tmp_path):
    out = tmp_path / "mine.pdf"
    out.write_text("mine")
    done = CliRunner().invoke(main, ["orders", "pdf", "KIM-7F-0001", "--device", str(device), "--out", str(out)])
    assert done.exit_code == 1
    assert out.read_text() == "mine"
