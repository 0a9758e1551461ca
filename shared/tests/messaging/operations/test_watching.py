from datetime import timedelta
from uuid import UUID

import pytest

from govproject.messaging import operations, outbox, watermark
from govproject.messaging.leases import renew
from govproject.messaging.operations import Filter
from govproject.messaging.topology import SLOTS

PROJECT, OTHER = UUID(int=7), UUID(int=8)


@pytest.fixture
def lag(db, events):
    def read(service):
        with db.read() as session:
            return operations.lag(session, service, now=events.NOW + timedelta(minutes=5))

    return read


@pytest.fixture
def publish(db):
    def all_that_is_due():
        with db.write() as session:
            renew(session, PROJECT)
            rows = outbox.due(session, range(SLOTS), 1000)
            outbox.settle(session, [row.seq for row in rows], {})

    return all_that_is_due


def test_what_has_not_left_is_counted_with_its_age(db, events, lag, publish):
    assert lag("intake").oldest_unpublished_seconds is None
    events.append(db, PROJECT, 1)
    publish()
    events.append(db, PROJECT, 2, 3)

    found = lag("intake")

    assert found.unpublished == 2
    assert (found.oldest_unpublished_at, found.oldest_unpublished_seconds) == (events.NOW, 300)


def test_what_has_not_taken_effect_is_counted_by_source_and_state(review, events, lag):
    review.bad = {1}
    review.process(
        *(events.arrival(events.envelope(PROJECT, number)) for number in (1, 2, 3)),
        events.arrival(events.envelope(PROJECT, 2, source="archive"), source="archive"),
    )

    assert [(kept.source, kept.state, kept.events) for kept in lag("review").kept] == [
        ("archive", "deferred", 1),
        ("intake", "deferred", 2),
        ("intake", "parked", 1),
    ]
    assert lag("intake").kept == []


def test_knowledge_has_an_age_and_says_what_is_missing(review, events, lag, db):
    with db.write() as session:
        watermark.expect(session, "review", ("intake", "archive"), 1)
    review.process(events.beat())
    review.process(events.beat(published={PROJECT: 2, OTHER: 1}))

    archive, intake = lag("review").knowledge

    assert (archive.source, archive.as_of, archive.age_seconds) == ("archive", None, None)
    assert (intake.source, intake.age_seconds, intake.missing) == ("intake", 300, 3)


@pytest.fixture
def tail(db):
    def read(service, after=None, wanted=Filter(), limit=100):  # noqa: B008  # it is frozen
        with db.read() as session:
            return operations.tail(session, service, wanted, limit=limit, after=after)

    return read


def shown(read):
    return [(entry.direction, entry.state, entry.aggregate_seq) for entry in read.entries]


def test_the_tail_merges_what_left_and_what_came_by_time(review, events, tail, publish, db):
    events.append(db, PROJECT, 1)
    publish()
    review.bad = {2}
    review.process(*(events.arrival(events.envelope(PROJECT, number)) for number in (1, 2, 3)))

    read = tail("review")

    assert shown(read)[0] == ("written", "published", 1)
    assert sorted(shown(read)[1:]) == [
        ("received", "deferred", 3),
        ("received", "done", 1),
        ("received", "parked", 2),
    ]
    assert read.complete
    assert [entry.at for entry in read.entries] == sorted(entry.at for entry in read.entries)


def test_the_tail_goes_on_where_it_was(review, events, tail, db):
    events.append(db, PROJECT, 1)
    review.bad = {1}
    review.process(events.arrival(events.envelope(PROJECT, 1)))
    first = tail("review")
    assert tail("review", first.position).entries == []

    review.bad = set()
    review.replay(review.parked()[0].event_id)
    review.process(events.arrival(events.envelope(OTHER, 1)))
    events.append(db, PROJECT, 2)
    second = tail("review", first.position)

    assert sorted(shown(second)) == [
        ("received", "deferred", 1),
        ("received", "done", 1),
        ("written", "unpublished", 2),
    ]
    assert tail("review", second.position).entries == []


def test_the_tail_says_when_it_cannot_keep_up(review, events, tail, db):
    first = tail("review", limit=3)
    events.append(db, PROJECT, 1, 2)
    second = tail("review", first.position, limit=3)
    events.append(db, PROJECT, 3, 4, 5, 6)
    third = tail("review", second.position, limit=3)

    assert (second.complete, len(second.entries)) == (True, 2)
    assert (third.complete, [entry.aggregate_seq for entry in third.entries]) == (False, [4, 5, 6])


def test_the_tail_shows_what_is_meant(review, events, tail, db):
    events.append(db, PROJECT, 1)
    events.append(db, OTHER, 1)
    review.process(events.arrival(events.envelope(OTHER, 2)))

    assert shown(tail("review", wanted=Filter(key=str(PROJECT)))) == [("written", "unpublished", 1)]
    assert tail("review", wanted=Filter(type="filing")).entries == []
