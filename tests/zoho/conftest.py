import pytest

from tests.support.zoho_fixture import zoho, zoho_connector

__all__ = ["zoho"]
"""Fixtures that tests of this folder share."""


@pytest.fixture
def connector(zoho, tmp_path):
    return zoho_connector(zoho, tmp_path)
