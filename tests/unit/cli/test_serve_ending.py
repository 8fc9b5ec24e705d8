"""How the server ends: what was being answered is answered, and nobody new is let in."""

import socket
import sys
import time

import psutil
import pytest

from tests.support.patience import HANG_GUARD
from tests.support.server_process import ServerProcess

BODY = b'{"rep":"KIM","password":"wrong","device":"x"}'
HEAD = (
    b"POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Expect: 100-continue\r\nContent-Length: " + str(len(BODY)).encode() + b"\r\n\r\n"
)


def lets_in(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_a_call_under_way_when_the_server_is_told_to_end_is_answered(tmp_path):
    with ServerProcess(tmp_path) as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=HANG_GUARD) as line:
            line.sendall(HEAD)
            assert line.recv(100).startswith(b"HTTP/1.1 100 ")  # it has begun
            line.sendall(BODY[:10])
            psutil.Process(server.pid).terminate()
            until = time.monotonic() + HANG_GUARD
            while lets_in(server.port):
                assert time.monotonic() < until
            line.sendall(BODY[10:])
            assert line.recv(100).startswith(b"HTTP/1.1 401 ")
        assert server.ended() == 0
