"""Tokens that several workers share, and that are worth nothing once a newer one was given."""

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from wizterm.connectors.faults import NotDone
from wizterm.connectors.oauth import EARLY, Minted, OAuthSession


class Service:
    """Gives a new refresh token with each access token, and knows the newest alone."""

    def __init__(self, first="first", *, rotates=True):
        self.newest, self.rotates, self.minted, self._numbers = first, rotates, 0, count(1)

    def mint(self, refresh):
        if refresh != self.newest:
            raise NotDone("The refresh token is worth nothing any more.", 600)
        self.minted += 1
        number = next(self._numbers)
        if not self.rotates:
            return Minted(f"access {number}", 3600)
        self.newest = f"refresh {number}"
        return Minted(f"access {number}", 3600, self.newest)


class Time:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def worker(tmp_path, service, time):
    """Makes another process's session of the same settings."""
    return lambda token="first": OAuthSession(tmp_path / "erp" / "tokens.json", token, service.mint, time)


def test_a_token_is_fetched_once_until_shortly_before_its_end(worker, service, time):
    session = worker()
    assert session.current().access == session.current().access == "access 1"
    time.now += 3600 - EARLY
    assert session.current().access == "access 2"
    assert service.minted == 2


def test_what_one_worker_fetched_all_others_take(worker, service):
    assert worker().current() == worker().current()
    assert service.minted == 1


def test_eight_workers_at_once_fetch_one(worker, service):
    with ThreadPoolExecutor(8) as threads:
        tokens = set(threads.map(lambda session: session.current().access, [worker() for _ in range(8)]))
    assert tokens == {"access 1"}
    assert service.minted == 1


def test_the_newest_refresh_token_outlives_the_process(worker, time):
    worker().current()
    time.now += 100 * 3600
    assert worker().current().access == "access 2"


def test_a_refresh_token_that_does_not_change_goes_on(tmp_path, time):
    service = Service(rotates=False)
    session = OAuthSession(tmp_path / "tokens.json", "first", service.mint, time)
    session.current()
    time.now += 3600
    assert session.current().refresh == "first"
    assert service.minted == 2


def test_a_token_that_was_refused_is_replaced_once_for_all_who_hold_it(worker, service):
    one, other = worker(), worker()
    refused = one.current().access
    other.current()
    assert one.instead_of(refused) == other.instead_of(refused)
    assert service.minted == 2


def test_another_token_in_the_settings_begins_anew(worker, service):
    worker().current()
    service.newest = "pasted in"
    assert worker("pasted in").current().access == "access 2"


def test_a_file_that_cannot_be_read_as_tokens_begins_with_the_settings(tmp_path, worker):
    (tmp_path / "erp").mkdir()
    (tmp_path / "erp" / "tokens.json").write_text("{")
    assert worker().current().access == "access 1"


@pytest.mark.skipif(sys.platform == "win32", reason="files there have no mode of this kind")
def test_nobody_else_can_read_the_file(tmp_path, worker):
    worker().current()
    assert stat.S_IMODE((tmp_path / "erp" / "tokens.json").stat().st_mode) == 0o600
    assert sorted(each.name for each in (tmp_path / "erp").iterdir()) == ["tokens.json", "tokens.lock"]


def test_nothing_is_fetched_where_it_could_not_be_kept(tmp_path, worker, service):
    (tmp_path / "erp").write_text("a file where the folder should be")
    with pytest.raises(NotDone, match="cannot be read and written"):
        worker().current()
    assert service.minted == 0


def test_a_token_that_could_not_be_written_is_written_before_it_is_used(tmp_path, time):
    file, service = tmp_path / "tokens.json", Service()

    def mint(refresh):
        if not service.minted:
            file.mkdir()
        return service.mint(refresh)

    session = OAuthSession(file, "first", mint, time)
    with pytest.raises(NotDone, match="cannot be read and written"):
        session.current()
    file.rmdir()
    assert session.current().access == "access 1"
    assert OAuthSession(file, "first", mint, time).current().access == "access 1"
    assert service.minted == 1
