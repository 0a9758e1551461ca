from uuid import UUID

import pytest

from govproject.messaging import dead_letters, outbox
from govproject.messaging.envelope import Arrival
from govproject.messaging.topology import SLOTS, Topology, dead_letter_queue, queue

PROJECT = UUID(int=7)
QUEUE = queue("review", 0)
DEAD_LETTERS = dead_letter_queue("review")


@pytest.fixture
def keep(review):
    def keep(*arrivals: Arrival):
        dead_letters.keep(review.db, "review", arrivals, clock=review.clock)

    return keep


def test_a_dead_letter_is_kept_in_its_place(review, events, keep):
    one, two = (events.arrival(events.envelope(PROJECT, number)) for number in (1, 2))
    keep(one)

    assert review.process(two) == {"deferred": 1}

    assert review.inbox_rows() == [(1, "deferred", True), (2, "deferred", True)]
    assert review.parked() == []


def test_a_dead_letter_beyond_a_gap_waits_for_its_turn(review, events, keep):
    one, two, three = (events.arrival(events.envelope(PROJECT, n)) for n in (1, 2, 3))
    keep(two)

    review.process(three, one)

    assert review.effects(PROJECT) == [1, 2, 3]


def test_what_took_effect_in_the_meantime_is_left_alone(review, events, keep):
    one = events.arrival(events.envelope(PROJECT, 1))
    review.process(one)

    keep(one)

    assert review.parked() == []


def test_a_kept_event_that_becomes_a_dead_letter_stays_kept(review, events, keep):
    two = events.arrival(events.envelope(PROJECT, 2))
    review.process(two)

    keep(two)

    assert review.inbox_rows() == [(2, "deferred", True)]


def test_a_parked_event_that_becomes_a_dead_letter_stays_parked(review, events, keep):
    review.bad.add(1)
    one = events.arrival(events.envelope(PROJECT, 1))
    review.process(one)
    reason = review.parked()[0].reason

    keep(one)

    assert [parked.reason for parked in review.parked()] == [reason]


def test_heartbeats_do_not_matter(review, events, keep):
    keep(events.beat())

    assert review.inbox_rows() == []


def test_what_only_claims_to_be_a_heartbeat_is_parked(review, events, keep):
    keep(events.beat()._replace(body=b"[]"))

    [parked] = review.parked()
    assert parked.reason.startswith("a heartbeat that vouches for nothing")


@pytest.fixture
def let_go(suite):
    """Take what is in the queue as often as a consumer may that dies over it each time."""

    async def let_go() -> int:
        count = await suite.count(QUEUE)
        async with suite.channel() as channel:
            await channel.set_qos(prefetch_count=1)
            declared = await channel.declare_queue(QUEUE, passive=True)
            async with declared.iterator() as messages:
                for _ in range(21 * count):
                    await (await anext(messages)).reject(requeue=True)
        await suite.until_count(DEAD_LETTERS, count)
        return count

    return let_go


async def test_what_the_broker_gives_up_is_tried_again_in_order(suite, review, events, let_go):
    """As the neighbour of a message that ended the process each time."""
    await suite.declare(Topology("review", ("intake",), 1))
    envelopes = [events.envelope(PROJECT, number) for number in (1, 2)]
    await suite.publish((envelopes[0].headers(), envelopes[0].body))
    await let_go()

    async with suite.review(review):
        await suite.publish((envelopes[1].headers(), envelopes[1].body))
        await suite.until(lambda: review.effects(PROJECT) == [1, 2])

    assert await suite.count(DEAD_LETTERS) == 0


async def test_heartbeats_that_the_broker_gives_up_do_not_matter(
    suite, review, intake_db, events, let_go
):
    """Of both kinds: to the one follower that is waited for, and to all behind the first event."""

    def all_sent() -> bool:
        with intake_db.read() as session:
            return outbox.due(session, range(SLOTS), 1) == []

    await suite.declare(Topology("review", ("intake",), 1))
    events.append(intake_db, PROJECT, 1)
    async with suite.intake(intake_db, required=("review",)):
        await suite.until(all_sent)
    assert await let_go() >= 3

    async with suite.review(review):
        await suite.until(lambda: review.effects(PROJECT) == [1])
        await suite.until_count(DEAD_LETTERS, 0)

    assert review.inbox_rows() == [(1, "done", False)]
