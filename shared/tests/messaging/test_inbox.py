import random
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError

from govproject import logs
from govproject.contracts.intake import ProjectPlanAdopted
from govproject.errors import Conflict, Invalid, NotFound, Unavailable
from govproject.messaging import inbox, outbox
from govproject.messaging.receiving import Receiver, Verdict
from govproject.persistence.tables import Inbox, InboxState, core

PROJECT = UUID(int=7)
OTHER = UUID(int=8)


@pytest.fixture
def arrive(events):
    """The n-th event of the project, as it arrives; the same one each time it is asked for."""
    made = {}

    def arrive(number, project_id=PROJECT, **changes: Any):
        key = project_id, number
        made.setdefault(key, events.envelope(project_id, number))
        return events.arrival(made[key], **changes)

    return arrive


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


def test_a_bad_event_is_parked_and_its_stream_stops(review, arrive, caplog):
    review.bad = {2}

    assert review.process(arrive(1), arrive(2), arrive(3), arrive(1, OTHER)) == {
        "done": 2,
        "parked": 1,
        "deferred": 1,
    }

    assert review.effects(PROJECT) == [1]
    assert review.effects(OTHER) == [1]
    [parked] = review.parked()
    assert (parked.aggregate_id, parked.aggregate_seq) == (str(PROJECT), 2)
    assert parked.reason == "RuntimeError: cannot be applied"
    assert review.backlog(PROJECT) == 2
    assert "Traceback" in caplog.text


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


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(Unavailable("x", "稍后"), "deferred"), (Invalid("x", "不行"), "parked")],
)
def test_errors_that_officials_read_are_permanent_but_for_unavailability(
    review, arrive, error, outcome
):
    def handler(session, event, delivery):
        raise error

    outcomes = inbox.process(
        review.db, "review", {ProjectPlanAdopted: handler}, [arrive(1)], clock=review.clock
    )

    assert dict(outcomes) == {outcome: 1}


def test_an_effect_that_the_database_refuses_is_parked_and_the_others_are_not(review, arrive, db):
    with db.write() as session:
        session.execute(text("CREATE TABLE once (n INTEGER PRIMARY KEY)"))

    def handler(session, event, delivery):
        session.execute(text("INSERT INTO once VALUES (1)"))
        review.on_plan_adopted(session, event, delivery)

    outcomes = inbox.process(
        db,
        "review",
        {ProjectPlanAdopted: handler},
        [arrive(1), arrive(1, OTHER)],
        clock=review.clock,
    )

    assert dict(outcomes) == {"done": 1, "parked": 1}
    assert "IntegrityError" in review.parked()[0].reason
    assert (review.effects(PROJECT), review.effects(OTHER)) == ([1], [])


def test_an_event_that_cannot_be_applied_yet_is_kept(review, arrive):
    review.later = {1}

    assert review.process(arrive(1), arrive(2)) == {"deferred": 2}
    assert review.parked() == []
    assert review.effects(PROJECT) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ce_type": "govproject.intake.project.sold.v1"}, "unknown event type"),
        ({"ce_type": "govproject.intake.project.plan_adopted.v99"}, "unknown event type"),
        ({"ce_type": "govproject.review.project.plan_adopted.v1"}, "unknown event type"),
        ({"ce_type": "com.example.order"}, "unknown event type"),
        ({"body": b"{"}, "ValidationError"),
        ({"body": b""}, "ValidationError"),
        ({"body": b"\xff\xfe\x00"}, "ValidationError"),
        ({"body": b'{"project_id": "x"}'}, "ValidationError"),
    ],
)
def test_a_poisonous_event_is_parked_with_its_reason(review, arrive, events, changes, reason):
    poison = events.envelope(PROJECT, 1, **changes)

    assert review.process(events.arrival(poison), arrive(2)) == {"parked": 1, "deferred": 1}

    [parked] = review.parked()
    assert parked.event_id == poison.event_id
    assert reason in parked.reason


def test_a_body_about_another_project_is_parked(review, events):
    forged = events.envelope(PROJECT, 1, body=events.envelope(OTHER, 1).body)

    assert review.process(events.arrival(forged)) == {"parked": 1}

    assert "the body is about" in review.parked()[0].reason
    assert review.effects(OTHER) == []


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("ce-id", None, "ce-id is missing"),
        ("ce-id", "17", "ce-id is not a UUID"),
        ("ce-subject", None, "ce-subject is missing"),
        ("ce-subject", "a\0b", "printable"),
        ("ce-subject", "x" * 500, "printable"),
        ("ce-subject", {"nested": [b"\xff"]}, "ce-subject is missing"),
        ("ce-sequence", "0", "counts from 1"),
        ("ce-sequence", "9223372036854775808", "counts from 1"),
        ("ce-sequence", "²", "counts from 1"),
        ("ce-time", "yesterday", "not a moment"),
        ("ce-time", "2026-08-03T09:30:00", "no time zone"),
        ("ce-type", "\ud800", "printable"),
        ("ce-source", "govproject/review", "came through the exchange of 'intake'"),
        ("ce-aggregatetype", 7, "ce-aggregatetype is missing"),
    ],
)
def test_a_message_without_a_place_is_parked_and_blocks_nobody(
    review, arrive, events, name, value, reason
):
    headers = {**arrive(1).headers, name: value}
    if value is None:
        del headers[name]
    misplaced = events.arrival(events.envelope(PROJECT, 1), headers=headers)

    assert review.process(misplaced) == {"parked": 1}
    assert review.process(arrive(1), arrive(2)) == {"done": 2}

    [parked] = review.parked()
    assert reason in parked.reason
    assert parked.aggregate_seq == 0
    # Whoever decides about the project learns that something about it took no effect.
    assert parked.aggregate_id == (str(PROJECT) if name != "ce-subject" else "")
    assert review.backlog(PROJECT) == (name != "ce-subject")


