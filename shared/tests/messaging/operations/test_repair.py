from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import pytest
from sqlmodel import select

from govproject.errors import Conflict, NotFound
from govproject.messaging import operations, outbox
from govproject.messaging.leases import renew
from govproject.messaging.operations import Selection
from govproject.messaging.receiving import Receiver, Verdict
from govproject.messaging.retry import Retrier
from govproject.messaging.topology import SLOTS, slot
from govproject.persistence.tables import EventAction, InboxState, Outbox, RelaySlot

PROJECT, OTHER = UUID(int=7), UUID(int=8)
EVERYTHING = Selection(all=True)
NOW = datetime(2026, 8, 3, 12, tzinfo=UTC)


@pytest.fixture
def park(review):
    """Park an event in its place, whether its turn has come or not."""

    def park(arrival):
        with review.db.write() as session:
            verdict = Verdict(InboxState.PARKED, "given up")
            Receiver(session, "review", {}, review.clock, verdict).receive([arrival])

    return park


@pytest.fixture
def act(db):
    """Call an operation in a transaction; a dry run in one that cannot write."""

    def call(operation, name, selection=EVERYTHING, *, dry_run=False, reason="agreed"):
        with (db.read if dry_run else db.write)() as session:
            order = operations.Order("cli:ada", reason, NOW, dry_run)
            affected = operation(session, name, selection, order)
        assert affected.dry_run is dry_run
        assert affected.action == operation.__name__
        return [event.aggregate_seq for event in affected.events]

    return call


@pytest.fixture
def replay(act):
    return partial(act, operations.replay, "review")


@pytest.fixture
def skip(act):
    return partial(act, operations.skip, "review")


@pytest.fixture
def republish(act):
    return partial(act, operations.republish, "intake")


@pytest.fixture
def actions(db):
    def rows() -> list[EventAction]:
        with db.read() as session:
            return list(session.exec(select(EventAction).order_by(EventAction.id)))

    return rows


@pytest.fixture
def stuck(review, events):
    """Two streams, each with a parked event in front of another one."""
    review.bad = {1}
    review.process(
        *(
            events.arrival(events.envelope(project, number))
            for project in (PROJECT, OTHER)
            for number in (1, 2)
        )
    )
    return review


def retry(review):
    Retrier(review.db, "review", review.handlers, review.clock).run_once()


def test_replayed_events_and_those_behind_them_take_effect_in_order(stuck, replay, actions):
    stuck.bad = set()
    ids = sorted(str(event.event_id) for event in stuck.parked())

    assert replay() == [1, 1]
    retry(stuck)

    assert stuck.effects(PROJECT) == stuck.effects(OTHER) == [1, 2]
    [action] = actions()
    assert (action.actor, action.action, action.reason) == ("cli:ada", "replay", "agreed")
    assert (action.at, action.selection) == (NOW, {"all": True})
    assert sorted(action.events) == ids


def test_only_what_is_meant_is_replayed(stuck, replay, actions):
    stuck.bad = set()

    assert replay(Selection(key=str(OTHER), source="intake")) == [1]
    retry(stuck)

    assert (stuck.effects(PROJECT), stuck.effects(OTHER)) == ([], [1, 2])
    assert actions()[0].selection == {"key": str(OTHER), "source": "intake"}


@pytest.mark.parametrize("name", ["replay", "skip"])
def test_a_dry_run_tells_and_changes_nothing(stuck, request, actions, name):
    before = stuck.inbox_rows()

    assert request.getfixturevalue(name)(dry_run=True) == [1, 1]

    assert (stuck.inbox_rows(), actions()) == (before, [])


@pytest.mark.parametrize("name", ["replay", "skip"])
@pytest.mark.parametrize("dry_run", [True, False])
def test_an_unknown_id_stops_the_whole(stuck, request, actions, name, dry_run):
    before = stuck.inbox_rows()
    ids = (stuck.parked()[0].event_id, PROJECT)

    with pytest.raises(NotFound) as refusal:
        request.getfixturevalue(name)(Selection(ids=ids), dry_run=dry_run)

    assert refusal.value.code == "event_not_parked"
    assert refusal.value.extra == {"event_ids": [str(PROJECT)]}
    assert (stuck.inbox_rows(), actions()) == (before, [])


