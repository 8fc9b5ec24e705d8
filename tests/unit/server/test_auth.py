import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.support.patience import HANG_GUARD
from tests.support.store_office import PASSWORD
from wizterm.protocol.problem import Code, ProblemError
from wizterm.protocol.session import Refresh, SignIn
from wizterm.server import passwords, throttle
from wizterm.server.in_process import ServerProtocol
from wizterm.server.passwords import Passwords
from wizterm.server.reps import RepError
from wizterm.server.store.people import AccessToken, Device, Rep, SignedIn
from wizterm.server.throttle import MOST_FAILURES, WINDOW
from wizterm.server.tokens import ACCESS_SECONDS, REFRESH_SECONDS


def call(house, session):
    return house.server.document_changes(session.access_token, "")


def refused(attempt):
    with pytest.raises(ProblemError) as caught:
        attempt()
    return caught.value


def test_an_access_token_ends_after_its_time(house, kim):
    house.clock.go_on(ACCESS_SECONDS - 1)
    call(house, kim)
    house.clock.go_on(1)
    assert refused(lambda: call(house, kim)).code == Code.SIGN_IN_NEEDED


def test_a_refresh_token_ends_after_its_time(house, kim):
    house.clock.go_on(REFRESH_SECONDS)
    assert refused(lambda: house.server.refresh(Refresh(refresh_token=kim.refresh_token))).code == Code.SIGN_IN_NEEDED


def test_the_access_token_of_before_a_refresh_lives_on_for_calls_under_way(house, kim):
    house.server.refresh(Refresh(refresh_token=kim.refresh_token))
    call(house, kim)


def test_a_rep_who_is_shut_out_is_out_at_once_and_comes_in_no_more(house, kim):
    house.office.reps.shut_out("kim")
    assert refused(lambda: call(house, kim)).code == Code.SIGN_IN_NEEDED
    assert refused(lambda: house.server.refresh(Refresh(refresh_token=kim.refresh_token))).code == Code.SIGN_IN_NEEDED
    assert refused(lambda: house.sign_in("KIM")).code == Code.FORBIDDEN
    house.office.reps.let_in("kim")
    house.sign_in("KIM")


def test_a_revoked_device_is_out_at_once_and_the_reps_others_stay(house):
    lost, kept = str(uuid4()), str(uuid4())
    on_lost, on_kept = house.sign_in("KIM", lost), house.sign_in("KIM", kept)
    with house.company.store.writing():
        Device.update(revoked=True).where(Device.id == lost).execute()
    assert refused(lambda: call(house, on_lost)).code == Code.SIGN_IN_NEEDED
    assert refused(lambda: house.sign_in("KIM", lost)).code == Code.FORBIDDEN
    call(house, on_kept)


def test_signing_in_again_ends_the_devices_session_before(house):
    device = str(uuid4())
    first = house.sign_in("KIM", device)
    house.sign_in("KIM", device)
    assert refused(lambda: call(house, first)).code == Code.SIGN_IN_NEEDED


def test_guessing_is_slowed_down_by_name_and_address(house):
    def guess(address, code="KIM", password="wrong"):
        request = SignIn(rep=code, password=password, device=str(uuid4()))
        return ServerProtocol(house.company, address).sign_in(request)

    for _ in range(MOST_FAILURES):
        assert refused(lambda: guess("10.0.0.9")).code == Code.BAD_CREDENTIALS
    error = refused(lambda: guess("10.0.0.9", password=PASSWORD))
    assert error.code == Code.TOO_MANY
    assert error.problem.retry_after == WINDOW
    assert guess("10.0.0.1", password=PASSWORD).rep == "KIM"
    assert guess("10.0.0.9", "LEE", PASSWORD).rep == "LEE"
    house.clock.go_on(WINDOW)
    assert guess("10.0.0.9", password=PASSWORD).rep == "KIM"


def test_trying_ever_other_names_is_slowed_down_by_address(house, monkeypatch):
    monkeypatch.setattr(throttle, "MOST_FROM_ADDRESS", 5)

    def guess(address, code, password="wrong"):
        request = SignIn(rep=code, password=password, device=str(uuid4()))
        return ServerProtocol(house.company, address).sign_in(request)

    for number in range(5):
        assert refused(lambda number=number: guess("10.0.0.9", f"NOBODY{number}")).code == Code.BAD_CREDENTIALS
    assert refused(lambda: guess("10.0.0.9", "KIM", PASSWORD)).code == Code.TOO_MANY
    assert guess("10.0.0.1", "KIM", PASSWORD).rep == "KIM"
    house.clock.go_on(WINDOW)
    assert guess("10.0.0.9", "KIM", PASSWORD).rep == "KIM"


def test_who_would_wait_long_for_a_check_is_sent_away_and_holds_no_thread(monkeypatch):
    checking, go_on = threading.Event(), threading.Event()

    class Slow:
        def hash(self, password):
            return password

        def verify(self, known, password):
            checking.set()
            return go_on.wait(HANG_GUARD)

    monkeypatch.setattr(passwords, "AT_ONCE", 1)
    monkeypatch.setattr(passwords, "MOST_WAITING", 1)
    monkeypatch.setattr(passwords, "MOST_FROM_CALLER", 1)
    checks = Passwords(Slow())
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(checks.fits, "it", "it", "10.0.0.9")
        assert checking.wait(HANG_GUARD)
        error = refused(lambda: checks.fits("it", "it", "10.0.0.9"))
        another = pool.submit(checks.fits, "it", "it", "10.0.0.1")
        go_on.set()
        assert first.result(HANG_GUARD)
        assert another.result(HANG_GUARD)
    assert (error.problem.status, error.problem.retry_after) == (503, passwords.RETRY_SECONDS)
    assert checks.fits("it", "it")


def test_no_token_and_no_password_stands_in_the_store(house, kim):
    with house.company.store.reading():
        kept = repr([list(model.select().dicts()) for model in (Rep, Device, SignedIn, AccessToken)])
    assert "Kim of Sales" in kept
    for secret in (kim.access_token, kim.refresh_token, PASSWORD):
        assert secret not in kept


def test_a_device_that_names_itself_badly_is_told_so(house):
    error = refused(lambda: house.sign_in("KIM", device="my laptop"))
    assert (error.code, error.problem.field) == (Code.BAD_REQUEST, "device")


def test_codes_of_installations_are_never_used_twice(house):
    codes = [house.sign_in("KIM").installation for _ in range(40)]
    assert len(set(codes)) == 40
    assert all(len(code) >= 2 for code in codes)


@pytest.mark.parametrize(
    ("code", "name", "password", "words"),
    [
        ("K-M", "Kim", PASSWORD, "'K-M' is not a code for a rep"),
        ("ELEVENCHARS", "Kim", PASSWORD, "is not a code for a rep"),
        ("KIM", " ", PASSWORD, "The rep needs a name."),
        ("KIM", "Kim", "short", "expected at least 8 characters"),
    ],
)
def test_a_rep_is_set_up_only_as_numbers_and_sign_in_can_use(house, code, name, password, words):
    with pytest.raises(RepError, match=words):
        house.office.reps.add(code, name, password)


def test_adding_a_rep_again_gives_a_new_password_and_keeps_the_code(house):
    house.office.reps.add("kim", "Kim Jones", "another password")
    assert refused(lambda: house.sign_in("KIM")).code == Code.BAD_CREDENTIALS
    session = house.sign_in("kim", password="another password")
    assert (session.rep, session.rep_name) == ("KIM", "Kim Jones")
