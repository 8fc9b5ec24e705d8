"""The running Tryton of a test session; one worker has it, so that it is set up once."""

from __future__ import annotations

import sys

import pytest

from wizterm.connectors.base import Connector, Settings
from wizterm.connectors.loading import load

GROUP = pytest.mark.xdist_group("tryton")


@pytest.fixture(scope="session")
def tryton():
    if not sys.platform.startswith("linux"):
        pytest.skip("trytond is started on Linux only")
    from tests.support.tryton_box import NoIndexError, running

    try:
        with running() as box:
            yield box
    except NoIndexError as error:
        pytest.skip(f"the package index that trytond comes from cannot be reached: {error}")


def tryton_connector(box, folder, **other: str) -> Connector:
    """As the server has it."""
    return load("tryton", Settings(folder, tryton_values(box) | other))


def tryton_values(box) -> dict[str, str]:
    from tests.support.tryton_box import DATABASE
    from tests.support.tryton_seed import PASSWORD, USER

    return {"address": box.address, "database": DATABASE, "user": USER, "password": PASSWORD}
