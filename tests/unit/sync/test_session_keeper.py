import pytest

from tests.support.outbox_device import FakeClock
from wizterm.protocol.faults import NotOurServerError, Unreachable, UnreachableError
from wizterm.protocol.ping import Pong
from wizterm.protocol.problem import Code, ProblemError, problem
from wizterm.protocol.session import Session, SignIn
from wizterm.sync.session import KEPT, SessionKeeper

SIGN_IN = SignIn(rep="kim", password="secret", device="d1")
NO = problem(401, Code.SIGN_IN_NEEDED, "revoked")


class Settings(dict):
    def get(self, name):
        return super().get(name, "")

    def set(self, name, value):
        self[name] = value

    def replace(self, name, expected, value):
        if self.get(name) != expected:
            return False
        self[name] = value
        return True


class Server:
    """Gives a new pair of tokens each time."""

    def __init__(self, clock):
        self.clock = clock
        self.server = "s1"
        self.given = 0
        self.fails = None
        self.refreshes = []

    def session(self):
        self.given += 1
        return Session(
            access_token=f"access {self.given}",
            access_seconds=600,
            refresh_token=f"refresh {self.given}",
            server=self.server,
            epoch="e",
            rep="KIM",
            rep_name="Kim",
            company="Nord",
            installation="7F",
            office_key="",
        )

    def sign_in(self, request):
        return self.session()

    def refresh(self, request):
        self.refreshes.append(request.refresh_token)
        fault = self.fails(request.refresh_token) if callable(self.fails) else self.fails
        if fault:
            raise fault
        return self.session()

    def ping(self, nonce):
        return Pong(nonce=nonce, server=self.server, epoch="e", time=self.clock.now(), protocol=1)

    def sign_out(self, token):
        pass


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def server(clock):
    return Server(clock)


@pytest.fixture
def settings():
    return Settings()


@pytest.fixture
def keeper(server, settings, clock):
    return SessionKeeper(speaker=server, settings=settings, clock=clock, new_nonce=lambda: "n")


def test_before_the_first_sign_in_nobody_is_here(keeper):
    assert keeper.facts is None
    with pytest.raises(ProblemError) as caught:
        keeper.token()
    assert caught.value.code == Code.SIGN_IN_NEEDED


def test_a_sign_in_is_known_to_the_next_start_but_its_access_token_is_not_written_down(keeper, server, settings, clock):
    keeper.sign_in(SIGN_IN)
    assert "access 1" not in settings.get(KEPT)
    later = SessionKeeper(speaker=server, settings=settings, clock=clock, new_nonce=lambda: "n")
    assert later.facts.rep == "KIM"
    assert later.token() == "access 2"
    assert server.refreshes == ["refresh 1"]


def test_a_token_serves_until_shortly_before_its_end(keeper, server, clock):
    keeper.sign_in(SIGN_IN)
    clock.advance(539)
    assert keeper.token() == "access 1"
    clock.advance(2)
    assert keeper.token() == "access 2"
    assert server.refreshes == ["refresh 1"]


def test_a_genuine_no_renews_the_token_once_and_asks_again(keeper, server):
    keeper.sign_in(SIGN_IN)
    spoken = []

    def speak(token):
        spoken.append(token)
        if token == "access 1":
            raise NO
        return "answer"

    assert keeper.call(speak) == "answer"
    assert spoken == ["access 1", "access 2"]


def test_a_no_that_stays_is_told_after_one_renewal(keeper, server):
    keeper.sign_in(SIGN_IN)

    def speak(token):
        raise NO

    with pytest.raises(ProblemError):
        keeper.call(speak)
    assert server.refreshes == ["refresh 1"]


def test_a_token_that_another_thread_has_renewed_is_not_renewed_again(keeper, server):
    keeper.sign_in(SIGN_IN)

    def speak(token):
        if token == "access 1":
            keeper._renewed("access 1")
            raise NO
        return token

    assert keeper.call(speak) == "access 2"
    assert len(server.refreshes) == 1


