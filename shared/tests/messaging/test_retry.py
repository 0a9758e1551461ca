import asyncio
import sqlite3
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from govproject.contracts.intake import ProjectPlanAdopted
from govproject.messaging import retry
from govproject.messaging.envelope import UnparsableError
from govproject.messaging.retry import Retrier
from govproject.messaging.streams import Stream

PROJECT, OTHER = UUID(int=7), UUID(int=8)
STREAM = Stream("intake", "project", str(PROJECT))


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


@pytest.fixture
def receive(review, events):
    def receive(*numbers: int, project=PROJECT):
        envelopes = [events.envelope(project, number) for number in numbers]
        review.process(*map(events.arrival, envelopes))
        return [envelope.event_id for envelope in envelopes]

    return receive


@pytest.fixture
def retrier(review):
    return Retrier(review.db, "review", review.handlers, review.clock)


@pytest.fixture
def no_pauses(monkeypatch):
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.0)


def test_what_could_not_be_applied_is_tried_again_in_order(review, receive, retrier, no_pauses):
    review.later = {1}
    receive(1, 2, 3)
    retrier.run_once()
    assert review.effects(PROJECT) == []

    review.later = set()
    retrier.run_once()

    assert review.effects(PROJECT) == [1, 2, 3]
    assert review.backlog(PROJECT) == 0


def test_it_is_left_alone_during_its_pause(review, receive, retrier, monkeypatch):
    monkeypatch.setattr(retry, "_FIRST_DELAY", 3600.0)
    review.later = {1}
    receive(1)
    retrier.run_once()
    review.later = set()

    retrier.run_once()
    assert review.effects(PROJECT) == []

    Retrier(review.db, "review", review.handlers, review.clock).run_once()  # after a restart
    assert review.effects(PROJECT) == [1]


def test_a_waiting_stream_does_not_hold_up_another(review, receive, retrier, monkeypatch):
    monkeypatch.setattr(retry, "_FIRST_DELAY", 3600.0)
    review.later = {1}
    receive(1)
    retrier.run_once()  # from now on it pauses
    receive(1, project=OTHER)
    review.later = set()

    retrier.run_once()

    assert review.effects(PROJECT) == []
    assert review.effects(OTHER) == [1]


def test_a_gap_is_not_retried(review, receive, retrier):
    receive(2)

    retrier.run_once()

    assert review.effects(PROJECT) == []
    with review.db.read() as session:
        assert session.execute(text("SELECT attempts FROM inbox")).scalar_one() == 0


def test_a_parked_event_is_not_retried(review, receive, retrier):
    review.bad = {1}
    receive(1, 2)
    review.bad = set()

    retrier.run_once()

    assert review.effects(PROJECT) == []


def test_a_replayed_event_takes_effect_and_those_behind_it_follow(review, receive, retrier):
    review.bad = {2}
    ids = receive(1, 2, 3, 4)
    review.bad = set()
    review.deliveries.clear()

    review.replay(ids[1])
    retrier.run_once()

    assert review.effects(PROJECT) == [1, 2, 3, 4]
    assert review.parked() == []
    assert [delivery.event_id for delivery in review.deliveries] == ids[1:]


def test_a_replayed_event_may_be_parked_again(review, receive, retrier):
    review.bad = {1}
    ids = receive(1)
    review.replay(ids[0])

    retrier.run_once()

    [parked] = review.parked()
    assert parked.attempts == 2


@pytest.mark.parametrize("hours", [1, 25, 24 * 30])
def test_what_had_no_place_is_never_taken_for_a_duplicate_when_it_is_replayed(
    review, receive, events, retrier, hours
):
    receive(1)
    other = events.envelope(PROJECT, 1)  # of a producer that was restored and counts anew
    review.process(events.arrival(other))
    [parked] = review.parked()
    review.now += timedelta(hours=hours)

    review.replay(parked.event_id)
    retrier.run_once()

    [again] = review.parked()
    assert again.event_id == parked.event_id
    assert review.backlog(PROJECT) == 1
    assert review.effects(PROJECT) == [1]


def test_after_a_skip_those_behind_follow(review, receive, retrier):
    review.bad = {1}
    ids = receive(1, 2, 3)

    review.skip(ids[0])
    retrier.run_once()

    assert review.effects(PROJECT) == [2, 3]
    assert review.inbox_rows() == [(1, "skipped", False), (2, "done", False), (3, "done", False)]


def test_an_unknown_version_is_applied_by_a_build_that_knows_it(
    review, events, retrier, monkeypatch
):
    future = events.envelope(PROJECT, 1, ce_type="govproject.intake.project.plan_adopted.v2")
    review.process(events.arrival(future))
    monkeypatch.setattr(
        "govproject.messaging.envelope.lookup",
        lambda _source, _name, version: ProjectPlanAdopted if version == 2 else None,
    )

    review.replay(future.event_id)
    retrier.run_once()

    assert review.effects(PROJECT) == [1]