@pytest.mark.parametrize("name", ["replay", "skip", "republish"])
def test_nothing_found_is_nothing_done(review, request, actions, name):
    assert request.getfixturevalue(name)(Selection(source="archive")) == []
    assert actions() == []


def test_skipped_events_let_those_behind_them_pass(stuck, skip, actions):
    assert skip() == [1, 1]
    retry(stuck)

    assert stuck.effects(PROJECT) == stuck.effects(OTHER) == [2]
    [action] = actions()
    assert (action.action, action.reason) == ("skip", "agreed")
    with stuck.db.read() as session:
        assert operations.verify(session, "review", now=NOW).discrepancies == []


@pytest.mark.parametrize("dry_run", [True, False])
def test_only_the_next_event_of_a_stream_is_skipped(review, events, park, skip, actions, dry_run):
    arrival = events.arrival(events.envelope(PROJECT, 2))
    park(arrival)

    with pytest.raises(Conflict) as refusal:
        skip(dry_run=dry_run)

    assert refusal.value.code == "event_not_next"
    assert review.inbox_rows() == [(2, "parked", True)]
    assert actions() == []


@pytest.mark.parametrize("dry_run", [True, False])
def test_events_that_follow_one_another_are_skipped_together(review, events, park, skip, dry_run):
    for number in (2, 1):
        arrival = events.arrival(events.envelope(PROJECT, number))
        park(arrival)

    assert skip(dry_run=dry_run) == [1, 2]


def test_what_has_no_place_is_skipped_and_replayed(review, events, skip, replay):
    review.process(events.arrival(events.envelope(PROJECT, 1), source=""))
    review.process(events.arrival(events.envelope(OTHER, 1), source=""))

    assert replay(Selection(ids=(review.parked()[0].event_id,))) == [0]
    assert skip() == [0]

    assert review.parked() == []


def test_of_two_events_with_one_id_the_right_one_is_skipped(review, events, skip):
    review.bad = {1, 3}
    one = events.envelope(PROJECT, 1)
    twin = events.envelope(OTHER, 1, source="review", event_id=one.event_id)
    review.process(events.arrival(one), events.arrival(twin, source="review"))

    assert skip(Selection(ids=(one.event_id,), source="intake")) == [1]

    assert [event.source for event in review.parked()] == ["review"]


@pytest.fixture
def published(db, events):
    """A producer with three events, of which two have left."""
    events.append(db, PROJECT, 1, 2)
    with db.write() as session:
        renew(session, PROJECT)
        rows = outbox.due(session, range(SLOTS), 10)
        outbox.settle(session, [row.seq for row in rows], {})
    events.append(db, PROJECT, 3)
    return [row.event_id for row in rows]


def counted(db) -> int:
    with db.read() as session:
        return session.get_one(RelaySlot, slot(str(PROJECT))).published


def due(db):
    with db.read() as session:
        return [row.event_id for row in outbox.due(session, range(SLOTS), 10)]


def test_republished_events_are_sent_again_and_counted_once(db, republish, published, actions):
    with db.write() as session:
        session.exec(select(Outbox).where(Outbox.event_id == published[0])).one().attempts = 3

    assert republish(Selection(ids=(published[0],))) == [1]

    rows = due(db)
    assert published[0] in rows
    assert published[1] not in rows
    assert counted(db) == 1
    with db.write() as session:
        outbox.settle(session, [row.seq for row in outbox.due(session, range(SLOTS), 10)], {})
    assert counted(db) == 3
    assert actions()[0].events == [str(published[0])]
    with db.read() as session:
        assert operations.verify(session, "intake", now=NOW).discrepancies == []


def test_a_dry_run_republishes_nothing(db, republish, published, actions):
    assert republish(dry_run=True) == [1, 2]
    assert (len(due(db)), counted(db), actions()) == (1, 2, [])


def test_what_has_not_left_cannot_be_sent_again(db, republish, published):
    [waiting] = due(db)
    with pytest.raises(NotFound) as refusal:
        republish(Selection(ids=(waiting, published[0])))
    assert refusal.value.code == "event_not_published"
    assert counted(db) == 2


def test_republishing_is_limited_to_what_is_meant(republish, published, events):
    assert republish(Selection(type="filing")) == []
    assert republish(Selection(source="review")) == []
    assert republish(Selection(until=events.NOW), dry_run=True) == []
    assert republish(Selection(since=events.NOW, source="intake", type="project")) == [1, 2]
