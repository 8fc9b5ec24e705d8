"""Finding a product by a picture of it, among those on the machine."""

import io
import sqlite3
import struct
import zlib
from contextlib import closing

import pytest
from PIL import Image, ImageDraw

from tests.support.drawing import digest, put
from tests.support.gift_shop import furnish
from tests.support.ui import Folder
from wizterm.db.picture_files import FOLDER
from wizterm.db.replica_files import ReplicaFiles
from wizterm.services import picture_looks
from wizterm.services.picture_looks import KEPT, NoLookError
from wizterm.services.picture_search import NoPicturesError

SKUS = ("47566", "22754", "85123A")


def drawn(kind, size=(60, 60), colour="firebrick"):
    picture = Image.new("RGB", size, "ivory")
    pen = ImageDraw.Draw(picture)
    width, height = size
    match kind:
        case "47566":
            pen.polygon([(0, 0), (width, 0), (width // 2, height)], fill=colour)
        case "22754":
            pen.rectangle((width // 3, height // 6, width // 2, height), fill="navy")
        case _:
            pen.ellipse((width // 8, height // 2, width, height), fill="seagreen")
    return picture


def packed(picture, form="PNG", **how):
    file = io.BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


def name(folder, sku, content, position=1):
    with closing(sqlite3.connect(ReplicaFiles(folder.path).current())) as connection:
        row = (f"m{sku}{position}", sku, position, digest(content), len(content), "image/png")
        connection.execute("INSERT INTO media (id, sku, position, sha256, bytes, mime) VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.commit()


def claiming(width, height):
    """A small file that claims to be so large a picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b""))


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@pytest.mark.parametrize("size", [(5_000, 5_000), (60_000, 60_000)])
def test_a_small_file_that_claims_to_be_a_huge_picture_is_refused_in_words(tmp_path, size):
    file = tmp_path / "bomb.png"
    file.write_bytes(claiming(*size))
    with pytest.raises(NoLookError, match="pixels"):
        picture_looks.seen(file)


def test_one_such_picture_does_not_end_the_search_among_all(tmp_path):
    content = claiming(60_000, 60_000)
    put(tmp_path, content)
    assert picture_looks.kept_looks(tmp_path, [digest(content)]) == {}


def test_what_is_no_file_is_not_read(tmp_path):
    with pytest.raises(NoLookError, match="is no file"):
        picture_looks.seen(tmp_path)


@pytest.fixture
def shop(tmp_path):
    with closing(Folder(tmp_path / "device")) as folder:
        furnish(folder)
        yield folder


@pytest.fixture
def pictured(shop):
    for sku in SKUS:
        content = packed(drawn(sku))
        put(shop.path, content)
        name(shop, sku, content)
    return shop


def like(folder, tmp_path, content, **more):
    file = tmp_path / "wanted"
    file.write_bytes(content)
    return folder.bench.by_picture.like(str(file), folder.path, **more)


@pytest.mark.parametrize("sku", SKUS)
def test_the_same_picture_is_found_whatever_its_size_and_packing(pictured, tmp_path, sku):
    found = like(pictured, tmp_path, packed(drawn(sku, (300, 300)), "JPEG", quality=30))
    assert found[0].sku == sku
    assert found[0].likeness > 80


def test_a_wider_frame_makes_no_difference(pictured, tmp_path):
    framed = Image.new("RGB", (200, 160), "ivory")
    framed.paste(drawn("47566", (120, 120)), (50, 20))
    assert like(pictured, tmp_path, packed(framed))[0].sku == "47566"


def test_the_name_stands_beside_it(pictured, tmp_path):
    assert like(pictured, tmp_path, packed(drawn("47566")))[0].name == "Party bunting"


def test_what_is_like_nothing_finds_nothing(pictured, tmp_path):
    noise = Image.effect_noise((64, 64), 120).convert("RGB")
    assert like(pictured, tmp_path, packed(noise)) == ()


def test_no_more_than_asked_for_are_named(pictured, tmp_path):
    for sku in SKUS[1:]:
        name(pictured, sku, packed(drawn("47566")), 2)
    found = like(pictured, tmp_path, packed(drawn("47566")))
    assert [each.likeness for each in found] == [100, 100, 100]
    assert len(like(pictured, tmp_path, packed(drawn("47566")), limit=2)) == 2


def test_each_picture_is_unpacked_once(pictured, tmp_path, monkeypatch):
    first = like(pictured, tmp_path, packed(drawn("47566")))
    monkeypatch.setattr(picture_looks, "_seen_or_none", lambda path: pytest.fail(f"{path} is unpacked again"))
    assert like(pictured, tmp_path, packed(drawn("47566"))) == first


@pytest.mark.parametrize("spoilt", ["", "no look\n", "\x00", "a b c\n"])
def test_what_was_kept_and_is_damaged_is_made_again(pictured, tmp_path, spoilt):
    before = like(pictured, tmp_path, packed(drawn("47566")))
    (pictured.path / FOLDER / KEPT).write_text(spoilt, encoding="ascii")
    assert like(pictured, tmp_path, packed(drawn("47566"))) == before


def test_a_picture_that_came_since_is_found(pictured, tmp_path):
    like(pictured, tmp_path, packed(drawn("47566")))
    fresh = packed(drawn("47566", colour="gold"))
    put(pictured.path, fresh)
    name(pictured, "22754", fresh, 2)
    assert like(pictured, tmp_path, fresh)[0].sku == "22754"


def test_a_product_that_is_not_in_the_catalogue_is_not_named(pictured, tmp_path):
    name(pictured, "GONE", packed(drawn("47566")))
    assert "GONE" not in [each.sku for each in like(pictured, tmp_path, packed(drawn("47566")))]


def test_a_damaged_picture_among_them_is_passed_over(pictured, tmp_path):
    put(pictured.path, b"no picture")
    name(pictured, "22754", b"no picture", 2)
    assert like(pictured, tmp_path, packed(drawn("47566")))[0].sku == "47566"


def test_without_pictures_the_rep_is_told_where_they_come_from(shop, tmp_path):
    with pytest.raises(NoPicturesError, match="Media Sync"):
        like(shop, tmp_path, packed(drawn("47566")))


@pytest.mark.parametrize("content", [b"", b"hello", packed(drawn("47566"))[:60]])
def test_a_file_that_is_no_picture_is_a_sentence(pictured, tmp_path, content):
    with pytest.raises(NoLookError, match="cannot be read as a picture"):
        like(pictured, tmp_path, content)


def test_a_file_that_is_not_there_is_a_sentence(pictured, tmp_path):
    with pytest.raises(NoLookError, match="No such file"):
        pictured.bench.by_picture.like(str(tmp_path / "none.png"), pictured.path)


def test_of_the_same_picture_the_best_seller_comes_first(shop, tmp_path):
    content = packed(drawn("47566"))
    put(shop.path, content)
    for sku in ("22754", "85123A"):
        name(shop, sku, content)
    assert [each.sku for each in like(shop, tmp_path, content)] == ["85123A", "22754"]