def test_a_misplaced_message_is_received_anew(review, events, retrier, monkeypatch):
    envelope = events.envelope(PROJECT, 1)
    headers = envelope.headers()
    headers["ce-time"] = "2026-08-03T09:30:00"
    review.process(events.arrival(envelope, headers=headers))
    [parked] = review.parked()
    monkeypatch.setattr("govproject.messaging.envelope._time", lambda *_: events.NOW)

    review.replay(parked.event_id)
    retrier.run_once()

    assert review.effects(PROJECT) == [1]
    assert review.parked() == []


def test_a_misplaced_message_that_kills_the_process_is_parked_in_the_end(
    review, events, db, monkeypatch
):
    envelope = events.envelope(PROJECT, 1)
    headers = envelope.headers() | {"ce-time": "2026-08-03T09:30:00"}
    review.process(events.arrival(envelope, headers=headers))
    [misplaced] = review.parked()
    monkeypatch.setattr("govproject.messaging.envelope._time", lambda *_: events.NOW)

    def handler(session, event, delivery):
        raise Killed

    review.replay(misplaced.event_id)
    for _ in range(25):
        with suppress(Killed):
            Retrier(db, "review", {ProjectPlanAdopted: handler}, review.clock).run_once()

    [parked] = review.parked()
    assert (parked.event_id, parked.aggregate_seq) == (envelope.event_id, 1)
    assert "ended the process" in parked.reason


def test_an_event_that_this_build_cannot_read_is_parked(review, receive, retrier, monkeypatch):
    review.later = {1}
    receive(1)

    def unreadable(_headers, _name):
        raise UnparsableError("ce-time is not a moment")

    monkeypatch.setattr("govproject.messaging.envelope._time", unreadable)
    retrier.run_once()

    [parked] = review.parked()
    assert (parked.aggregate_seq, parked.reason) == (1, "ce-time is not a moment")


def test_a_message_that_is_still_misplaced_is_parked_again(review, events, retrier):
    review.process(events.arrival(events.envelope(PROJECT, 1), source=""))
    [parked] = review.parked()

    review.replay(parked.event_id)
    retrier.run_once()

    assert [again.event_id for again in review.parked()] == [parked.event_id]


def test_an_event_that_kills_the_process_is_parked_in_the_end(review, receive, db):
    review.later = {1}
    receive(1, 2, 3)
    review.later = set()
    killed = []

    def handler(session, event, delivery):
        if event.plan_year == 2:
            killed.append(event.plan_year)
            raise Killed
        review.on_plan_adopted(session, event, delivery)

    def start_again():
        retrier = Retrier(db, "review", {ProjectPlanAdopted: handler}, review.clock)
        while not review.parked():
            retrier.run_once()

    for _ in range(50):
        try:
            start_again()
        except Killed:
            continue
        break

    [parked] = review.parked()
    assert parked.aggregate_seq == 2  # the innocent first one was not blamed
    assert "ended the process" in parked.reason
    assert review.effects(PROJECT) == [1]
    assert len(killed) <= 25


def test_a_commit_that_fails_parks_the_culprit_only(review, receive, db):
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

    review.later = {1}
    receive(1, 2, 3)
    review.later = set()
    retrier = Retrier(db, "review", {ProjectPlanAdopted: handler}, review.clock)
    for _ in range(3):
        retrier.run_once()

    [parked] = review.parked()
    assert (parked.aggregate_seq, parked.reason.partition(":")[0]) == (2, "IntegrityError")
    assert review.effects(PROJECT) == [1]


def test_while_the_database_is_away_nothing_changes(review, receive, events):
    review.later = {1}
    receive(1)
    review.later = set()

    def handler(session, event, delivery):
        session.execute(text("SELECT 1"))
        error = _full()
        raise OperationalError("", {}, error)

    for _ in range(30):
        with pytest.raises(OperationalError):
            retry.advance(review.db, "review", {ProjectPlanAdopted: handler}, STREAM, review.clock)

    assert review.backlog(PROJECT) == 1
    with review.db.read() as session:
        assert session.execute(text("SELECT unfinished FROM inbox")).scalar_one() == 0
    assert retry.advance(review.db, "review", review.handlers, STREAM, review.clock)


def test_a_stream_over_which_the_database_fails_lets_others_go_first(review, receive):
    review.later = {1}
    receive(1)
    receive(1, project=OTHER)
    review.later = set()

    def handler(session, event, delivery):
        if event.project_id == PROJECT:
            raise OperationalError("", {}, _full())
        review.on_plan_adopted(session, event, delivery)

    retrier = Retrier(review.db, "review", {ProjectPlanAdopted: handler}, review.clock)
    with pytest.raises(OperationalError):
        retrier.run_once()
    retrier.run_once()

    assert review.effects(OTHER) == [1]


def test_a_stream_put_off_often_does_not_fill_the_limit(review, receive, retrier, monkeypatch):
    monkeypatch.setattr(retry, "_STREAMS", 1)
    review.later = {1}
    receive(1)
    retrier.run_once()
    receive(1, project=OTHER)

    with review.db.read() as session:
        [next_one] = retry.ready_streams(session, "review")

    assert next_one.aggregate_id == str(OTHER)


def _full():
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


async def test_the_session_ends_when_told(retrier):
    ready = asyncio.Event()
    session = asyncio.create_task(retrier.session(ready.set))
    await ready.wait()

    retrier.stop()

    async with asyncio.timeout(30):
        await session
