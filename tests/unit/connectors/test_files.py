import errno
import json
import signal
import subprocess
import sys

import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import enveloped, order
from tests.support.patience import HANG_GUARD
from tests.support.server_process import ROOT
from wizterm.connectors.base import ConnectorError, Done, Later, Missing, Settings, Unknown
from wizterm.connectors.files import FilesConnector
from wizterm.connectors.loading import load

KILLED_BEFORE_THE_RENAME = """
import os, signal, sys
from pathlib import Path
from datetime import UTC, date, datetime
from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import order
from wizterm.connectors.base import Settings
from wizterm.connectors.files import FilesConnector
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
FilesConnector(Settings(Path(sys.argv[1]))).send(outgoing(order(SESSION, "C1")))
"""


@pytest.fixture
def document():
    return outgoing(order(SESSION, "C1"))


def test_a_file_holds_the_very_document_beside_its_key_and_number(tmp_path, document):
    FilesConnector(Settings(tmp_path)).send(document)
    (path,) = tmp_path.iterdir()
    written = json.loads(path.read_text())
    assert written["document"] == json.loads(enveloped(document.body).body)
    assert (written["key"], written["number"]) == (document.key, document.number)


def test_a_file_lies_in_the_folder_whatever_its_number_says(tmp_path, document):
    folder = tmp_path / "erp"
    FilesConnector(Settings(folder)).send(outgoing(document.body, number="../../../escape"))
    assert [path.parent for path in tmp_path.rglob("*.json")] == [folder]


def test_a_folder_of_ones_own_can_be_set(tmp_path, document):
    FilesConnector(Settings(tmp_path / "a", {"files_folder": str(tmp_path / "b")})).send(document)
    assert len(list((tmp_path / "b").glob("*.json"))) == 1


def test_killed_before_the_rename_no_half_file_is_found_and_the_next_try_is_whole(tmp_path, document):
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_BEFORE_THE_RENAME, str(tmp_path)], cwd=ROOT, timeout=HANG_GUARD, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir())
    assert not list(tmp_path.glob("*.json"))
    assert FilesConnector(Settings(tmp_path)).find(document) == Missing()
    assert isinstance(FilesConnector(Settings(tmp_path)).send(document), Done)


def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path, document):
    (tmp_path / "erp").write_text("in the way")
    assert isinstance(FilesConnector(Settings(tmp_path / "erp")).send(document), Later)


def test_a_rename_that_fails_leaves_the_outcome_unknown(tmp_path, document, monkeypatch):
    def failing(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("pathlib.Path.replace", failing)
    assert isinstance(FilesConnector(Settings(tmp_path)).send(document), Unknown)


def test_a_damaged_file_is_neither_found_nor_missing(tmp_path, document):
    connector = FilesConnector(Settings(tmp_path))
    connector.send(document)
    (path,) = tmp_path.iterdir()
    path.write_text('{"external":')
    assert isinstance(connector.find(document), Later)


def test_an_unknown_connector_is_answered_with_the_known_ones(tmp_path):
    with pytest.raises(ConnectorError, match=r"There is no connector 'sap': expected one of business_central, files"):
        load("sap", Settings(tmp_path))


def test_a_disk_that_fills_up_keeps_no_half_files(tmp_path, document, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert isinstance(FilesConnector(Settings(tmp_path)).send(document), Later)
    assert list(tmp_path.iterdir()) == []


def test_what_is_found_is_on_the_disk_before_it_counts(tmp_path, document, monkeypatch):
    connector = FilesConnector(Settings(tmp_path))
    connector.send(document)
    synced = []
    monkeypatch.setattr("wizterm.connectors.files._sync", synced.append)
    assert isinstance(connector.find(document), Done)
    assert synced == [tmp_path]


def test_a_folder_that_was_just_made_is_on_the_disk_before_its_files_count(tmp_path, document, monkeypatch):
    synced = []
    monkeypatch.setattr("wizterm.connectors.files._sync", synced.append)
    FilesConnector(Settings(tmp_path / "a" / "erp")).send(document)
    assert synced == [tmp_path / "a", tmp_path, tmp_path / "a" / "erp"]
