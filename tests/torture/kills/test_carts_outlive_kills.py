"""Two machines of a rep that hand carts to each other are killed, and their server too; no cart is lost, or doubled."""

from random import Random

from tests.support.rep_device import RepDevice
from tests.torture.books import Promises, compare, documents, query
from tests.torture.carts import CartPromises, compare_carts
from tests.torture.kills.processes import Forks, rest
from tests.torture.layer import Harm
from tests.torture.size import times
from wizterm.db.device import FILE
from wizterm.sync.client import HttpClient

ROW = "kill -9: carts, edited and handed over"
TURNS = times(6)
SERVER_EVERY = 6
"""Turns for each in which the server is killed too, whose start takes a second."""
MOST_ACTS = 10
"""Of the first machine until a kill; the other does meanwhile what it gets to."""
LONGEST = 0.02
"""Seconds from there to the kill."""


class Told:
    """What the machines said of their carts before they were killed, and what documents were found on them."""

    def __init__(self, devices):
        self._devices = devices
        self._spoke = {}
        self.carts = CartPromises()
        self.documents = Promises()

    def hear(self, by, said):
        """In one turn, what two machines say of one cart has no order: then its lines are not known."""
        for word, *rest_ in said:
            if word == "mark":
                self.carts.marks.append(rest_[0])
            elif word == "changing" and rest_[0] in self.carts.lines:
                self.carts.lines[rest_[0]] = None
            elif word == "kept":
                mark, *lines = rest_
                alone = self._spoke.setdefault(mark, by) == by
                self.carts.lines[mark] = tuple(tuple(line.split(":")) for line in lines) if alone else None

    def turned(self):
        """Both are off: what stands on them is promised."""
        self._spoke.clear()
        for device in self._devices:
            for (document, revision), held in documents(device.folder / FILE).items():
                self.documents.bodies.setdefault((document, revision), held.body)

    def harm(self, server, *, quiet=False):
        folders = [device.folder for device in self._devices]
        return compare(self.documents, folders, server) + compare_carts(self.carts, folders, server, quiet=quiet)


def unsent(device):
    (left,) = query(device.folder / FILE, "SELECT count(*) FROM outbox")
    return Harm() if left == (0,) else Harm(lost=(f"{left[0]} documents wait on {device.folder.name}",))


def test_two_machines_that_hand_carts_over_are_killed(tmp_path, forks, server, layer):
    row = layer(ROW)
    client = HttpClient(server.address)
    devices = [RepDevice(tmp_path / name, lambda: client, server.address).start() for name in ("laptop", "kiosk")]
    told, chance, other = Told(devices), Random(11), Forks()
    try:
        for turn in range(TURNS):
            pairs = list(zip((forks, other), devices, strict=True))
            children = [
                forked.begin("carts", device.folder, server.address, f"{turn}-{device.folder.name}")
                for forked, device in pairs
            ]
            told.hear(forks, forks.heard(chance.randint(1, MOST_ACTS)))
            rest(chance.uniform(0, LONGEST))
            if turn % SERVER_EVERY == 0:
                server.kill()
            for (forked, _), child in zip(pairs, children, strict=True):
                told.hear(forked, forked.kill(child))
                rest(chance.uniform(0, LONGEST))
            told.turned()
            row.tried += len(children)
            row.blame(told.harm(tmp_path / "server"), of=f"turn {turn}")
            if turn % SERVER_EVERY == 0:
                server.start()
    finally:
        other.close()
    for _ in range(3):
        for device in devices:
            device.sync()
            unpacked(device)
    told.turned()
    row.blame(told.harm(tmp_path / "server", quiet=True) + unsent(devices[0]) + unsent(devices[1]), of="in the end")
    client.close()
    assert told.carts.lines
    assert told.documents.bodies


def unpacked(device):
    """What arrived is made a cart of."""
    machine = device.machine()
    machine.bench.handover.unpack()
    machine.close()
