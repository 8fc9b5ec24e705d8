"""The server's figures for Prometheus. All are read from the store, so they are true for all processes over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from peewee import fn
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.domain.document import State
from wizterm.server.deliveries import DeliveryState
from wizterm.server.feeds.shelf import changes_since
from wizterm.server.overview import Overview, overview
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import CatalogueFile
from wizterm.server.store.paperwork import Outside, TakenDocument
from wizterm.server.store.store import Store
from wizterm.server.store.translating import Pulled
from wizterm.server.tallies import CALLS, PROBLEMS, REFUSALS, Tallies

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
TAKEN: Final = [state for state in State if state not in {State.QUEUED, State.SENDING}]
"""What a document can be once the server has it."""
TO_ERP: Final = [state for state in DeliveryState if state != DeliveryState.AWAITING]
"""Mails alone await the ERP's yes."""
LATEST = 500
"""Confirmed documents that the delivery lag is taken from."""
LAG: Final = "wizterm_delivery_lag_seconds"
QUANTILES: Final = (0.5, 0.9, 0.99)
COUNTED: Final = {
    REFUSALS: ("wizterm_documents_refused", "Documents that intake refused.", "code"),
    PROBLEMS: ("wizterm_problems", "Calls answered with a problem.", "code"),
    CALLS: ("wizterm_calls", "All calls.", "status"),
}


class Metrics:
    def __init__(self, store: Store, tallies: Tallies, clock: Clock) -> None:
        self._store = store
        self._tallies = tallies
        self._clock = clock

    def text(self) -> bytes:
        """In Prometheus's own form, as everything stands now."""
        self._tallies.flush()
        registry = CollectorRegistry()
        registry.register(_Now(list(self._families())))
        return generate_latest(registry)

    def _families(self) -> Iterator[Metric]:
        seen, now = overview(self._store), self._clock.now()
        yield _by_label("wizterm_documents", "Documents by state.", "state", _all(TAKEN, seen.documents))
        yield _one("wizterm_documents_doubted", "Documents whose doubts nobody has seen.", seen.doubted)
        yield _one("wizterm_codes_suggested", "Codes of reps that nobody has decided about.", seen.suggested)
        yield _by_label(
            "wizterm_deliveries",
            "Deliveries to the ERP by state, but for those held.",
            "state",
            _all(TO_ERP, seen.deliveries),
        )
        yield _one("wizterm_deliveries_held", "Deliveries the office keeps back.", seen.held)
        yield _one(
            "wizterm_queue_age_seconds", "Age of the oldest delivery under way.", _age(seen.oldest_unsettled, now)
        )
        yield from _mails(seen, now)
        yield from self._devices(seen, now)
        yield self._delivery_lag()
        yield from self._feed_lag(now)
        yield self._shut(now)
        yield from self._counted()

    def _devices(self, seen: Overview, now: datetime) -> Iterator[Metric]:
        yield _one("wizterm_devices", "Devices that have signed in and are not shut out.", seen.devices - seen.shut_out)
        yield _one("wizterm_devices_unsent", "Documents that devices said wait on them.", seen.unsent)
        if seen.last_seen is not None:
            yield _one("wizterm_device_silence_seconds", "Since any device called last.", _age(seen.last_seen, now))

    def _delivery_lag(self) -> Metric:
        """From taking to the ERP's yes, of those confirmed last."""
        with self._store.reading():
            query = TakenDocument.select(TakenDocument.changed_at, TakenDocument.taken_at)
            confirmed = query.where(TakenDocument.state == State.CONFIRMED).order_by(TakenDocument.seq.desc())
            took = sorted((changed - taken) / 1000 for changed, taken in rows(confirmed.limit(LATEST)))
        words = f"From receipt to the ERP's yes, of the latest {LATEST}."
        family = Metric(LAG, words, "summary")
        for quantile in QUANTILES if took else ():
            family.add_sample(LAG, {"quantile": str(quantile)}, took[min(len(took) - 1, int(quantile * len(took)))])
        return family

    def _feed_lag(self, now: datetime) -> Iterator[Metric]:
        with self._store.reading():
            ((newest,),) = rows(CatalogueFile.select(fn.MAX(CatalogueFile.seq)))
            behind = changes_since(newest or 0)
            pulls = {what: moment(done) for what, done in rows(Pulled.select(Pulled.what, Pulled.done_at)) if done}
        yield _one("wizterm_feed_lag_changes", "Changes that are in no ready catalogue file yet.", behind)
        ages = {what: _age(done, now) for what, done in pulls.items()}
        yield _by_label("wizterm_pull_age_seconds", "Since the ERP was pulled from last.", "what", ages)

    def _shut(self, now: datetime) -> Metric:
        """An outside that failed several times in a row is left alone for a while."""
        with self._store.reading():
            until = rows(Outside.select(Outside.target, Outside.shut_until))
        shut = {target: float(shut_until > milliseconds(now)) for target, shut_until in until}
        return _by_label("wizterm_outside_shut", "1 while an outside is left alone after failures.", "target", shut)

    def _counted(self) -> Iterator[Metric]:
        sums = self._tallies.sums()
        for tally, (name, words, label) in COUNTED.items():
            family = CounterMetricFamily(name, words, labels=[label])
            for (which, value), count in sorted(sums.items()):
                if which == tally:
                    family.add_metric([value], count)
            yield family


class _Now(Collector):
    """What was gathered for one scrape."""

    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> list[Metric]:
        return self._families


def _mails(seen: Overview, now: datetime) -> Iterator[Metric]:
    """Of a company that mails."""
    if not seen.mails:
        return
    family = GaugeMetricFamily(
        "wizterm_mails", "Mails by target and state, but for those held.", labels=["to", "state"]
    )
    for target, counts in sorted(seen.mails.items()):
        for state, count in _all(DeliveryState, counts).items():
            family.add_metric([target.removeprefix("mail-"), state], count)
    yield family
    yield _one("wizterm_mail_age_seconds", "Age of the oldest mail under way.", _age(seen.oldest_mail, now))


def _one(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _by_label(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _all(states: Iterable[str], counts: Mapping[str, int]) -> dict[str, float]:
    """A series for each state from the first scrape on: an alarm on one that was never there does not sound."""
    return {str(state): counts.get(str(state), 0) for state in states}


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
