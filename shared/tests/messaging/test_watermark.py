import json
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from govproject.messaging import watermark
from govproject.messaging.heartbeat import AHEAD, Heartbeat
from govproject.messaging.topology import SLOTS, slot

PROJECT = UUID(int=7)
NONE = [0] * SLOTS
EPSILON = timedelta(microseconds=1)


@pytest.fixture
def expect(db):
    def expect(*sources: str, partitions=1):
        with db.write() as session:
            watermark.expect(session, "review", sources, partitions)

    return expect


@pytest.fixture
def record(db, events):
    def record(minutes, source="intake", partition=0):
        with db.write() as session:
            moment = events.NOW + timedelta(minutes=minutes)
            watermark.record(
                session,
                "review",
                source,
                Heartbeat(moment, (0,) * SLOTS),
                behind={},
                partition=partition,
                partitions=1,
                latest=events.NOW + timedelta(days=1),
            )
            return moment

    return record


@pytest.fixture
def knowledge(db):
    def knowledge():
        with db.read() as session:
            return watermark.knowledge(session, "review")

    return knowledge


def test_a_source_is_unknown_until_it_is_heard(expect, record, knowledge):
    expect("intake", "archive")
    assert knowledge() == {"intake": None, "archive": None}

    heard = record(5)
    assert knowledge() == {"intake": heard, "archive": None}


def test_knowledge_is_as_old_as_the_slowest_partition(expect, record, knowledge):
    expect("intake", partitions=2)
    record(9, partition=0)
    assert knowledge() == {"intake": None}

    slow = record(5, partition=1)
    assert knowledge() == {"intake": slow}


def test_a_late_heartbeat_changes_nothing(expect, record, knowledge):
    expect("intake")
    newest = record(9)
    record(5)

    assert knowledge() == {"intake": newest}


def test_a_watermark_of_a_wrong_clock_is_replaced(expect, record, knowledge):
    expect("intake")
    record(2 * 24 * 60)
    right = record(5)

    assert knowledge() == {"intake": right}


def test_a_restart_forgets_nothing(expect, record, knowledge):
    expect("intake")
    heard = record(5)

    expect("intake")

    assert knowledge() == {"intake": heard}


def test_other_sources_and_partitions_count_no_more(expect, record, knowledge):
    expect("intake", "archive", partitions=2)
    record(5, partition=0)
    expect("intake", partitions=1)

    assert list(knowledge()) == ["intake"]
    assert knowledge()["intake"] is not None


def test_more_partitions_have_to_be_heard_first(expect, record, knowledge):
    expect("intake")
    record(5)

    expect("intake", partitions=2)

    assert knowledge() == {"intake": None}


def test_a_heartbeat_is_recorded_with_the_events_before_it(review, events, expect, knowledge):
    expect("intake")
    outcomes = review.process(events.arrival(events.envelope(PROJECT, 1)), events.beat())

    assert outcomes == {"done": 1, "heartbeat": 1}
    assert knowledge() == {"intake": events.NOW}


@pytest.mark.parametrize(("ahead", "counts"), [(AHEAD, True), (AHEAD + EPSILON, False)])
def test_a_heartbeat_from_the_future_vouches_for_nothing(
    review, events, expect, knowledge, ahead, counts
):
    expect("intake")

    assert review.process(events.beat(review.now + ahead)) == {"heartbeat": 1}
    assert knowledge() == {"intake": review.now + ahead if counts else None}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"17",
        b'{"as_of": "2026-08-03T09:30:00+08:00"}',
        b"\xff",
        *(
            json.dumps({"as_of": as_of, "published": published}).encode()
            for as_of, published in [
                (17, NONE),
                ("2026-08-03T09:30:00", NONE),
                ("9999-12-31T23:59:59-12:00", NONE),
                ("0001-01-01T00:00:00+14:00", NONE),
                ("2026-08-03T09:30:00+08:00", NONE[1:]),
                ("2026-08-03T09:30:00+08:00", [*NONE, 0]),
                ("2026-08-03T09:30:00+08:00", [*NONE[1:], -1]),
                ("2026-08-03T09:30:00+08:00", [*NONE[1:], 2**63]),
                ("2026-08-03T09:30:00+08:00", [*NONE[1:], "1"]),
            ]
        ),
    ],
)
def test_a_heartbeat_that_vouches_for_nothing_is_parked(review, events, body):
    assert review.process(events.beat()._replace(body=body)) == {"parked": 1}
    assert "vouches for nothing" in review.parked()[0].reason


def test_a_heartbeat_in_anothers_name_is_no_heartbeat(review, events, expect, knowledge):
    expect("intake")

    assert review.process(events.beat()._replace(source="archive")) == {"parked": 1}
    assert knowledge() == {"intake": None}


