"""Asking for what is better not written in a command line."""

from __future__ import annotations

import warnings
from getpass import GetPassWarning

import click


def asked(what: str, option: str) -> str:
    """Typed twice, unseen. Where nobody can type, `option` is how it is given instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)  # said where it would be seen, or come from a pipe
        try:
            return str(click.prompt(what, hide_input=True, confirmation_prompt=True))
        except GetPassWarning as error:
            raise click.ClickException(
                f"{what}: there is no terminal to ask for it on. Pipe it in, with {option}."
            ) from error
