"""The terminal's log of documents: followed by id, bounded, and never broken by what somebody wrote."""

import json
import logging
import threading
from contextlib import closing

import pytest

from tests.support.fake_server import FakeServer
from tests.support.rep_device import FILES, RepDevice
from wizterm.config import Config
from wizterm.launch import lines_every
from wizterm.services import document_log
from wizterm.services.checkup import on_disk
from wizterm.services.document_log import FILE, DocumentLog, write_to_folder


@pytest.fixture(autouse=True)
def loggers_as_before():
    """This process goes on after the test."""
    loggers = [logging.getLogger(name) for name in ("wizterm", document_log.OF_DOCUMENTS)]
    before = [(logger, logger.level, list(logger.handlers)) for logger in loggers]
    yield
    for logger, level, handlers in before:
        for added in set(logger.handlers) - set(handlers):
            logger.removeHandler(added)
            added.close()
        logger.setLevel(level)


class Client:
    """The server in memory, as a connection to it."""

    def __init__(self, server):
        self._server = server

    def __getattr__(self, name):
        return getattr(self._server, name)

    def close(self):
        pass


@pytest.fixture
def log():
    return logging.getLogger(document_log.OF_DOCUMENTS)


def written(folder):
    return [json.loads(line) for line in (folder / FILE).read_text(encoding="utf-8").splitlines()]


def test_an_order_sent_by_the_open_terminal_is_in_its_folders_log_with_its_id(tmp_path):
    server = FakeServer()
    server.rep("KIM")
    server.load(**FILES)
    device = RepDevice(tmp_path / "kim", lambda: Client(server), "http://127.0.0.1:9").start()
    (document,) = device.order()
    with closing(device.machine()) as machine:
        sent = threading.Event()
        line = lines_every(Config(), connect=lambda _: Client(server))(
            machine, lambda outlook: outlook.sent and sent.set()
        )
        try:
            assert sent.wait(30)
        finally:
            line.stop()
    assert [(each["says"], each["document"]) for each in written(device.folder)][:1] == [("sent", document.id)]
    assert (device.folder / FILE).stat().st_mode & 0o077 == 0
    assert document.id in on_disk.log(device.folder).words


def test_what_somebody_wrote_stays_one_line_and_data(tmp_path, log):
    write_to_folder(tmp_path)
    log.info("refused", extra={"facts": {"document": "d1", "words": 'on\n{"says": "sent"}\x1b[31m\u202e\r'}})
    (line,) = written(tmp_path)
    assert (line["says"], line["document"]) == ("refused", "d1")
    raw = (tmp_path / FILE).read_bytes()
    assert b"\x1b" not in raw
    assert raw.count(b"\n") == 1


def test_it_stays_small(tmp_path):
    handler = DocumentLog(tmp_path, most_bytes=2_000)
    for number in range(200):
        handler.handle(logging.makeLogRecord({"name": "n", "msg": "sent", "facts": {"document": f"d{number}"}}))
    handler.close()
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 4_000
    assert written(tmp_path)[-1]["document"] == "d199"


def test_a_folder_that_cannot_be_written_to_says_nothing_over_the_screen(tmp_path, log, capsys):
    write_to_folder(tmp_path / "gone")
    log.info("sent", extra={"facts": {"document": "d1"}})
    assert capsys.readouterr() == ("", "")


def test_another_reps_folder_gets_its_own_lines_alone(tmp_path, log):
    for name in ("kim", "lee"):
        (tmp_path / name).mkdir()
        write_to_folder(tmp_path / name)
        log.info("sent", extra={"facts": {"document": name}})
    assert [each["document"] for each in written(tmp_path / "kim")] == ["kim"]


def test_a_line_that_was_cut_off_does_not_keep_the_doctor_from_the_rest(tmp_path):
    (tmp_path / FILE).write_text('{"at": "then", "says": "sent", "document": "d1"}\n{"at": "no', encoding="utf-8")
    assert "1 line, the newest then sent d1" in on_disk.log(tmp_path).words
