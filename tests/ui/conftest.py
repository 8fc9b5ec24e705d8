from contextlib import ExitStack, closing

import pytest
from textual.app import App

from tests.support.gift_shop import furnish
from tests.support.ui import Folder


@pytest.fixture(autouse=True)
def notices_stay(monkeypatch):
    """What is said in the corner goes by itself after seconds, which a busy machine can take for the next key."""
    monkeypatch.setattr(App, "NOTIFICATION_TIMEOUT", 3600)


@pytest.fixture
def opened():
    """Opens folders, and closes them after the test."""
    with ExitStack() as closing_:
        yield lambda path, **how: closing_.enter_context(closing(Folder(path, **how)))


@pytest.fixture
def folder(opened, tmp_path):
    return opened(tmp_path)


@pytest.fixture
def shop(folder):
    """A whole gift shop, and a customer to sell to."""
    furnish(folder)
    folder.bench.entry.choose_customer("c1")
    return folder
