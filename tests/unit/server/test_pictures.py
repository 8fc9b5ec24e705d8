import pytest

from tests.support.drawing import digest, png
from tests.support.still_clock import StillClock
from tests.support.store_office import StoreOffice
from wizterm.server.importing.faults import ImportRefusedError
from wizterm.server.importing.pictures import add_pictures
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.opening import open_store

RED, BLUE = png("red"), png("blue")


@pytest.fixture
def store(tmp_path, store_url):
    opened = open_store(tmp_path / "store", store_url)
    StoreOffice(opened, StillClock()).load(products="sku,name\nMUG,Mug\nA/B,Tray\n")
    yield opened
    opened.close()


def add(store, folder, **files):
    paths = []
    for stem, content in files.items():
        paths.append(folder / f"{stem.replace('_', '~')}.png")
        paths[-1].write_bytes(content)
    return add_pictures(store, folder / "media", paths, StillClock())


def media(store):
    with store.reading():
        fields = [column("media", name) for name in ("sku", "position", "sha256", "mime")]
        return sorted(MIRROR["media"].select(*fields).where(~MIRROR["media"].deleted).tuples())


def test_a_file_is_named_by_its_product_and_kept_by_its_content(store, tmp_path):
    assert add(store, tmp_path, MUG=RED, MUG_2=BLUE) == 2
    assert media(store) == [("MUG", 1, digest(RED), "image/png"), ("MUG", 2, digest(BLUE), "image/png")]
    assert (tmp_path / "media" / digest(RED)).read_bytes() == RED


def test_the_same_picture_again_changes_nothing_and_another_takes_its_place(store, tmp_path):
    add(store, tmp_path, MUG=RED)
    assert add(store, tmp_path, MUG=RED) == 0
    assert add(store, tmp_path, MUG=BLUE) == 1
    assert [row[2] for row in media(store)] == [digest(BLUE)]


@pytest.mark.parametrize(
    ("stem", "content", "fault"),
    [
        ("CUP", RED, "CUP.png: expected the sku of a product as its name, got 'CUP'"),
        ("MUG", b"no picture", "MUG.png: expected a PNG, JPEG or WebP picture"),
    ],
)
def test_one_wrong_file_keeps_all_out(store, tmp_path, stem, content, fault):
    with pytest.raises(ImportRefusedError) as caught:
        add(store, tmp_path, **{"MUG_2": RED, stem: content})
    assert caught.value.faults == (fault,)
    assert media(store) == []
