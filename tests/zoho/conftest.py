from tests.support.zoho_fixture import zoho

__all__ = ["zoho"]
"""Fixtures that tests of this folder share."""
