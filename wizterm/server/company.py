"""One company's server, put together: every service over one store."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from peewee import PeeweeException

from wizterm.connectors.base import Connector
from wizterm.connectors.pulling import CatalogueSource
from wizterm.domain.clock import Clock, SystemClock
from wizterm.domain.ids import NewId, uuid7
from wizterm.server.auth import Auth
from wizterm.server.courtesy import Courtesy
from wizterm.server.deliveries import NO_MAILS
from wizterm.server.dispatch.dispatcher import AS_COMES, Dispatcher
from wizterm.server.dispatch.gate import Limits
from wizterm.server.dispatch.worker import InTurn, Worker
from wizterm.server.feeds.documents import DocumentsFeed
from wizterm.server.feeds.manifest import Manifests
from wizterm.server.feeds.walk import CatalogueFeed
from wizterm.server.handovers import Handovers
from wizterm.server.intake.taking import Intake
from wizterm.server.live_stock import LiveStocks
from wizterm.server.mail.mailers import mailers
from wizterm.server.metrics import Metrics
from wizterm.server.pace import Pace
from wizterm.server.passwords import Passwords
from wizterm.server.pictures import Pictures
from wizterm.server.pulling.puller import Puller
from wizterm.server.readiness import Readiness
from wizterm.server.store.opening import open_store
from wizterm.server.store.store import Store
from wizterm.server.tallies import Tallies
from wizterm.server.tokens import new_token

if TYPE_CHECKING:
    from wizterm.server.mail.setup import Post

MEDIA = "media"
"""Where pictures are kept, in the server's folder."""


@dataclass(frozen=True, slots=True)
class Company:
    store: Store
    clock: Clock
    auth: Auth
    pace: Pace
    intake: Intake
    documents: DocumentsFeed
    handovers: Handovers
    catalogue: CatalogueFeed
    manifests: Manifests
    pictures: Pictures
    stock: LiveStocks
    dispatcher: Dispatcher
    worker: Worker
    """Delivers; not started yet."""
    courtesy: Courtesy
    """To be told of each call: deliveries give way to them."""
    tallies: Tallies
    metrics: Metrics
    readiness: Readiness
    tallying: Worker
    """Writes down what was counted; not started yet."""
    mailers: tuple[Dispatcher, ...]
    """One for each target of mails; none where the company sends none."""
    mailing: Worker | None
    """Hands mails over; not started yet."""
    pulling: Worker | None
    """Pulls the catalogue from the ERP, where the connector can; not started yet."""

    def start(self) -> None:
        """What works beside the routes."""
        for worker in (self.worker, self.mailing, self.pulling, self.tallying):
            if worker is not None:
                worker.start()

    def close(self) -> None:
        for worker in (self.pulling, self.worker, self.mailing, self.tallying):
            if worker is not None:
                worker.stop()
        self.manifests.close()
        with suppress(PeeweeException):  # a lease runs out by itself, and figures are no reason to fail at the end
            for dispatcher in (self.dispatcher, *self.mailers):
                dispatcher.let_go()
            self.tallies.flush()
        self.store.close()


def open_company(
    folder: Path,
    *,
    name: str,
    connector: Connector,
    url: str = "",
    clock: Clock | None = None,
    new_id: NewId = uuid7,
    passwords: Passwords | None = None,
    pull_minutes: int = 0,
    accept_codes: bool = False,
    limits: Limits = AS_COMES,
    post: Post | None = None,
) -> Company:
    """The company whose files are in this folder, and its store too where no `url` names a database for it.

    A new one is founded where there is none.
    """
    clock, passwords, store = clock or SystemClock(), passwords or Passwords(), open_store(folder, url)
    chance = random.Random().random  # noqa: S311 - jitter, no secret
    dispatcher = Dispatcher(store, connector, clock=clock, new_id=new_id, chance=chance, limits=limits)
    courtesy, tallies = Courtesy(), Tallies(store)
    worker = Worker(dispatcher, give_way=courtesy.give_way)
    to_mail = mailers(store, post, clock=clock, new_id=new_id, chance=chance)
    mailing = Worker(InTurn(*to_mail), "mailing", give_way=courtesy.give_way) if to_mail else None
    return Company(
        store=store,
        clock=clock,
        auth=Auth(store, clock=clock, new_id=new_id, new_token=new_token, passwords=passwords, company=name),
        pace=Pace(store, clock),
        intake=Intake(
            store,
            clock=clock,
            new_id=new_id,
            erp_kinds=connector.kinds,
            taken=partial(_wake, worker, mailing),
            mails=post.plan if post else NO_MAILS,
            accept_codes=accept_codes,
        ),
        documents=DocumentsFeed(store, clock=clock, new_id=new_id),
        handovers=Handovers(store, clock),
        catalogue=CatalogueFeed(store),
        manifests=Manifests(store, folder / "files", clock),
        pictures=Pictures(folder / MEDIA),
        stock=LiveStocks(store, connector, clock),
        dispatcher=dispatcher,
        worker=worker,
        courtesy=courtesy,
        tallies=tallies,
        metrics=Metrics(store, tallies, clock),
        readiness=Readiness(store, folder),
        tallying=Worker(tallies, "tallying"),
        mailers=to_mail,
        mailing=mailing,
        pulling=_pulling(store, connector, clock, pull_minutes),
    )


def _wake(*workers: Worker | None) -> None:
    for worker in workers:
        if worker is not None:
            worker.wake()


def _pulling(store: Store, connector: Connector, clock: Clock, minutes: int) -> Worker | None:
    if not minutes or not isinstance(connector, CatalogueSource):
        return None
    return Worker(Puller(store, connector, clock=clock, minutes=minutes), "pulling")
