"""The first page: how everything stands, in numbers that stay true by themselves."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from wizterm.domain.clock import Clock
from wizterm.domain.quantity import counted
from wizterm.office import commands
from wizterm.office.document import DocumentPage
from wizterm.office.document_row import DOCUMENT_COLUMNS, document_row
from wizterm.office.figures import Figure, FigureCard
from wizterm.office.listing import Listed, ListFrame
from wizterm.office.page import OfficePage, house_of
from wizterm.office.words import age_of, ago, whom_it_needs
from wizterm.server.archive import DocumentLine
from wizterm.server.overview import Overview
from wizterm.widgets.openable_rows import OpenableRows
from wizterm.widgets.rows import Rows

NEWEST = 30


class OverviewPage(OfficePage):
    DEFAULT_CSS = """
    OverviewPage {
        & Grid { grid-size: 2 2; height: 18; }
        & .said { height: auto; max-height: 2; padding: 0 2; }
        &.-low Grid { grid-size: 2 1; height: 9; }
        &.-low .wide { display: none; }
    }
    """
    COMMAND = commands.OVERVIEW
    VERTICAL_BREAKPOINTS = [(0, "-low"), (27, "-high")]  # noqa: RUF012 - as Textual declares it
    HELP = """
How everything stands, for all servers and workers together, looked at again every two seconds.

**Uncertain** means that the ERP may have a document: it is looked up there before it is sent again. What is refused or
stays uncertain needs a person: `F4` lists it, and a clerk decides. **Unsent** is what devices said waits on them when
they called last.

Whatever is written on the server is a change, and has a number: new prices, a document, a decision. A device is up to
date once it has the latest one that devices fetch.

A low terminal leaves out devices (`F5`) and changes.
"""

    def body(self) -> ComposeResult:
        yield Static(classes="said")
        with Grid():
            yield FigureCard("Documents", id="documents")
            yield FigureCard("Deliveries to the ERP", id="deliveries")
            yield FigureCard("Devices", id="devices", classes="wide")
            yield FigureCard("Changes on the server", id="changes", classes="wide")
        with ListFrame() as frame:
            frame.border_title = "Latest changes"
            yield OpenableRows(*DOCUMENT_COLUMNS, empty="No document has come in yet.")

    def look_again(self) -> None:
        self.look("newest", lambda office: office.archive.newest(most=NEWEST), Listed)

    def on_listed(self, message: Listed[DocumentLine]) -> None:
        message.stop()
        clock = house_of(self).clock
        rows = [document_row(line, clock) for line in message.found]
        self.query_one(Rows).replace(rows, more=False, keep_cursor=True)

    @on(Rows.Chosen)
    def open_chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        self.app.push_screen(DocumentPage(message.row.key.partition("/")[0]))

    def show_overview(self, overview: Overview) -> None:
        clock = house_of(self).clock
        self.query_one(".said", Static).update(_verdict(overview, whom=whom_it_needs(house_of(self).role)))
        for name, figures in (
            ("documents", _documents(overview, clock)),
            ("deliveries", _deliveries(overview, clock)),
            ("devices", _devices(overview, clock)),
            ("changes", _changes(overview)),
        ):
            self.query_one(f"#{name}", FigureCard).figures = figures


def _verdict(overview: Overview, *, whom: str) -> Content:
    refused, unknown = overview.deliveries_in("refused"), overview.deliveries_in("unknown")
    mails = overview.mails_in("refused", "unknown")
    calls = ((overview.doubted, "document", "doubted"), (overview.suggested, "code", "to decide about"))
    called = " and ".join(f"{counted(count, one)} {what}" for count, one, what in calls if count)
    doubted = f"{called}: F3, then F7" if called else ""
    if refused or unknown or mails:
        counts = ((refused, "refused"), (unknown, "uncertain"), (mails, f"mail{'s' * (mails > 1)} in doubt"))
        parts = [f"{count} {word}" for count, word in counts if count]
        whose = "the ERP's" if refused or unknown else "the mail server's"
        said = f"▲ {' and '.join(parts)}: F4 shows them with {whose} words."
        return Content.styled(f"{said} {doubted}." if doubted else said, "$text-error")
    if doubted:
        return Content.styled(f"⚠ {doubted}.", "$text-warning")
    if not overview.documents:
        return Content("No document has come in yet: reps sign in at the server's address.")
    return Content.styled(f"● Nothing needs {whom}.", "$text-success")


def _documents(overview: Overview, clock: Clock) -> tuple[Figure, ...]:
    count = overview.documents.get
    return (
        Figure("Received, not booked yet", _number(count("delivered", 0) - overview.suggested)),
        Figure("Confirmed by the ERP", _number(count("confirmed", 0))),
        Figure("Refused, with the rep", _number(count("refused", 0)), "error" if count("refused", 0) else ""),
        Figure("With doubts not seen yet", _number(overview.doubted), "warning" if overview.doubted else ""),
        Figure("Codes to decide about", _number(overview.suggested), "warning" if overview.suggested else ""),
        Figure("Revised or cancelled", _number(count("superseded", 0) + count("cancelled", 0))),
        Figure("Last one taken", ago(overview.last_taken, clock, "never")),
    )


def _deliveries(overview: Overview, clock: Clock) -> tuple[Figure, ...]:
    count = overview.deliveries_in
    return (
        Figure("Waiting", _number(count("waiting"))),
        Figure("Sending", _number(count("sending"))),
        Figure("Uncertain", _number(count("unknown")), "warning" if count("unknown") else ""),
        Figure("Refused", _number(count("refused")), "error" if count("refused") else ""),
        Figure("Held", _number(overview.held)),
        Figure("Given up", _number(count("given-up"))),
        Figure("Oldest under way", age_of(overview.oldest_unsettled, clock) or "none"),
    )


def _devices(overview: Overview, clock: Clock) -> tuple[Figure, ...]:
    return (
        Figure("Signed in once", _number(overview.devices)),
        Figure("Shut out", _number(overview.shut_out)),
        Figure("Last one seen", ago(overview.last_seen, clock, "never")),
        Figure("Unsent on them", _number(overview.unsent)),
        Figure("Reps who may sign in", _number(overview.reps)),
    )


def _changes(overview: Overview) -> tuple[Figure, ...]:
    return (
        Figure("So far, of every kind", _number(overview.sequence)),
        Figure("The latest that devices fetch", f"no. {_number(overview.catalogue)}"),
    )


def _number(count: int) -> str:
    return f"{count:,}"
