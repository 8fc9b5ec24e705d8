"""A fault of the program leaves a report, and never the values of variables."""

import logging
import sqlite3
from datetime import UTC, datetime

import pytest

from wizterm.services.fault_report import FaultReports, last_words

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def fault():
    customer = "The Paper Lantern"
    try:
        return customer[99]
    except IndexError as error:
        return error


@pytest.fixture
def log(tmp_path):
    logger = logging.getLogger("a thread of the test")
    handler = FaultReports(tmp_path, lambda: NOW)
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


def test_a_fault_is_one_sentence_and_a_report_that_says_where(tmp_path):
    said = last_words(fault(), tmp_path, NOW)
    (report,) = tmp_path.iterdir()
    assert said.startswith("WizTerm ended by a fault of its own (IndexError).")
    assert str(report) in said
    assert "in fault" in report.read_text(encoding="utf-8")


def test_what_the_world_did_is_told_in_its_own_words_without_a_report(tmp_path):
    assert "the disk is full" in last_words(sqlite3.OperationalError("database or disk is full"), tmp_path, NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_report_changes_the_sentence_only(tmp_path):
    (tmp_path / "file").touch()
    assert "No report could be written" in last_words(fault(), tmp_path / "file", NOW)


def test_a_fault_that_a_thread_survived_is_reported_once(log, tmp_path):
    for _ in range(3):
        log.error("It is tried again.", exc_info=fault())
    log.error("Nothing was raised.")
    assert len(list(tmp_path.iterdir())) == 1