@pytest.fixture
def missing(db):
    def missing():
        with db.read() as session:
            return session.execute(text("SELECT sum(missing) FROM inbox_watermark")).scalar_one()

    return missing


def test_knowledge_stands_still_while_events_are_missing(
    review, events, expect, knowledge, missing
):
    expect("intake")
    review.process(events.beat())
    one, two = (events.arrival(events.envelope(PROJECT, number)) for number in (1, 2))
    later = events.NOW + timedelta(minutes=1)

    review.process(one, events.beat(later, published={PROJECT: 2}))
    assert (knowledge(), missing()) == ({"intake": events.NOW}, 1)

    review.process(two, events.beat(later, published={PROJECT: 2}))
    assert (knowledge(), missing()) == ({"intake": later}, 0)


def test_what_comes_behind_a_heartbeat_does_not_make_up_for_what_is_missing(
    review, events, expect, knowledge, missing
):
    expect("intake")
    one, three = (events.arrival(events.envelope(PROJECT, number)) for number in (1, 3))
    later = events.NOW + timedelta(minutes=1)

    review.process(events.beat(), one, events.beat(later, published={PROJECT: 2}), three)

    assert (knowledge(), missing()) == ({"intake": None}, 1)


def test_a_heartbeat_that_comes_again_behind_what_followed_it_does_not_make_up_for_it(
    review, events, expect, knowledge, missing
):
    """The commit was made and not acknowledged: everything comes again, each alone."""
    expect("intake")
    one, three = (events.arrival(events.envelope(PROJECT, number)) for number in (1, 3))
    batch = one, events.beat(published={PROJECT: 2}), three
    review.process(*batch)

    for arrival in batch:
        review.process(arrival._replace(redelivered=True))
    assert (knowledge(), missing()) == ({"intake": None}, 1)

    review.process(events.arrival(events.envelope(PROJECT, 2)), events.beat(published={PROJECT: 3}))
    assert (knowledge(), missing()) == ({"intake": events.NOW}, 0)


def test_counts_beyond_measure_are_a_great_lack(review, events, expect, knowledge, missing):
    expect("intake")

    review.process(events.beat(published={PROJECT: 2**62, UUID(int=8): 2**62}))

    assert (knowledge(), missing()) == ({"intake": None}, 2**31 - 1)


@pytest.mark.parametrize("order", [(2, 3, 1), (1, 1, 2, 3), (3, 2, 1, 1, 2, 3)])
def test_what_is_deferred_or_comes_twice_counts_once(
    review, events, expect, knowledge, missing, order
):
    expect("intake")
    known = {number: events.arrival(events.envelope(PROJECT, number)) for number in (1, 2, 3)}

    for number in order:
        review.process(known[number])
    review.process(events.beat(published={PROJECT: 3}))
    assert (knowledge(), missing()) == ({"intake": events.NOW}, 0)

    review.process(events.beat(published={PROJECT: 4}))
    assert missing() == 1


def test_what_is_parked_has_arrived(review, events, expect, missing):
    expect("intake")
    review.bad.add(1)
    review.process(events.arrival(events.envelope(PROJECT, 1)))

    review.process(events.beat(published={PROJECT: 1}))
    assert missing() == 0


def test_what_has_no_place_has_not_arrived(review, events, expect, missing):
    expect("intake")
    review.process(events.arrival(events.envelope(PROJECT, 1)))
    review.process(events.arrival(events.envelope(PROJECT, 1, time=review.now)))  # another first

    review.process(events.beat(published={PROJECT: 2}))
    assert missing() == 1


def test_a_partition_vouches_for_its_own_slots(review, events, expect, knowledge):
    expect("intake", partitions=2)
    beat = events.beat(published={PROJECT: 1})
    with_it = slot(str(PROJECT)) % 2

    for partition in (0, 1):
        review.process(beat, partition=partition, partitions=2)
    assert knowledge() == {"intake": None}

    review.process(
        events.arrival(events.envelope(PROJECT, 1)), beat, partition=with_it, partitions=2
    )
    assert knowledge() == {"intake": events.NOW}


def test_a_heartbeat_behind_a_duplicate_vouches_for_nothing(review, events, expect, knowledge):
    expect("intake")
    first = events.arrival(events.envelope(PROJECT, 1))
    # Another consumer had this batch while this one hung: 2 was lost, 3 has come since.
    review.process(first, events.arrival(events.envelope(PROJECT, 3)))

    review.process(first, events.beat(published={PROJECT: 2}))

    assert knowledge()["intake"] is None
