"""Documents that nobody can take, among good ones: the good ones arrive, and a person is told of each of the others."""

import random
from contextlib import closing

import msgspec
import pytest

from tests.torture.books import query
from tests.torture.layer import Harm
from tests.torture.shop import ShiftedClock, opened
from tests.torture.size import seeds
from wizterm.db.device import open_device
from wizterm.db.documents import Documents
from wizterm.domain.document import DocumentId, Kind
from wizterm.domain.ids import uuid7
from wizterm.domain.records import Frozen

ROW = "poisoned queues"
GOOD, BAD = 12, 3
LONG = 2 * 3600.0
"""Seconds: longer than anything rests."""


@pytest.fixture
def shop(tmp_path):
    with opened(tmp_path) as shop:
        yield shop


def without(name):
    return lambda body: {key: value for key, value in body.items() if key != name}


def with_(**values):
    return lambda body: body | values


def said(text):
    """Not JSON, or not an object."""
    return lambda body: text


POISON = {
    "no JSON": said("{"),
    "a number alone": said("1"),
    "nested beyond reason": said("[" * 50_000),
    "no lines": without("lines"),
    "no customer": without("customer"),
    "another id inside": with_(id="00000000-0000-7000-8000-000000000000"),
    "another kind inside": with_(kind="quote"),
    "no number": with_(number=""),
    "a number without end": with_(number="X" * 500),
    "a sum beyond any": with_(total="1" * 60),
    "a total that is a word": with_(total="many"),
    "somebody else's device": with_(installation="ZZ"),
    "somebody else's customer": with_(customer={"id": "C2", "name": "Market Hall"}),
}


def submitted(shop, device, kind):
    """As the device would have frozen it, had it a fault."""
    sound = msgspec.json.decode(next(iter(shop.promises.bodies.values())))
    document = DocumentId(uuid7())

    def freeze(counter):
        body = sound | {"id": document.id, "number": f"KIM-{sound['installation']}-{counter:04d}"}
        spoilt = POISON[kind](body)
        return Frozen(
            document=document,
            kind=Kind.ORDER,
            number=body["number"],
            body=spoilt if isinstance(spoilt, str) else msgspec.json.encode(spoilt).decode(),
            submitted_at=device.clock.now(),
            customer="C1",
            customer_name=kind,
        )

    database = open_device(device.folder)
    with closing(database):
        frozen = Documents(database).submit(freeze)
    shop.promises.saved(document.id, 1, frozen.body)


def fates(device):
    """Of each poisoned document it must stand in words what is wrong with it."""
    wanted = "SELECT customer_name, state, words FROM document WHERE customer_name != 'Corner Shop'"
    for kind, state, words in query(device.folder / "device.db", wanted):
        if state != "refused" or not words:
            yield f"{kind} is {state}: {words}"


def test_poison_holds_nobody_up(shop, layer):
    row = layer(ROW)
    device = shop.device("kim", clock=ShiftedClock())
    shop.order(device)
    for seed in seeds(5):
        chance = random.Random(seed)
        queue = chance.sample(list(POISON), BAD) + [""] * GOOD
        chance.shuffle(queue)
        for kind in queue:
            if kind:
                submitted(shop, device, kind)
            else:
                shop.order(device)
        for _ in range(3):
            device.sync()
            device.clock.wait(LONG)
        shop.deliver()
        told = Harm(half=tuple(fates(device)))
        row.count(shop.harm(quiet=True) + told, f"SEED={seed}: {', '.join(filter(None, queue))}")


def test_every_kind_of_poison_by_itself(shop, layer):
    row = layer(ROW)
    device = shop.device("kim", clock=ShiftedClock())
    shop.order(device)
    for kind in POISON:
        submitted(shop, device, kind)
        shop.order(device)
        device.sync()
        device.clock.wait(LONG)
        device.sync()
        shop.deliver()
        row.count(shop.harm(quiet=True) + Harm(half=tuple(fates(device))), kind)
