"""Asking for what is better not written in a command line."""

from __future__ import annotations

import sys
import warnings
from getpass import GetPassWarning

import click

PASSWORD_STDIN = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


def asked(what: str, option: str) -> str:
    """Typed twice, unseen. Where nobody can type, `option` is how it is given instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)  # said where it would be seen, or come from a pipe
        try:
            return str(click.prompt(what, hide_input=True, confirmation_prompt=True, err=True))
        except GetPassWarning as error:
            raise click.ClickException(
                f"{what}: there is no terminal to ask for it on. Pipe it in, with {option}."
            ) from error


def password_given(*, stdin: bool) -> str:
    """As it is typed, or piped in."""
    return sys.stdin.readline().rstrip("\r\n") if stdin else asked("Password", "--password-stdin")
