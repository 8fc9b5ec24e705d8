"""Mail as the settings have it, or a sentence on what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wizterm.cli.settings import configured

if TYPE_CHECKING:
    from wizterm.server.mail.setup import Post


def posting(company: str) -> Post | None:
    """None where no mails are wanted, and then nothing is loaded that mails need."""
    config = configured()
    if not (config.mail.host or config.mail.folder):
        return None
    from wizterm.server.mail.setup import MailSetupError, post

    try:
        return post(config.mail, config.paper.rules, company)
    except MailSetupError as error:
        raise click.ClickException(str(error)) from error