def test_the_same_misplaced_message_is_parked_once(review, events, arrive):
    misplaced = events.arrival(
        events.envelope(PROJECT, 1), headers={"ce-type": "nonsense"}, body=b"\0"
    )
    again = events.arrival(
        events.envelope(PROJECT, 1),
        headers={"ce-type": "nonsense", "x-delivery-count": 3},
        body=b"\0",
        redelivered=True,
    )

    review.process(misplaced)
    review.process(again)

    assert len(review.parked()) == 1


def test_a_message_from_no_known_exchange_is_parked(review, arrive):
    assert review.process(arrive(1, source="")) == {"parked": 1}

    assert review.effects(PROJECT) == []


def test_another_event_with_a_used_number_is_not_taken_for_a_duplicate(review, arrive, events):
    review.process(arrive(1))
    impostor = events.envelope(PROJECT, 1)

    assert review.process(events.arrival(impostor)) == {"parked": 1}

    assert "number 1 already" in review.parked()[0].reason
    assert review.effects(PROJECT) == [1]
    assert review.backlog(PROJECT) == 1


def test_another_event_with_the_number_of_a_kept_one_is_parked(review, arrive, events):
    review.process(arrive(2))

    assert review.process(events.arrival(events.envelope(PROJECT, 2))) == {"parked": 1}
    assert review.process(arrive(1)) == {"done": 2}

    assert review.effects(PROJECT) == [1, 2]


def test_an_id_that_is_used_twice_cannot_swallow_an_event(review, arrive, events):
    review.process(arrive(1))
    thief = events.envelope(PROJECT, 3)
    known_id = UUID(arrive(1).headers["ce-id"])

    stolen = events.envelope(PROJECT, 3, event_id=known_id)
    assert review.process(events.arrival(stolen)) == {"parked": 1}
    assert review.process(events.arrival(thief)) == {"deferred": 1}

    assert "is taken" in review.parked()[0].reason


def test_a_replayed_event_does_not_run_while_an_earlier_one_is_missing(review, arrive):
    review.process(arrive(2))

    with pytest.raises(NotFound):
        review.replay(UUID(arrive(2).headers["ce-id"]))


def test_only_the_next_event_can_be_skipped(review, arrive, db):
    review.bad = {1}
    review.process(arrive(1), arrive(2))
    [parked] = review.parked()

    review.skip(parked.event_id)

    assert review.inbox_rows()[0] == (1, "skipped", False)
    with pytest.raises(NotFound):
        review.skip(parked.event_id)
    assert review.process(arrive(3)) == {"deferred": 1}


def test_a_parked_event_beyond_a_gap_cannot_be_skipped(review, arrive, db):
    verdict = Verdict(InboxState.PARKED, "could not be committed")
    with db.write() as session:
        Receiver(session, "review", {}, review.clock, verdict).receive([arrive(2)])

    with pytest.raises(Conflict):
        review.skip(UUID(arrive(2).headers["ce-id"]))


def test_a_misplaced_message_can_be_skipped(review, arrive):
    review.process(arrive(1, source=""))

    review.skip(review.parked()[0].event_id)

    assert review.parked() == []


def test_a_message_that_died_before_goes_alone(review, arrive):
    review.process(arrive(2))

    assert review.process(arrive(1, redelivered=True)) == {"done": 1}

    assert review.effects(PROJECT) == [1]  # 2 follows from the retrier, which counts attempts


def test_a_commit_that_fails_is_traced_to_the_culprit(review, arrive, db):
    """The constraint is checked at the commit only: no savepoint notices it."""
    with db.write() as session:
        session.execute(text("CREATE TABLE parent (n INTEGER PRIMARY KEY)"))
        session.execute(
            text(
                "CREATE TABLE child (n INTEGER REFERENCES parent (n) DEFERRABLE INITIALLY DEFERRED)"
            )
        )

    def handler(session, event, delivery):
        review.on_plan_adopted(session, event, delivery)
        if event.plan_year == 2:
            session.execute(text("INSERT INTO child VALUES (17)"))

    batch = [*(arrive(n, OTHER) for n in (1, 3, 4)), *(arrive(n) for n in (1, 2, 3))]
    outcomes = inbox.process(db, "review", {ProjectPlanAdopted: handler}, batch, clock=review.clock)

    assert dict(outcomes) == {"done": 2, "parked": 1, "deferred": 3}
    assert review.effects(PROJECT) == [1]
    assert "IntegrityError" in review.parked()[0].reason


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


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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
