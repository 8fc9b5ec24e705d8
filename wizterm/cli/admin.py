"""`wizterm admin`: the office's commands, on the server's own host and store."""

from __future__ import annotations

from pathlib import Path

import click

from wizterm.cli.approvals import approvals, managers
from wizterm.cli.backups import backup, restore, restored
from wizterm.cli.carts import carts
from wizterm.cli.codes import codes
from wizterm.cli.customers import customers
from wizterm.cli.decisions import decisions
from wizterm.cli.deliveries import deliveries
from wizterm.cli.devices import devices
from wizterm.cli.documents import documents
from wizterm.cli.erp import erp
from wizterm.cli.importing import import_
from wizterm.cli.mail import mail
from wizterm.cli.mappings import mappings
from wizterm.cli.media import media
from wizterm.cli.office_users import office_users
from wizterm.cli.price_lists import price_lists
from wizterm.cli.reps import reps
from wizterm.cli.sealed_files import intake
from wizterm.cli.telling import TellingGroup
from wizterm.cli.tokens import tokens


@click.group(cls=TellingGroup)
@click.option("--folder", type=click.Path(path_type=Path), help="Where the server keeps its store.")
@click.pass_context
def admin(context: click.Context, folder: Path | None) -> None:
    """Load the catalogue, set up reps, look after documents and deliveries.

    Works on the server's own store, whether the server runs or not.
    """
    context.obj = folder


for command in (
    import_,
    intake,
    backup,
    restore,
    restored,
    reps,
    devices,
    tokens,
    customers,
    carts,
    price_lists,
    media,
    documents,
    deliveries,
    erp,
    mail,
    codes,
    mappings,
    managers,
    approvals,
    office_users,
    decisions,
):
    admin.add_command(command)
