"""Every fault of a network at every point of the protocol.

Nothing is lost, nothing is called sent that is not, no sign-in is forgotten; and when the network is well again
everything goes without anybody's doing.
"""

import errno
import shutil
import socket
from itertools import product

import msgspec
import pytest

from tests.support import certificates
from tests.torture.books import query
from tests.torture.layer import Harm
from tests.torture.network.faults import FAULTS
from tests.torture.network.proxy import Proxy
from tests.torture.network.serving import served
from tests.torture.shop import ShiftedClock, opened
from tests.torture.size import SCALE
from wizterm.protocol.session import Session
from wizterm.sync.client import HttpClient, Patience
from wizterm.sync.session import KEPT

ROW = "bad networks, fault by fault and point by point"
SHORT = Patience(connect=1.0, stall=0.4, answer=0.8)
POINTS = {
    "looking": "/v1/ping",
    "renewing the sign-in": "/v1/session/refresh",
    "sending": "/v1/documents",
    "hearing": "/v1/documents/changes",
    "asking for the file": "/v1/catalog/manifest",
    "fetching the file": "/v1/catalog/files/",
    "fetching changes": "/v1/catalog/changes",
}
FRESH = {"asking for the file", "fetching the file"}
"""Points that only a device without a catalogue comes to."""
NAMING = {"looking", "renewing the sign-in", "sending"}
"""Points whose answer names the server."""
CELLS = list(product(FAULTS, POINTS))
SENDING = [cell for cell in CELLS if cell[1] == "sending"]
OTHERS = [cell for cell in CELLS if cell[1] != "sending"]
EACH = {"sending": max(1, round(3 / SCALE)), "others": max(1, round(16 / SCALE))}
"""At the smallest size every third cell of the sending is tried, and every sixteenth of the others."""
LONG = 2 * 3600.0
"""Seconds: longer than anything rests."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("shop")) as shop:
        yield shop


@pytest.fixture(scope="module")
def proxy(shop, tmp_path_factory):
    certificate = certificates.make(tmp_path_factory.mktemp("tls"))
    with served(shop.company) as port:
        proxy = Proxy(port, certificates.serving(certificate))
        proxy.trust = certificates.trusting(certificate)
        yield proxy
        proxy.close()


@pytest.fixture(scope="module")
def device(shop, proxy):
    """Set up in its own time, and of little patience from then on."""

    def patient(patience):
        return lambda: HttpClient(proxy.address, trust=proxy.trust, patience=patience)

    device = shop.device("kim", patient(Patience()), clock=ShiftedClock())
    device.connect = patient(SHORT)
    return device


def complaints(device, report, fault, point, hits):
    """What was said of a round that is not true."""
    waiting = query(device.folder / "device.db", "SELECT count(*) FROM outbox")[0][0]
    if not hits:
        yield "the fault was never met"
    if report.waiting != waiting:
        yield f"{report.waiting} were said to wait, and {waiting} do"
    if report.complete and not harmless(fault, point):
        yield "the round was called complete"
    session = msgspec.json.decode(device.setting(KEPT), type=Session)
    if not session.refresh_token:
        yield "the sign-in was forgotten"


def harmless(fault, point):
    """What a round may come to its end with. A file takes as long as it takes."""
    return (
        fault == "delivered two times"
        or (fault == "an answer of another server" and point not in NAMING)
        or (fault == "an answer that drips" and point == "fetching the file")
    )


def tried(shop, device, proxy, fault, point):
    shop.order(device)
    if point in FRESH:
        shutil.rmtree(device.folder / "catalogue")
    proxy.break_(FAULTS[fault], POINTS[point])
    report = device.sync()
    harm = shop.harm() + Harm(half=tuple(complaints(device, report, fault, point, proxy.hits)))
    proxy.heal()
    device.clock.wait(LONG)
    healed = device.sync()
    shop.deliver()
    if not healed.complete:
        harm += Harm(lost=(f"after the network was well: {healed.connectivity}. {healed.words}",))
    return harm + shop.harm(quiet=True)


def fails(error):
    def do(*_, **__):
        raise error

    return do


CONNECTING = "urllib3.util.connection.create_connection"
NOT_THERE = {
    "the connection is refused": (CONNECTING, ConnectionRefusedError(errno.ECONNREFUSED, "nobody listens")),
    "there is no way": (CONNECTING, OSError(errno.ENETUNREACH, "Network is unreachable")),
    "the name is not known": ("socket.getaddrinfo", socket.gaierror(socket.EAI_NONAME, "Name not known")),
}
STRANGE = {
    "a certificate of another name": {"address": "10.0.0.9"},
    "a certificate not valid yet": {"days": (1, 2)},
    "a certificate past its date": {"days": (-2, -1)},
    "a certificate that nobody vouches for": {},
}
TOLD = {
    "the connection is refused": "The server is in trouble",
    "there is no way": "No network",
    "the name is not known": "No network",
    "a certificate of another name": "This network wants a log-in",
    "a certificate not valid yet": "Check this machine's date",
    "a certificate past its date": "Check this machine's date",
    "a certificate that nobody vouches for": "This network wants a log-in",
}


@pytest.fixture(params=TOLD)
def absent(request, proxy, tmp_path, monkeypatch):
    """The server is not there, or something else is."""
    if request.param in NOT_THERE:
        where, error = NOT_THERE[request.param]
        monkeypatch.setattr(where, fails(error))
    else:
        path = certificates.make(tmp_path, **STRANGE[request.param])
        monkeypatch.setattr(proxy, "tls", certificates.serving(path))
        if STRANGE[request.param]:
            monkeypatch.setattr(proxy, "trust", certificates.trusting(path))
    return request.param


def test_what_never_comes_to_the_server_is_told_for_what_it_is(shop, device, absent, layer):
    row = layer(ROW)
    shop.order(device)
    report = device.sync()
    said = Harm() if report.connectivity == TOLD[absent] else Harm(half=(f"called {report.connectivity!r}",))
    row.count(shop.harm() + said + Harm(half=tuple(complaints(device, report, absent, "looking", 1))), absent)


@pytest.mark.parametrize(
    "cells", [SENDING[:: EACH["sending"]], OTHERS[:: EACH["others"]]], ids=["while sending", "at other points"]
)
def test_a_bad_network(shop, device, proxy, layer, cells):
    row = layer(ROW)
    for fault, point in cells:
        row.count(tried(shop, device, proxy, fault, point), f"{fault}, while {point}")
