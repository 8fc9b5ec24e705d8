"""Offline-first order taking in a terminal, and the server behind it."""

__version__ = "0.1.0"
