"""`wizterm find`: a product by a picture of it."""

import json
from contextlib import closing

import pytest
from click.testing import CliRunner
from PIL import Image

from tests.support.drawing import put
from tests.support.gift_shop import furnish
from tests.support.ui import Folder
from tests.unit.services.test_picture_search import SKUS, drawn, name, packed
from wizterm.cli.find import find


@pytest.fixture
def device(tmp_path):
    with closing(Folder(tmp_path / "device")) as folder:
        furnish(folder)
        for sku in SKUS:
            content = packed(drawn(sku))
            put(folder.path, content)
            name(folder, sku, content)
    return tmp_path / "device"


def asked(device, tmp_path, picture, *options):
    file = tmp_path / "wanted.png"
    file.write_bytes(packed(picture))
    return CliRunner().invoke(find, ["--device", str(device), "--picture", str(file), *options])


def test_the_likest_product_is_named_first(device, tmp_path):
    done = asked(device, tmp_path, drawn("22754", (200, 200)), "--limit", "1")
    assert done.exit_code == 0
    assert done.output.split()[2:] == ["22754", "Small", "red", "Babushka", "notebook"]


def test_as_json_each_has_its_likeness(device, tmp_path):
    found = json.loads(asked(device, tmp_path, drawn("47566"), "--json").output)
    assert found[0] == {"sku": "47566", "name": "Party bunting", "likeness": 100}


def test_nothing_like_it_is_a_sentence_and_a_status(device, tmp_path):
    done = asked(device, tmp_path, Image.effect_noise((64, 64), 120).convert("RGB"))
    assert (done.exit_code, done.output) == (1, "No product's picture is like that one.\n")


def test_a_file_that_is_not_there_is_a_sentence(device):
    done = CliRunner().invoke(find, ["--device", str(device), "--picture", "none.png"])
    assert (done.exit_code, "No such file" in done.output) == (1, True)
