from uuid import UUID

import pytest

from govproject.messaging import dead_letters
from govproject.messaging.envelope import Arrival
from govproject.messaging.topology import Topology, dead_letter_queue, queue

PROJECT = UUID(int=7)


@pytest.fixture
def park(review):
    def park(*arrivals: Arrival):
        dead_letters.park(review.db, "review", arrivals, clock=review.clock)

    return park


def test_a_dead_letter_is_parked_in_its_place(review, events, park):
    one, two = (events.arrival(events.envelope(PROJECT, number)) for number in (1, 2))
    park(one)

    assert review.process(two) == {"deferred": 1}

    [parked] = review.parked()
    assert (parked.aggregate_id, parked.aggregate_seq) == (str(PROJECT), 1)
    assert "gave it up" in parked.error


def test_a_dead_letter_beyond_a_gap_stops_its_stream_there(review, events, park):
    one, two, three = (events.arrival(events.envelope(PROJECT, n)) for n in (1, 2, 3))
    park(two)

    review.process(three, one)

    assert review.effects(PROJECT) == [1]
    assert [parked.aggregate_seq for parked in review.parked()] == [2]


def test_what_took_effect_in_the_meantime_is_left_alone(review, events, park):
    one = events.arrival(events.envelope(PROJECT, 1))
    review.process(one)

    park(one)

    assert review.parked() == []


def test_a_kept_event_that_becomes_a_dead_letter_is_parked(review, events, park):
    two = events.arrival(events.envelope(PROJECT, 2))
    review.process(two)

    park(two)

    assert review.inbox_rows() == [(2, "parked", True)]


def test_heartbeats_do_not_matter(review, events, park):
    park(events.beat())

    assert review.parked() == []


async def test_what_the_broker_gives_up_is_parked_and_can_be_replayed(suite, review, events):
    """As after a message that ended the process each time."""
    await suite.declare(Topology("review", ("intake",), 1))
    envelopes = [events.envelope(PROJECT, number) for number in (1, 2)]
    await suite.publish((envelopes[0].headers(), envelopes[0].body))
    async with suite.channel() as channel:
        await channel.set_qos(prefetch_count=1)
        declared = await channel.declare_queue(queue("review", 0), passive=True)
        async with declared.iterator() as messages:
            for _ in range(21):
                await (await anext(messages)).reject(requeue=True)
    await suite.until_count(dead_letter_queue("review"), 1)

    async with suite.review(review):
        await suite.publish((envelopes[1].headers(), envelopes[1].body))
        await suite.until(lambda: review.backlog(PROJECT) == 2)
        [parked] = review.parked()
        assert parked.event_id == envelopes[0].event_id

        review.replay(parked.event_id)
        await suite.until(lambda: review.effects(PROJECT) == [1, 2])

    assert await suite.count(dead_letter_queue("review")) == 0