@pytest.mark.parametrize(
    "error",
    [
        UnreachableError("cut", Unreachable.CUT_OFF),
        NotOurServerError("html 401"),
        problem(500, Code.SERVER_TROUBLE, "oops"),
        problem(429, Code.TOO_MANY, "slow"),
        problem(403, Code.FORBIDDEN, "no"),
    ],
    ids=str,
)
def test_credentials_outlive_every_failure_but_a_genuine_no(keeper, server, clock, error):
    keeper.sign_in(SIGN_IN)
    clock.advance(600)
    server.fails = error
    with pytest.raises(type(error)):
        keeper.token()
    server.fails = None
    assert keeper.token() == "access 2"
    assert server.refreshes[-1] == "refresh 1"


def test_a_genuine_no_drops_the_credentials_and_keeps_who_it_was(keeper, server, clock):
    keeper.sign_in(SIGN_IN)
    clock.advance(600)
    server.fails = NO
    with pytest.raises(ProblemError):
        keeper.token()
    assert keeper.facts.rep == "KIM"
    assert keeper.facts.refresh_token == ""
    assert not keeper.signed_in
    with pytest.raises(ProblemError):
        keeper.token()
    assert len(server.refreshes) == 1


def test_a_no_of_another_server_behind_our_name_drops_nothing(keeper, server, clock):
    keeper.sign_in(SIGN_IN)
    clock.advance(600)
    server.fails = NO
    server.server = "s2"
    with pytest.raises(ProblemError):
        keeper.token()
    assert keeper.facts.refresh_token == "refresh 1"


def test_a_no_that_cannot_be_proved_genuine_drops_nothing(keeper, server, clock):
    keeper.sign_in(SIGN_IN)
    clock.advance(600)
    server.fails = NO

    def ping(nonce):
        raise UnreachableError("cut", Unreachable.CUT_OFF)

    server.ping = ping
    with pytest.raises(ProblemError):
        keeper.token()
    assert keeper.facts.refresh_token == "refresh 1"


def test_a_session_of_another_server_is_not_kept(keeper, server, settings):
    keeper.sign_in(SIGN_IN)
    kept = settings.get(KEPT)
    server.server = "s2"
    with pytest.raises(ProblemError, match="another server"):
        keeper.sign_in(SIGN_IN)
    assert settings.get(KEPT) == kept


def test_a_sign_out_forgets_the_session_and_not_whose_orders_these_are(keeper):
    keeper.sign_in(SIGN_IN)
    keeper.sign_out()
    assert keeper.facts is None
    assert keeper.server == "s1"


class MeanwhileServer(Server):
    """While it renews a session, another process does something to the folder."""

    meanwhile = None

    def refresh(self, request):
        if self.meanwhile:
            self.meanwhile, meanwhile = None, self.meanwhile
            meanwhile()
        return super().refresh(request)


@pytest.fixture
def busy(clock):
    return MeanwhileServer(clock)


def other(busy, settings, clock):
    return SessionKeeper(speaker=busy, settings=settings, clock=clock, new_nonce=lambda: "n")


@pytest.mark.parametrize("fails", [None, NO], ids=["renewed", "refused"])
def test_a_renewal_does_not_undo_a_sign_in_by_another_process(busy, settings, clock, fails):
    other(busy, settings, clock).sign_in(SIGN_IN)
    keeper = other(busy, settings, clock)

    def meanwhile():
        other(busy, settings, clock).sign_in(SIGN_IN)
        busy.fails = fails and (lambda token: None if token == "refresh 2" else fails)

    busy.meanwhile = meanwhile
    assert keeper.token()
    assert busy.refreshes == ["refresh 1", "refresh 2"]
    assert keeper.facts.refresh_token == f"refresh {busy.given}"


def test_a_renewal_does_not_undo_a_sign_out_by_another_process(busy, settings, clock):
    other(busy, settings, clock).sign_in(SIGN_IN)
    keeper = other(busy, settings, clock)
    busy.meanwhile = other(busy, settings, clock).sign_out
    with pytest.raises(ProblemError, match="Sign in"):
        keeper.token()
    assert keeper.facts is None
