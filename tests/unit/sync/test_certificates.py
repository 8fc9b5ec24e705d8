from datetime import UTC, datetime

import msgspec
import pytest

from tests.support import certificates
from tests.support.loopback import http, loopback
from wizterm.protocol.faults import NotOurServerError, Stranger
from wizterm.protocol.ping import Pong
from wizterm.sync.client import HttpClient

PONG = Pong(nonce="n", server="s", epoch="e", time=datetime(2026, 3, 2, tzinfo=UTC), protocol=1)
OURS = http(200, "application/json", msgspec.json.encode(PONG))


def ping(path, *, trusted=True):
    trust = certificates.trusting(path) if trusted else None
    with loopback(OURS, tls=certificates.serving(path)) as server:
        client = HttpClient(server.address, trust=trust)
        try:
            return client.ping("n")
        finally:
            client.close()


def test_a_certificate_that_this_machine_trusts_is_enough(tmp_path):
    assert ping(certificates.make(tmp_path)) == PONG


@pytest.mark.parametrize("days", [(1, 2), (-2, -1)], ids=["not valid yet", "past its date"])
def test_a_certificate_of_another_time_speaks_of_the_clock(tmp_path, days):
    with pytest.raises(NotOurServerError, match="date") as caught:
        ping(certificates.make(tmp_path, days=days))
    assert caught.value.kind is Stranger.CLOCK


def test_a_certificate_for_another_name_speaks_of_a_portal(tmp_path):
    with pytest.raises(NotOurServerError, match="log-in") as caught:
        ping(certificates.make(tmp_path, address="10.0.0.9"))
    assert caught.value.kind is Stranger.CERTIFICATE


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path):
    with pytest.raises(NotOurServerError, match="not trusted") as caught:
        ping(certificates.make(tmp_path), trusted=False)
    assert caught.value.kind is Stranger.CERTIFICATE


def test_a_server_without_tls_is_not_ours():
    with pytest.raises(NotOurServerError, match="TLS") as caught, loopback(OURS) as server:
        HttpClient(server.address.replace("http:", "https:")).ping("n")
    assert caught.value.kind is Stranger.CERTIFICATE
