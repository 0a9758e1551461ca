import random
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import chain
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError

from govproject import logs
from govproject.contracts.intake import ProjectPlanAdopted
from govproject.errors import NotFound
from govproject.messaging import inbox, outbox
from govproject.persistence.tables import Inbox, core

PROJECT = UUID(int=7)
OTHER = UUID(int=8)


def test_an_event_takes_effect(review, arrive):
    assert review.process(arrive(1)) == {"done": 1}

    assert review.effects(PROJECT) == [1]
    assert review.inbox_rows() == [(1, "done", False)]


def test_a_handler_is_told_where_the_event_comes_from(review, events):
    envelope = events.envelope(
        PROJECT, 1, request_id="request-1", traceparent=f"00-{'a' * 32}-{'b' * 16}-01"
    )
    review.now += timedelta(hours=1)

    review.process(events.arrival(envelope))

    [delivery] = review.deliveries
    assert delivery.event_id == envelope.event_id
    assert (delivery.source, delivery.aggregate_id, delivery.aggregate_seq) == (
        "intake",
        str(PROJECT),
        1,
    )
    assert delivery.time == events.NOW
    assert delivery.now == events.NOW + timedelta(hours=1)
    assert delivery.request_id == "request-1"
    assert re.fullmatch(f"00-{'a' * 32}-(?!{'b' * 16})[0-9a-f]{{16}}-01", delivery.traceparent)


def test_broken_tracing_headers_cost_an_event_nothing_but_its_trace(review, events):
    envelope = events.envelope(PROJECT, 1, request_id="a\0b", traceparent="00-\ud800")

    assert review.process(events.arrival(envelope)) == {"done": 1}

    [delivery] = review.deliveries
    assert delivery.request_id is None
    assert re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-00", delivery.traceparent)


def test_a_handlers_log_lines_have_the_ids_of_its_trace(review, events):
    envelope = events.envelope(
        PROJECT, 1, request_id="request-1", traceparent=f"00-{'a' * 32}-{'b' * 16}-01"
    )
    seen = []

    def handler(session, event, delivery):
        seen.append((logs.about.get()(), delivery))

    inbox.process(
        review.db,
        "review",
        {ProjectPlanAdopted: handler},
        [events.arrival(envelope)],
        clock=review.clock,
    )

    [(context, delivery)] = seen
    assert context == {
        "event_type": "govproject.intake.project.plan_adopted.v1",
        "event_id": str(envelope.event_id),
        "aggregate_id": str(PROJECT),
        "request_id": "request-1",
        "trace_id": "a" * 32,
        "span_id": delivery.traceparent[36:52],
    }


def test_a_batch_takes_effect_in_order(review, arrive):
    batch = [arrive(number, project) for number in (1, 2, 3) for project in (PROJECT, OTHER)]

    assert review.process(*batch) == {"done": 6}

    assert review.effects(PROJECT) == review.effects(OTHER) == [1, 2, 3]


def test_a_duplicate_has_no_effect(review, arrive):
    review.process(arrive(1))

    assert review.process(arrive(1)) == {"duplicate": 1}
    assert review.process(arrive(2), arrive(2)) == {"done": 1, "duplicate": 1}

    assert review.effects(PROJECT) == [1, 2]


def test_a_duplicate_a_year_later_is_still_a_duplicate(review, arrive):
    review.process(arrive(1))
    with review.db.write() as session:
        session.execute(text("DELETE FROM inbox"))  # as the purge does
    review.now += timedelta(days=365)

    assert review.process(arrive(1)) == {"duplicate": 1}

    assert review.effects(PROJECT) == [1]


def test_an_event_waits_for_those_before_it(review, arrive):
    assert review.process(arrive(3)) == {"deferred": 1}
    assert review.process(arrive(2)) == {"deferred": 1}
    assert review.effects(PROJECT) == []
    assert review.backlog(PROJECT) == 2

    assert review.process(arrive(1)) == {"done": 3}

    assert review.effects(PROJECT) == [1, 2, 3]
    assert review.backlog(PROJECT) == 0
    assert review.inbox_rows() == [(n, "done", False) for n in (1, 2, 3)]


def test_order_within_a_batch_does_not_matter(review, arrive):
    assert review.process(arrive(2), arrive(3), arrive(1)) == {"deferred": 2, "done": 3}

    assert review.effects(PROJECT) == [1, 2, 3]


def test_a_gap_holds_up_its_own_stream_alone(review, arrive):
    review.process(arrive(2), arrive(1, OTHER), arrive(2, OTHER))

    assert review.effects(PROJECT) == []
    assert review.effects(OTHER) == [1, 2]


def test_a_kept_event_that_comes_again_is_a_duplicate(review, arrive):
    review.process(arrive(2))

    assert review.process(arrive(2)) == {"duplicate": 1}
    assert review.backlog(PROJECT) == 1


def test_an_event_without_a_handler_is_skipped_and_counts(review, arrive, events):
    uninteresting = events.arrival(events.uninteresting(PROJECT, 2))

    assert review.process(arrive(1), uninteresting, arrive(3)) == {"done": 2, "skipped": 1}

    assert review.effects(PROJECT) == [1, 3]


