"""Sign-ins that end, in every way they can, with work unsent: orders are taken all the same, and go in the end."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.support.store_office import StoreOffice, decided_here
from tests.torture.layer import Harm
from tests.torture.shop import ShiftedClock, opened
from tests.torture.size import seeds
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.protocol.problem import ProblemError
from wizterm.server.device_list import DeviceList
from wizterm.server.in_process import ServerProtocol
from wizterm.server.store.people import SignedIn
from wizterm.services.door import SignInError

ROW = "sign-ins that end"
DAY = 86400.0
UNSENT = (0, 7)
"""Orders that wait when it happens."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("shop"), ShiftedClock()) as shop:
        yield shop


@pytest.fixture(scope="module")
def device(shop):
    return shop.device("kim", clock=ShiftedClock())


class Lossy:
    """Loses so many answers on a sign-in's renewal, after the server gave it."""

    def __init__(self, company, losses):
        self._server, self.losses = ServerProtocol(company), losses

    def __getattr__(self, name) -> Callable:
        def call(*words):
            answer = getattr(self._server, name)(*words)
            if name == "refresh" and self.losses:
                self.losses -= 1
                raise UnreachableError("cut", Unreachable.CUT_OFF)
            return answer

        return call

    def close(self):
        pass


def forgotten(shop, device):
    with shop.company.store.writing():
        SignedIn.delete().execute()


def again(shop, device):
    device.sign_in()


def nothing(shop, device):
    pass


def lossy(losses):
    def happen(shop, device):
        client = Lossy(shop.company, losses)
        device.was, device.connect = device.connect, lambda: client

    return happen


def whole(shop, device):
    for _ in range(3):
        device.sync()
    device.connect = device.was


def later(days):
    def happen(shop, device):
        shop.company.clock.wait(days * DAY)
        device.clock.wait(days * DAY)

    return happen


def revoked(shop, device):
    DeviceList(shop.company.store, decided_here(shop.company.store)).revoke(device.setting("installation"))


def let_in(shop, device):
    with suppress(SignInError):
        device.sign_in()
    DeviceList(shop.company.store, decided_here(shop.company.store)).let_in(device.setting("installation"))
    device.sign_in()


def shut_out(shop, device):
    StoreOffice(shop.company.store).reps.shut_out("KIM")


def opened_again(shop, device):
    with suppress(SignInError):
        device.sign_in()
    StoreOffice(shop.company.store).reps.let_in("KIM")
    device.sign_in()


def signed_out(shop, device):
    with suppress(ProblemError):
        device.door.lock(device.folder)


def by_another_machine(shop, device):
    """The same files sign in a second time, beside this device."""
    device.sign_in()


ENDINGS = {
    "the access token runs out": (later(0.02), nothing),
    "three weeks offline": (later(21), nothing),
    "the sign-in runs out": (later(200), again),
    "the server forgets it": (forgotten, again),
    "the device is shut out": (revoked, let_in),
    "the rep is shut out": (shut_out, opened_again),
    "the rep signs out": (signed_out, again),
    "a second sign-in ends the first": (by_another_machine, nothing),
    "one renewal's answer is lost": (lossy(1), whole),
    "two renewals' answers are lost": (lossy(2), whole),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_sign_in_ends(shop, device, layer, ending):
    row = layer(ROW)
    end, mend = ENDINGS[ending]
    for turn in seeds(1):
        for unsent in UNSENT:
            shop.order(device, unsent)
            end(shop, device)
            shop.order(device)
            device.sync()
            harm = shop.harm()
            mend(shop, device)
            report = device.sync()
            shop.deliver()
            if not report.complete:
                harm += Harm(lost=(f"{report.connectivity}: {report.words}",))
            row.count(harm + shop.harm(quiet=True), f"{ending}, {unsent} unsent, SEED={turn}")
