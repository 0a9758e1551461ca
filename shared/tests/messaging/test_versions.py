"""Two versions of an event in one stream, read by code that knows both and by code that does not.

The producer is intake; versions are made for each test and forgotten after it.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from govproject.contracts.event import Event, known
from govproject.messaging import inbox, retry, versions
from govproject.messaging.envelope import Arrival, type_of

PROJECT = UUID(int=7)
NAME = "project.renamed"


@dataclass
class Versions:
    """Contracts of one event; `publish` decides which of them this build knows."""

    made: dict[int, type[Event]] = field(default_factory=dict)

    def make(self, version: int, **body: Any) -> type[Event]:
        contract = type(Event)(
            f"Renamed{version}", (Event,), body, source="intake", name=NAME, version=version
        )
        self.made[version] = contract
        return contract

    def know(self, *wanted: int) -> None:
        for version, contract in self.made.items():
            known().pop(("intake", NAME, version), None)
            if version in wanted:
                known()["intake", NAME, version] = contract


def second(event: Any) -> Event:
    """A first version as the second: one title became a list of them."""
    newer = known()["intake", NAME, 2]
    return newer(project_id=event.project_id, titles=(event.title,))


def third(event: Any) -> Event:
    newer = known()["intake", NAME, 3]
    return newer(project_id=event.project_id, titles=event.titles, language="zh")


@pytest.fixture
def contracts(monkeypatch) -> Versions:
    monkeypatch.setattr("govproject.contracts.event._known", dict(known()))
    made = Versions()
    made.make(1, __annotations__={"title": str}, upgraded=second)
    made.make(2, __annotations__={"titles": tuple[str, ...]}, upgraded=third)
    made.make(3, __annotations__={"titles": tuple[str, ...], "language": str})
    made.know(1, 2)
    # Until a test says otherwise, the second version is the newest.
    made.made[2].upgraded = Event.upgraded  # type: ignore[method-assign]  # as in an older release
    return made


@pytest.fixture
def arrive(contracts, events):
    """The n-th event of the stream, in one of its versions."""
    ids = {}

    def arrive(number: int, version: int):
        fields = {"title": f"T{number}"} if version == 1 else {"titles": (f"T{number}",)}
        contract = contracts.made[version]
        event = contract(project_id=PROJECT, **fields)
        envelope = events.envelope(
            PROJECT, number, ce_type=type_of(contract), body=event.model_dump_json().encode()
        )
        return events.arrival(ids.setdefault(number, envelope))

    return arrive


@dataclass
class Consumer:
    """Handles some versions, and remembers what its handlers were given."""

    db: Any
    clock: Any
    handlers: dict[type[Event], Any] = field(default_factory=dict)
    seen: list[tuple[int, Event]] = field(default_factory=list)

    def handle(self, *contracts: type[Event]) -> None:
        self.handlers = dict.fromkeys(contracts, self.on_renamed)

    def on_renamed(self, _session: Session, event: Event, delivery) -> None:
        self.seen.append((delivery.aggregate_seq, event))

    def process(self, *arrivals: Arrival) -> dict[str, int]:
        outcomes = inbox.process(self.db, "review", self.handlers, arrivals, clock=self.clock)
        return {outcome.value: count for outcome, count in outcomes.items()}

    def retry(self) -> None:
        retry.Retrier(self.db, "review", self.handlers, self.clock).run_once()


@pytest.fixture
def consumer(review) -> Consumer:
    return Consumer(review.db, review.clock)


def test_new_code_takes_both_versions_in_order_with_one_handler(contracts, consumer, arrive):
    newest = contracts.made[2]
    consumer.handle(newest)

    assert consumer.process(arrive(1, 1), arrive(2, 2), arrive(3, 1)) == {"done": 3}

    assert consumer.seen == [
        (number, newest(project_id=PROJECT, titles=(f"T{number}",))) for number in (1, 2, 3)
    ]


def test_old_code_parks_a_version_it_does_not_know_and_after_an_upgrade_all_take_effect_in_order(
    contracts, consumer, arrive, review
):
    contracts.know(1)
    consumer.handle(contracts.made[1])

    batch = [arrive(1, 1), arrive(2, 2), arrive(3, 1)]
    assert consumer.process(*batch) == {"done": 1, "parked": 1, "deferred": 1}

    assert [number for number, _ in consumer.seen] == [1]
    [parked] = review.parked()
    assert parked.aggregate_seq == 2
    assert parked.reason == "unknown event type govproject.intake.project.renamed.v2"
    assert review.backlog(PROJECT) == 2

    contracts.know(1, 2)
    consumer.handle(contracts.made[2])
    consumer.retry()
    assert [number for number, _ in consumer.seen] == [1]  # an operator decides when

    review.replay(parked.event_id)
    consumer.retry()

    assert [number for number, _ in consumer.seen] == [1, 2, 3]
    assert {type(event) for _, event in consumer.seen[1:]} == {contracts.made[2]}
    assert review.backlog(PROJECT) == 0
    assert consumer.process(*batch) == {"duplicate": 3}
    assert len(consumer.seen) == 3


def test_code_that_knows_a_version_and_handles_an_older_one_only_does_not_pass_it_over(
    contracts, consumer, arrive, review
):
    consumer.handle(contracts.made[1])

    assert consumer.process(arrive(1, 1), arrive(2, 2)) == {"done": 1, "parked": 1}

    [parked] = review.parked()
    assert parked.reason == "LookupError: project.renamed v2 is handled up to v1 only"


def test_a_consumer_with_a_handler_for_each_version_gets_them_as_they_came(
    contracts, consumer, arrive
):
    consumer.handle(contracts.made[1], contracts.made[2])

    consumer.process(arrive(1, 1), arrive(2, 2))

    assert [type(event) for _, event in consumer.seen] == [contracts.made[1], contracts.made[2]]


def test_an_event_climbs_as_many_versions_as_it_takes(contracts, consumer, arrive):
    contracts.made[2].upgraded = third  # type: ignore[method-assign]  # the third version is out
    contracts.know(1, 2, 3)
    newest = contracts.made[3]
    consumer.handle(newest)

    assert consumer.process(arrive(1, 1), arrive(2, 2)) == {"done": 2}

    assert consumer.seen == [
        (number, newest(project_id=PROJECT, titles=(f"T{number}",), language="zh"))
        for number in (1, 2)
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        Event.upgraded,  # says no way
        lambda event: known()["intake", NAME, 3](
            project_id=event.project_id, titles=(), language="zh"
        ),
        lambda _event: known()["intake", NAME, 2](project_id=UUID(int=8), titles=()),
    ],
    ids=["none", "one too far", "another project"],
)
def test_an_event_that_does_not_become_what_is_handled_is_parked_and_not_passed_over(
    contracts, consumer, arrive, review, wrong
):
    contracts.made[1].upgraded = wrong  # type: ignore[method-assign]  # a mistake
    contracts.know(1, 2, 3)
    consumer.handle(contracts.made[2])

    assert consumer.process(arrive(1, 1), arrive(2, 2)) == {"parked": 1, "deferred": 1}

    [parked] = review.parked()
    assert parked.reason == "TypeError: Renamed1 does not become its next version"
    assert consumer.seen == []


def test_an_event_without_a_handler_in_any_version_does_not_interest(contracts):
    assert versions.handled(contracts.made[1], {}) is None
    assert versions.handled(contracts.made[2], {}) is None