def test_streams_of_two_producers_are_independent(review, arrive, events):
    foreign = events.envelope(PROJECT, 2, source="review")

    assert review.process(arrive(1), events.arrival(foreign, source="review")) == {
        "done": 1,
        "deferred": 1,
    }


def test_what_a_failing_handler_did_is_undone_alone(review, arrive, events):
    def handler(session, event, delivery):
        outbox.append(session, events.event(OTHER, event.plan_year), now=delivery.now)
        review.on_plan_adopted(session, event, delivery)

    review.bad = {2}
    inbox.process(
        review.db,
        "review",
        {ProjectPlanAdopted: handler},
        [arrive(1), arrive(2)],
        clock=review.clock,
    )

    with review.db.read() as session:
        appended = session.execute(text("SELECT aggregate_seq FROM outbox")).scalars().all()
    assert appended == [1]
    assert review.effects(PROJECT) == [1]


def test_a_handler_runs_once_unless_another_one_fails(review, arrive):
    """Without a savepoint a failure cannot be taken back alone: then, and only then, all is."""
    review.process(arrive(1), arrive(2))
    assert len(review.deliveries) == 2

    review.bad = {4}
    assert review.process(arrive(3), arrive(4), arrive(1, OTHER)) == {"done": 2, "parked": 1}
    assert review.effects(PROJECT) == [1, 2, 3]
    assert review.effects(OTHER) == [1]


def test_a_handler_that_fails_over_a_half_read_result_locks_nobody_out(review, arrive, events):
    """What a failure holds on to is gone before the second attempt wants the database."""
    open_results = []

    def handler(session, event, delivery):
        review.on_plan_adopted(session, event, delivery)
        if event.plan_year == 2:
            numbers = "SELECT number FROM effect UNION ALL SELECT number FROM effect"
            results = session.execute(text(numbers))
            open_results.append(results.fetchone())
            raise RuntimeError("half-way")

    outcomes = inbox.process(
        review.db,
        "review",
        {ProjectPlanAdopted: handler},
        [arrive(1), arrive(2), arrive(1, OTHER)],
        clock=review.clock,
    )

    assert outcomes == {"done": 2, "parked": 1}
    assert len(open_results) == 2


def test_an_event_that_cannot_be_applied_yet_is_kept(review, arrive):
    review.later = {1}

    assert review.process(arrive(1), arrive(2)) == {"deferred": 2}
    assert review.parked() == []
    assert review.effects(PROJECT) == []


def test_a_replayed_event_does_not_run_while_an_earlier_one_is_missing(review, arrive):
    review.process(arrive(2))

    with pytest.raises(NotFound):
        review.replay(UUID(arrive(2).headers["ce-id"]))


def test_a_message_that_died_before_goes_alone(review, arrive):
    review.process(arrive(2))

    assert review.process(arrive(1, redelivered=True)) == {"done": 1}

    assert review.effects(PROJECT) == [1]  # 2 follows from the retrier, which counts attempts


def test_nothing_is_done_while_the_database_is_away(review, arrive):
    def handler(session, event, delivery):
        raise OperationalError("", {}, _full())

    with pytest.raises(OperationalError):
        inbox.process(
            review.db, "review", {ProjectPlanAdopted: handler}, [arrive(1)], clock=review.clock
        )

    assert review.inbox_rows() == []
    assert review.process(arrive(1)) == {"done": 1}


def _full():
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


def test_purging_forgets_final_events_only(review, arrive):
    review.process(arrive(1), arrive(3))
    with review.db.write() as session:
        assert inbox.purge(session, timedelta(0), 100) == 0  # within the time to remember
        session.execute(
            update(core(Inbox))
            .where(core(Inbox).c.state == "done")
            .values(finished_at=datetime(2020, 1, 1, tzinfo=UTC))
        )
        assert inbox.purge(session, timedelta(days=7), 100) == 1

    assert review.inbox_rows() == [(3, "deferred", True)]
    assert review.process(arrive(2)) == {"done": 2}


def _merge(streams, rnd):
    """Any order, some twice or three times."""
    deliveries = [one for stream in streams for one in stream]
    deliveries += [one for one in deliveries if rnd.random() < 0.4]
    rnd.shuffle(deliveries)
    return deliveries


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lengths=st.lists(st.integers(1, 7), min_size=1, max_size=4),
    order=st.randoms(use_true_random=False),
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=5),
)
def test_whatever_the_order_each_effect_comes_once_and_in_order(
    review, events, lengths, order: random.Random, sizes
):
    projects = [uuid4() for _ in lengths]
    streams = [
        [events.envelope(project, n) for n in range(1, length + 1)]
        for project, length in zip(projects, lengths, strict=True)
    ]
    pending = _merge(streams, order)
    for size in chain(sizes, [len(pending)]):
        batch, pending = pending[:size], pending[size:]
        review.process(*map(events.arrival, batch))

    for project, length in zip(projects, lengths, strict=True):
        assert review.effects(project) == list(range(1, length + 1))
        assert review.backlog(project) == 0
